import Evidence
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching

extension Conformance {
    static let metadataChecks: [ConformanceCheck] = [
        ConformanceCheck(rules: [.rec005]) { session, findings in
            guard let answered = session.dialog.answered, let first = session.documents.first(where: { $0.document.root == .recording }) else { return }
            let delay = first.carried.time.seconds(since: answered)
            if delay > 5 {
                findings.report(
                    .rec005, "the first metadata arrived \(Int(delay)) s after the answer", at: first.carried.origins.origin(at: 0), subject: session.subject)
            }
        },
        ConformanceCheck(rules: [.rec006, .rec007, .rec011, .rec013, .rec042], run: reportCarriers),
        ConformanceCheck(rules: [.rec009, .rec010], run: reportSnapshotRequests),
        ConformanceCheck(rules: [.rec041], run: reportLostReferences),
        ConformanceCheck(rules: [.rec026, .rec027], run: reportLabels),
        ConformanceCheck(rules: [.rec028, .rec029, .rec030], run: reportObjects),
    ]

    @Sendable
    private static func reportCarriers(_ session: SessionEvidence, _ findings: inout FindingLog) {
        var highest: [Side: UInt32] = [:]
        for (carried, document) in session.documents where document.root == .recording {
            let place = carried.origins.origin(at: 0)
            if carried.carrier == "200 UPDATE", carried.sender == session.client {
                findings.report(.rec042, "the response to UPDATE \(carried.cseq) has metadata", at: place, subject: session.subject)
            } else if !["INVITE", "UPDATE", "BYE", "200 INVITE"].contains(carried.carrier) {
                findings.report(.rec006, "metadata in \(carried.carrier)", at: place, subject: session.subject)
            }
            if carried.description == nil, let stream = document.streams.first(where: { $0.label != nil }) {
                findings.report(
                    .rec007, "metadata in \(carried.carrier) uses label \(stream.label ?? ""), but the message has no SDP",
                    at: carried.origins.origin(at: stream.offset), subject: session.subject)
            }
            if carried.sender == session.server {
                findings.report(.rec011, "the recording server sent metadata in \(carried.carrier)", at: place, subject: session.subject)
            }
            if !carried.carrier.contains(" ") {
                if let known = highest[carried.sender], carried.cseq < known {
                    findings.report(.rec013, "CSeq \(carried.cseq) arrived after \(known)", at: place, subject: session.subject)
                }
                highest[carried.sender] = max(highest[carried.sender] ?? 0, carried.cseq)
            }
        }
    }

    @Sendable
    private static func reportSnapshotRequests(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for (carried, document) in session.documents {
            guard case .requestSnapshot = document.root else { continue }
            let place = carried.origins.origin(at: 0)
            if carried.carrier != "UPDATE" {
                findings.report(.rec009, "the snapshot is requested in \(carried.carrier)", at: place, subject: session.subject)
            } else if carried.disposition != "recording-session" {
                findings.report(.rec009, "the request has disposition \(carried.disposition ?? "none")", at: place, subject: session.subject)
            } else if carried.description != nil {
                findings.report(.rec009, "the request has a session description", at: place, subject: session.subject)
            }
            let isAnswered = session.documents.contains {
                $0.document.root == .recording && $0.document.dataMode == .complete && $0.carried.time >= carried.time
                    && $0.carried.time.seconds(since: carried.time) <= 5
            }
            if !isAnswered { findings.report(.rec010, "no complete document within 5 s of the request", at: place, subject: session.subject) }
        }
    }

    @Sendable
    private static func reportLabels(_ session: SessionEvidence, _ findings: inout FindingLog) {
        var signalled: Set<String> = []
        for negotiation in session.dialog.negotiations {
            for media in negotiation.offer.media + (negotiation.answer?.media ?? []) { if let label = media.label { signalled.insert(label) } }
        }
        var described: Set<String> = []
        for (carried, document) in session.documents where carried.isAccepted {
            for stream in document.streams {
                guard let label = stream.label else { continue }
                described.insert(label)
                if !signalled.isEmpty, !signalled.contains(label), !session.dialog.startsMidCapture {
                    findings.report(
                        .rec026, "metadata label \(label) matches no media line", at: carried.origins.origin(at: stream.offset),
                        subject: session.subject)
                }
            }
        }
        guard !described.isEmpty, session.documents.allSatisfy({ $0.document.isWhole }) else { return }
        for negotiation in session.dialog.negotiations where negotiation.offerer == session.client {
            for media in negotiation.offer.media where !media.isRejected {
                guard let label = media.label, !described.contains(label) else { continue }
                findings.report(
                    .rec027, "no metadata stream has label \(label) of m=\(media.kind) \(media.port)",
                    at: negotiation.offerOrigins.origin(at: media.offset), subject: session.subject)
            }
        }
    }

    @Sendable
    private static func reportObjects(_ session: SessionEvidence, _ findings: inout FindingLog) {
        func isReversed(_ start: MetadataTime?, _ end: MetadataTime?) -> Bool {
            guard let start = start?.time, let end = end?.time else { return false }
            return end < start
        }
        for (carried, document) in session.documents {
            func report(_ rule: Rule, _ message: String, _ offset: Int) {
                findings.report(rule, message, at: carried.origins.origin(at: offset), subject: session.subject)
            }
            for item in document.sessions where isReversed(item.startTime, item.stopTime) {
                report(.rec030, "session \(item.id) stops before it starts", item.offset)
            }
            for item in document.participantSessionAssociations where isReversed(item.associateTime, item.disassociateTime) {
                report(.rec030, "participant \(item.participantID) leaves before joining", item.offset)
            }
            for item in document.participantStreamAssociations where isReversed(item.associateTime, item.disassociateTime) {
                report(.rec030, "participant \(item.participantID) stops a stream before starting it", item.offset)
            }
            guard document.root == .recording, document.dataMode == .complete, document.isWhole else { continue }
            let referred = Set(document.sessions.compactMap(\.groupRef))
            if !document.sessions.isEmpty {
                for group in document.groups where !referred.contains(group.id) { report(.rec028, "no session refers to group \(group.id)", group.offset) }
            }
            let associated = Set(document.participantSessionAssociations.map(\.participantID))
            for item in document.participants where !associated.contains(item.id) {
                report(.rec029, "participant \(item.id) has no session", item.offset)
            }
        }
    }
}
