import Evidence
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching

extension Conformance {
    /// What binds descriptions, documents and media to each other over time.
    static let offerChecks: [ConformanceCheck] = [
        ConformanceCheck(rules: [.rec031]) { session, findings in
            guard session.isRecording, let first = session.messages.first(where: { $0.message.isRequest && $0.method == "INVITE" }),
                first.message.values(of: "Supported").contains(where: { $0.lowercased() == "siprec" })
            else { return }
            findings.report(.rec031, "Supported lists siprec", at: first.place("supported"), subject: session.subject)
        },
        ConformanceCheck(rules: [.rec032], run: reportOpenOffers),
        ConformanceCheck(rules: [.rec033], run: reportTimers),
        ConformanceCheck(rules: [.rec034, .rec035], run: reportStoppedMedia),
        ConformanceCheck(rules: [.rec052], run: reportPausedMedia),
        ConformanceCheck(rules: [.rec036, .rec038, .rec039], run: reportMediaLines),
        ConformanceCheck(rules: [.rec037, .rec040]) { session, findings in
            for message in session.messages {
                for part in message.parts where part.kind == .sdp && part.contentType != "application/sdp" {
                    findings.report(
                        .rec037, "the session description of \(message.name) has media type \(part.contentType.isEmpty ? "none" : part.contentType)",
                        at: message.origins.origin(at: part.offset), subject: session.subject)
                }
                if message.method == "INFO", message.message.isRequest,
                    message.parts.contains(where: { $0.contentType.containsIgnoringCase("media_control") })
                {
                    findings.report(.rec040, "INFO carries a picture_fast_update request", at: message.place("content-type"), subject: session.subject)
                }
            }
        },
    ]

    @Sendable
    private static func reportOpenOffers(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for (carried, document) in session.documents where document.root == .recording && !carried.carrier.contains(" ") {
            let open = session.dialog.negotiations.first {
                $0.cseq != carried.cseq && $0.offerTime < carried.time && ($0.answerTime ?? $0.refusedTime ?? .distantFuture) > carried.time
            }
            guard let open, session.dialog.answered.map({ $0 < carried.time }) ?? false else { continue }
            findings.report(
                .rec032, "\(carried.carrier) was sent while the offer of \(open.method) \(open.cseq) was pending", at: carried.origins.origin(at: 0),
                subject: session.subject)
        }
    }

    /// Seconds by which media may pass the end of the interval: packets are still on their way.
    private static let timerMargin = 5.0

    @Sendable
    private static func reportTimers(_ session: SessionEvidence, _ findings: inout FindingLog) {
        var refreshed: (message: SessionMessage, interval: Double)?
        for message in session.messages where ["INVITE", "UPDATE"].contains(message.method) {
            guard let status = message.message.status, 200..<300 ~= status else { continue }
            let text = message.message.first("Session-Expires").map { String($0.prefix { $0.isNumber }) }
            refreshed = text.flatMap { Double($0) }.map { (message, $0) }
        }
        guard let refreshed, refreshed.interval >= 90 else { return }
        let end = (session.flows.map(\.row.lastArrival) + [session.dialog.end].compactMap(\.self)).max() ?? refreshed.message.time
        let over = end.seconds(since: refreshed.message.time) - refreshed.interval
        if over > timerMargin {
            findings.report(
                .rec033, "the session interval of \(Int(refreshed.interval)) s expired \(Int(over)) s before the session ended",
                at: refreshed.message.place("session-expires"),
                subject: session.subject)
        }
    }

    /// Seconds in which packets that were on their way may still come (RFC 3264 section 8.2 has them expected for a while).
    private static let mediaMargin = 1.0

    @Sendable
    private static func reportStoppedMedia(_ session: SessionEvidence, _ findings: inout FindingLog) {
        guard session.isRecording else { return }
        for flow in session.flows {
            if let epoch = flow.stream.epochs.last(where: { $0.from <= flow.row.firstArrival }), epoch.isAnswered, !epoch.isActive,
                flow.row.firstArrival.seconds(since: epoch.from) > mediaMargin
            {
                findings.report(.rec034, "packets start while the stream is inactive", at: flow.row.firstOrigin, subject: flow.subject(in: session))
            }
            for negotiation in session.dialog.negotiations {
                guard let answer = negotiation.answer, isRejected(flow.stream.mediaIndex, negotiation.offer) || isRejected(flow.stream.mediaIndex, answer)
                else { continue }
                let closed = negotiation.answerTime ?? negotiation.offerTime
                // A closed line may be used again, also by another medium of the session (RFC 3264 section 5.1).
                let reopened = reopening(flow.stream.mediaIndex, after: negotiation, in: session.dialog) ?? .distantFuture
                guard flow.row.firstArrival < reopened else { continue }
                let after = min(flow.row.lastArrival, reopened).seconds(since: closed)
                guard after > mediaMargin, flow.activity(from: closed.advanced(bySeconds: mediaMargin), until: reopened) > 0.05 else { continue }
                findings.report(
                    .rec035, "packets continue for \(Int(after)) s after the port was set to 0",
                    at: Origin(capture: flow.row.lastCapture, frame: flow.row.lastFrame), subject: flow.subject(in: session))
                break
            }
        }
    }

