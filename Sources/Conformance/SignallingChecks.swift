import Evidence
import SIPDialogs
import SIPSyntax
import StreamMatching

extension Conformance {
    static let signallingChecks: [ConformanceCheck] = [
        ConformanceCheck(rules: [.rec001, .rec002]) { session, findings in
            guard !session.dialog.isProprietaryRecording else { return }
            let hadTag = session.messages.contains { $0.sender == session.client && $0.hasTag("src") }
            for message in session.messages where ["INVITE", "UPDATE"].contains(message.method) {
                guard message.message.status.map({ 200..<300 ~= $0 }) ?? true else { continue }
                let owesServerTag = message.sender == session.server && message.message.status != nil
                let owesClientTag = message.sender == session.client && hadTag && message.message.toTag != nil
                guard owesServerTag || owesClientTag else { continue }
                let contacts = message.message.contacts
                guard !contacts.isEmpty else { continue }
                if owesServerTag, !SessionMessage.haveTag("srs", contacts) {
                    findings.report(.rec001, "\(message.name) has no +sip.srs in Contact", at: message.place("contact"), subject: session.subject)
                }
                if owesClientTag, !SessionMessage.haveTag("src", contacts) {
                    findings.report(.rec002, "\(message.name) has no +sip.src in Contact", at: message.place("contact"), subject: session.subject)
                }
            }
        },
        ConformanceCheck(rules: [.rec003]) { session, findings in
            guard session.server == .client, let first = session.messages.first, first.message.isRequest, first.method == "INVITE", first.hasTag("srs"),
                first.hasDescription
            else { return }
            findings.report(.rec003, "the recording server's INVITE has a session description", at: first.place("content-type"), subject: session.subject)
        },
        ConformanceCheck(rules: [.rec008]) { session, findings in
            for message in session.messages where message.hasDescription && message.parts.contains(where: { $0.kind == .recordingMetadata }) {
                let type = message.message.first("Content-Type") ?? ""
                if !type.containsIgnoringCase("multipart/mixed") {
                    findings.report(
                        .rec008, "the body of \(message.name) has \(type.isEmpty ? "no type" : "type \(type)")", at: message.place("content-type"),
                        subject: session.subject)
                }
            }
        },
        ConformanceCheck(rules: [.rec012]) { session, findings in
            for (index, message) in session.messages.enumerated() where message.message.status == 491 {
                let requester = message.sender.other
                let isRetried = session.messages[(index + 1)...].contains {
                    $0.sender == requester && $0.message.isRequest && ($0.method == message.method || $0.method == "BYE")
                }
                if !isRetried { findings.report(.rec012, "\(message.method) rejected with 491 was not retried", at: message.place(), subject: session.subject) }
            }
        },
        ConformanceCheck(rules: [.rec025], run: reportRepetitions),
    ]

    private struct Repetition: Hashable {
        let line: String
        let path: NetworkPath
        let cseq: CSeq?
        let branch: String?
    }

    @Sendable
    private static func reportRepetitions(_ session: SessionEvidence, _ findings: inout FindingLog) {
        guard session.dialog.messages.lazy.filter(\.isRetransmission).prefix(4).count == 4 else { return }
        var counts: [Repetition: Int] = [:]
        var times: [Repetition: CaptureTime] = [:]
        for observed in session.dialog.messages {
            let message = observed.message
            let line = message.status.map(String.init) ?? message.method
            let key = Repetition(line: line, path: observed.path, cseq: message.cseq, branch: message.topViaBranch)
            // What follows at once is a copy of the capture: T1 is 500 ms (RFC 3261 section 17.1.1.1).
            if let last = times[key], observed.time.seconds(since: last) < 0.2 { continue }
            times[key] = observed.time
            counts[key, default: 0] += 1
            if counts[key] == 5 {
                findings.report(
                    .rec025, "\(line) \(message.cseq?.number ?? 0) was sent for the fifth time from \(observed.path.source)",
                    at: observed.origins.origin(at: 0), subject: session.subject)
            }
        }
    }
}
