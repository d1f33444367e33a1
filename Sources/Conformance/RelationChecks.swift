import Evidence
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching

extension Conformance {
    /// What a recording session owes to the communication session that it carries, and recording sessions to one another.
    static let relationChecks: [ConversationCheck] = [
        ConversationCheck(rules: [.rec043, .rec044], run: reportProtection),
        ConversationCheck(rules: [.rec055, .rec056], run: reportHold),
        ConversationCheck(rules: [.rec057], run: reportEnds),
        ConversationCheck(rules: [.rec058, .rec059], run: reportMediaEdges),
        ConversationCheck(rules: [.rec060, .rec061], run: reportSharedSessions),
    ]

    // MARK: Protection

    @Sendable
    private static func reportProtection(_ conversation: ConversationEvidence, _ findings: inout FindingLog) {
        let calls = conversation.calls
        guard !calls.isEmpty else { return }
        // As safe as its least safe hop: what one hop shows to everybody is no secret that the recording could give away.
        let isSignalledSafely = calls.allSatisfy { call in
            call.dialog.isSips || call.dialog.messages.allSatisfy { $0.transport == .tls || $0.transport == .wss }
        }
        let voices = calls.flatMap(\.streams).filter { $0.kind == "audio" && $0.branch == nil }.flatMap(\.epochs).filter { $0.isAnswered && $0.isActive }
        let isHeardSafely = !voices.isEmpty && voices.allSatisfy { $0.isSecure && !$0.isMixedSecurity }
        for recording in conversation.recordings where calls.contains(where: { conversation.overlap($0, recording) > 0 }) {
            if isSignalledSafely, !recording.dialog.isSips, let clear = recording.dialog.messages.first(where: { $0.transport != .tls && $0.transport != .wss })
            {
                findings.report(
                    .rec043, "\(calls[0].name) uses TLS or sips, the recording session uses \(clear.transport.rawValue.uppercased())",
                    at: clear.origins.origin(at: 0), subject: recording.subject)
            }
            guard isHeardSafely else { continue }
            for negotiation in recording.dialog.negotiations where negotiation.answer != nil {
                for (index, media) in negotiation.offer.media.enumerated()
                where media.kind == "audio" && media.isRTP && !media.isRejected && !media.isSecure && !media.hasKeying {
                    let answered = negotiation.answer.flatMap { index < $0.media.count ? $0.media[index] : nil }
                    if answered.map({ $0.isRejected || $0.isSecure || $0.hasKeying }) ?? true { continue }
                    findings.report(
                        .rec044, "m=\(media.kind) \(media.port) uses \(media.transport), but the audio of \(calls[0].name) uses SRTP",
                        at: negotiation.offerOrigins.origin(at: media.offset), subject: recording.subject)
                }
            }
        }
    }

    // MARK: Ends

    @Sendable
    private static func reportEnds(_ conversation: ConversationEvidence, _ findings: inout FindingLog) {
        let ends = conversation.calls.compactMap(\.dialog.end)
        guard let end = ends.max(), ends.count == conversation.calls.filter({ $0.dialog.answered != nil }).count,
            let last = conversation.calls.first(where: { $0.dialog.end == end }), case .bye = last.dialog.endedBy
        else { return }
        let limit = end.advanced(bySeconds: ConversationEvidence.tolerance)
        guard limit <= conversation.capturesEnd else { return }
        for recording in conversation.recordings {
            guard let answered = recording.dialog.answered, answered < end, recording.dialog.end.map({ limit < $0 }) ?? true,
                let timeline = recording.timeline, timeline.sessions.count == 1, let session = timeline.sessions.first,
                session.intervals.contains(where: { $0.start <= end && $0.contains(limit) }), conversation.state(at: limit) == .on
            else { continue }
            // Everybody who left is as good as an end (RFC 8068 section 3.2.3).
            let isEmpty = !timeline.participants.isEmpty && timeline.participants(in: session.id, at: limit).isEmpty
            if isEmpty, timeline.participants.contains(where: { !$0.sessions.isEmpty }) { continue }
            findings.report(
                .rec057, "\(last.name) ended \(Int(ConversationEvidence.tolerance)) s ago, but session \(session.id) continues", at: last.endPlace,
                subject: recording.subject)
        }
    }