    /// When a closed line is offered with a port again.
    private static func reopening(_ line: Int, after closing: Negotiation, in dialog: SIPDialog) -> CaptureTime? {
        let closed = closing.answerTime ?? closing.offerTime
        return dialog.negotiations.first { $0.offerTime >= closed && $0.answer != nil && line < $0.offer.media.count && !isRejected(line, $0.offer) }?.offerTime
    }

    private static func isRejected(_ line: Int, _ description: SessionDescription) -> Bool {
        line < description.media.count && description.media[line].isRejected
    }

    /// Seconds of packets on a paused stream that make a finding: single ones keep an address binding open (RFC 6263).
    private static let pausedMargin = 0.5

    @Sendable
    private static func reportPausedMedia(_ session: SessionEvidence, _ findings: inout FindingLog) {
        guard session.isRecording else { return }
        for flow in session.flows where flow.stream.sender == session.client {
            for epoch in flow.stream.epochs where epoch.isAnswered && !epoch.isActive && epoch.destination != nil {
                let negotiation = session.dialog.negotiations[epoch.negotiation]
                let from = (negotiation.answerTime ?? epoch.from).advanced(bySeconds: mediaMargin)
                // What begins in the pause is another rule's.
                guard flow.row.firstArrival < from else { continue }
                let seconds = flow.activity(from: from, until: epoch.until ?? session.dialog.end ?? .distantFuture)
                guard seconds > pausedMargin else { continue }
                findings.report(
                    .rec052, "\(flow.row.identity) continues for \((seconds * 10).rounded() / 10) s", at: place(of: flow.stream.mediaIndex, in: negotiation),
                    subject: flow.subject(in: session))
            }
        }
    }

    /// The media line that made the stream inactive: of the answer where that says so, else of the offer.
    private static func place(of line: Int, in negotiation: Negotiation) -> Origin {
        if let answer = negotiation.answer, let origins = negotiation.answerOrigins, line < answer.media.count,
            answer.direction(of: answer.media[line]) == .inactive
        {
            return origins.origin(at: answer.media[line].offset)
        }
        return negotiation.offerOrigins.origin(at: line < negotiation.offer.media.count ? negotiation.offer.media[line].offset : 0)
    }

    /// One media line of what one party says.
    private struct MediaPlace: Hashable {
        let sender: Side
        let line: Int
    }

    private struct MediaEndpoint: Equatable, CustomStringConvertible {
        let address: IPAddress?
        let port: UInt16

        var description: String { "\(address?.description ?? "") \(port)" }
    }

    @Sendable
    private static func reportMediaLines(_ session: SessionEvidence, _ findings: inout FindingLog) {
        // Whether the lines of a label were rejected, from each negotiation on.
        var rejections: [String: [(from: CaptureTime, isRejected: Bool)]] = [:]
        // Of lines that had keys in their latest description.
        var known: [MediaPlace: (endpoint: MediaEndpoint, keys: Set<[UInt8]>)] = [:]
        func check(_ description: SessionDescription, _ origins: OriginMap, _ sender: Side) {
            for (index, media) in description.media.enumerated() {
                let place = MediaPlace(sender: sender, line: index)
                let endpoint = MediaEndpoint(address: description.connection(of: media)?.address, port: media.port)
                let keys = media.cryptoLines.isEmpty ? [] : Set(media.cryptoLines.flatMap(\.keys).map(\.keyAndSalt).filter { !$0.isEmpty })
                if let before = known[place], !media.isRejected, before.endpoint != endpoint, !before.keys.isDisjoint(with: keys) {
                    findings.report(
                        .rec038, "m=\(media.kind) moved from \(before.endpoint) to \(endpoint) but kept its key", at: origins.origin(at: media.offset),
                        subject: session.subject)
                }
                if !media.isRejected { known[place] = keys.isEmpty ? nil : (endpoint, keys) }
                if media.hasRTCPMux, let format = media.payloadFormats.first(where: { 64...95 ~= $0.payloadType.value }) {
                    findings.report(
                        .rec039, "payload type \(format.payloadType.value) with a=rtcp-mux", at: origins.origin(at: media.offset), subject: session.subject)
                }
            }
        }
        for negotiation in session.dialog.negotiations {
            if case .rejected = negotiation.outcome { continue }
            check(negotiation.offer, negotiation.offerOrigins, negotiation.offerer)
            if let answer = negotiation.answer, let origins = negotiation.answerOrigins { check(answer, origins, negotiation.offerer.other) }
            guard let answer = negotiation.answer else { continue }
            var states: [String: Bool] = [:]
            for (offered, answered) in zip(negotiation.offer.media, answer.media) {
                guard let label = offered.label ?? answered.label else { continue }
                states[label] = (states[label] ?? true) && (offered.isRejected || answered.isRejected)
            }
            for (label, isRejected) in states where rejections[label]?.last?.isRejected ?? false != isRejected {
                rejections[label, default: []].append((negotiation.offerTime, isRejected))
            }
        }
        for (carried, document) in session.documents where carried.isAccepted {
            for stream in document.streams {
                guard let label = stream.label, rejections[label]?.last(where: { $0.from <= carried.time })?.isRejected ?? false else { continue }
                findings.report(
                    .rec036, "stream \(stream.id) has label \(label) of a rejected media line", at: carried.origins.origin(at: stream.offset),
                    subject: session.subject)
            }
        }
    }
}
