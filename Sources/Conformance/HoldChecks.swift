import Evidence
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import StreamMatching

/// A stretch in which a party of a call neither sends or does not receive.
private struct StoppedMedia {
    let from: CaptureTime
    let until: CaptureTime
    let place: Origin
}

extension Conformance {
    /// Hold in the communication session has to be in the metadata (RFC 7865 section 6.8.1; RFC 8068 section 3.2.1).
    @Sendable
    static func reportHold(_ conversation: ConversationEvidence, _ findings: inout FindingLog) {
        let parties = conversation.calls.flatMap { call in
            [Side.client, .server].map { (call: call, side: $0, addresses: addresses(of: $0, in: call)) }
        }
        var known: [[Int]: [StoppedMedia]] = [:]
        for recording in conversation.recordings {
            guard let timeline = recording.timeline else { continue }
            for participant in timeline.participants {
                let keys = Set(participant.aors.flatMap { ComparableAddress($0).keys })
                let sides = parties.indices.filter { !keys.isDisjoint(with: parties[$0].addresses) }
                guard !sides.isEmpty else { continue }
                func report(_ rule: Rule, _ uses: [StreamUse], _ verb: String, sends: Bool) {
                    let key = sides + [sends ? 1 : 0]
                    let found = known[key] ?? stops(sides.map { (parties[$0].call, parties[$0].side) }, sends: sends, conversation)
                    known[key] = found
                    for stop in found {
                        let limit = stop.from.advanced(bySeconds: ConversationEvidence.tolerance)
                        let isUp = recording.dialog.answered.map { $0 <= stop.from } ?? false
                        guard isUp, limit <= stop.until, recording.dialog.end.map({ limit <= $0 }) ?? true,
                            let use = uses.first(where: { $0.interval.contains(stop.from) && $0.interval.contains(limit) })
                        else { continue }
                        findings.report(
                            rule, "\(participant.aors.last ?? participant.id) stopped \(verb), the metadata still names stream \(use.streamID)", at: stop.place,
                            subject: recording.subject)
                    }
                }
                report(.rec055, participant.sends, "sending", sends: true)
                report(.rec056, participant.receives, "receiving", sends: false)
            }
        }
    }

    /// What From or To and asserted identities call a party.
    private static func addresses(of side: Side, in call: ConversationDialog) -> Set<String> {
        let party = side == .client ? call.dialog.client : call.dialog.server
        return Set(([party.uri].compactMap(\.self) + party.identities.map(\.uri)).flatMap { ComparableAddress($0).keys })
    }

    private static let stopLimit = 256

    /// When nothing goes from, or to, a party on any of the dialogs that it is seen in.
    private static func stops(_ sides: [(ConversationDialog, Side)], sends: Bool, _ conversation: ConversationEvidence) -> [StoppedMedia] {
        let parts = sides.map { call, side in
            (call: call, streams: call.streams.filter { $0.kind == "audio" && $0.branch == nil && $0.sender == (sends ? side : side.other) })
        }
        func isOpen(_ part: (call: ConversationDialog, streams: [NegotiatedStream]), _ time: CaptureTime) -> Bool {
            guard let life = part.call.life(until: conversation.capturesEnd), life.contains(time) else { return false }
            return part.streams.contains { $0.epochs.last { $0.from <= time && $0.isAnswered }?.isOpen ?? false }
        }
        var out: [StoppedMedia] = []
        for part in parts where out.count < stopLimit {
            guard let life = part.call.life(until: conversation.capturesEnd) else { continue }
            for stream in part.streams {
                for (index, epoch) in stream.epochs.enumerated() where index > 0 && epoch.isAnswered && !epoch.isOpen && stream.epochs[index - 1].isOpen {
                    guard out.count < stopLimit else { return out }
                    let negotiation = part.call.dialog.negotiations[epoch.negotiation]
                    let from = negotiation.answerTime ?? epoch.from
                    guard !parts.contains(where: { isOpen($0, from) }) else { continue }
                    let until = min(epoch.until ?? life.upperBound, life.upperBound)
                    let line = stream.mediaIndex < negotiation.offer.media.count ? negotiation.offer.media[stream.mediaIndex].offset : 0
                    out.append(StoppedMedia(from: from, until: until, place: negotiation.offerOrigins.origin(at: line)))
                }
            }
        }
        return out
    }
}