    /// Seconds by which the media of recording and conversation may differ.
    private static let edge = 1.0

    @Sendable
    private static func reportMediaEdges(_ conversation: ConversationEvidence, _ findings: inout FindingLog) {
        let said = conversation.calls.flatMap { call in
            call.session.flows.filter { $0.stream.kind == "audio" && $0.stream.branch == nil }.map { (row: $0.row, answered: call.dialog.answered) }
        }
        let kept = conversation.recordings.flatMap { recording in
            recording.session.flows.filter { $0.stream.kind == "audio" && $0.stream.sender == recording.session.client }.map { (row: $0.row, recording) }
        }
        guard let first = kept.min(by: { $0.row.firstArrival < $1.row.firstArrival }), let last = kept.max(by: { $0.row.lastArrival < $1.row.lastArrival }),
            let begin = said.compactMap({ said in said.answered.map { max($0, said.row.firstArrival) } }).min(), let end = said.map(\.row.lastArrival).max()
        else { return }
        let name = conversation.calls[0].name
        let lag = first.row.firstArrival.seconds(since: begin)
        if lag > edge, !conversation.recordings.contains(where: \.dialog.startsMidCapture) {
            findings.report(
                .rec058, "the first packet arrived \(tenths(lag)) s after the first one of \(name)", at: first.row.firstOrigin, subject: first.1.subject)
        }
        let tail = last.row.lastArrival.seconds(since: end)
        if tail > edge {
            findings.report(
                .rec059, "the last packet arrived \(tenths(tail)) s after the last one of \(name)",
                at: Origin(capture: last.row.lastCapture, frame: last.row.lastFrame), subject: last.1.subject)
        }
    }

    private static func tenths(_ seconds: Double) -> Double { (seconds * 10).rounded() / 10 }

    // MARK: Recordings of one session

    @Sendable
    private static func reportSharedSessions(_ conversation: ConversationEvidence, _ findings: inout FindingLog) {
        for (index, later) in conversation.recordings.enumerated() {
            let own = Set((later.timeline?.sessions ?? []).map(\.id))
            for earlier in conversation.recordings[..<index].reversed() {
                guard let shared = (earlier.timeline?.sessions ?? []).first(where: { own.contains($0.id) })?.id else { continue }
                let place = later.dialog.messages.first?.origins.origin(at: 0)
                if conversation.overlap(earlier, later) > edge {
                    findings.report(.rec060, "session \(shared) is also recorded by \(earlier.name)", at: place, subject: later.subject)
                    break
                }
                let over = earlier.dialog.end ?? earlier.session.flows.map(\.row.lastArrival).max() ?? earlier.dialog.start
                guard over <= later.dialog.start else { continue }
                let silent = silence(from: earlier, to: later).map { "; \(tenths($0)) s without media" } ?? ""
                findings.report(
                    .rec061, "session \(shared) was recorded by \(earlier.name), which \(ending(of: earlier))\(silent)", at: place, subject: later.subject)
                break
            }
        }
    }

    private static func ending(of recording: ConversationDialog) -> String {
        switch recording.dialog.endedBy {
        case .bye(let side): "ended by BYE of the \(side == recording.session.client ? "client" : "server")"
        case .failure(let status): "was refused with \(status)"
        case nil: "broke off"
        }
    }

    private static func silence(from earlier: ConversationDialog, to later: ConversationDialog) -> Double? {
        guard let last = earlier.session.flows.map(\.row.lastArrival).max(), let first = later.session.flows.map(\.row.firstArrival).min() else { return nil }
        return max(0, first.seconds(since: last))
    }
}

extension SIPDialog {
    /// The first INVITE asks for TLS on every hop (RFC 3261 section 4): so it was, even where a capture agent shows it in clear.
    fileprivate var isSips: Bool {
        guard let first = messages.first(where: { $0.message.isRequest && $0.message.method == "INVITE" }), case .request(_, let uri) = first.message.startLine
        else { return false }
        return uri.lowercased().hasPrefix("sips:")
    }
}
