import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

/// What one party of a communication session was told of the recording, and what it wished.
private struct ToldParty {
    let call: ConversationDialog
    let side: Side
    /// `a=record` in what was sent to the party, in order.
    let indications: [(time: CaptureTime, value: String)]
    /// `a=recordpref` in what the party sent, where it is another wish than before.
    let preferences: [(time: CaptureTime, value: String, place: Origin)]

    init(_ call: ConversationDialog, _ side: Side) {
        self.call = call
        self.side = side
        indications = call.descriptions.filter { $0.sender == side.other }.compactMap { item in
            item.value(of: "record", order: ["on", "paused", "off"]).map { (item.time, $0.value) }
        }
        var preferences: [(time: CaptureTime, value: String, place: Origin)] = []
        for item in call.descriptions where item.sender == side {
            guard let wish = item.value(of: "recordpref", order: ["off", "pause", "on", "nopreference"]), wish.value != preferences.last?.value else {
                continue
            }
            preferences.append((item.time, wish.value, wish.place))
        }
        self.preferences = preferences
    }

    var isAware: Bool { call.aware.contains(side) }
    var name: String { "the \(side == .client ? "caller" : "called party") of \(call.name)" }

    /// The last thing that it was told by `time`.
    func told(by time: CaptureTime) -> String? { indications.last { $0.time <= time }?.value }
}

extension Conformance {
    /// What the parties of the communication session are told, and what they wish (RFC 7866 sections 6.1.2, 6.3, 7.1.2, 7.1.3 and 7.3).
    static let indicationChecks: [ConversationCheck] = [
        ConversationCheck(rules: [.rec045, .rec046, .rec047, .rec048, .rec049, .rec051]) { conversation, findings in
            for call in conversation.calls {
                let changes = call.life(until: conversation.capturesEnd).map(conversation.changes) ?? []
                for side in [Side.client, .server] {
                    let party = ToldParty(call, side)
                    if let wish = party.preferences.first, !party.isAware {
                        findings.report(
                            .rec047, "\(party.name) sent a=recordpref:\(wish.value) without Supported: record-aware", at: wish.place, subject: call.subject)
                    }
                    let answered = reportWishes(party, conversation, changes, &findings)
                    reportIndication(party, conversation, changes.filter { !answered.contains($0.time) }, &findings)
                }
            }
        },
        ConversationCheck(rules: [.rec050]) { conversation, findings in
            func tells(_ call: ConversationDialog) -> Bool {
                call.descriptions.contains { $0.value(of: "record", order: ["on", "paused", "off"]) != nil }
            }
            let telling = conversation.calls.filter(tells)
            for call in conversation.calls where !tells(call) {
                guard let other = telling.first(where: { conversation.overlap($0, call) >= 1 }) else { continue }
                findings.report(
                    .rec050, "\(other.name) has a=record, \(call.name) has none", at: call.place(to: .client, at: .distantFuture), subject: call.subject)
            }
        },
    ]

    /// Whether the party was told at all, and of every change.
    private static func reportIndication(
        _ party: ToldParty, _ conversation: ConversationEvidence, _ changes: [RecordingChange], _ findings: inout FindingLog
    ) {
        guard let life = party.call.life(until: conversation.capturesEnd) else { return }
        let together = conversation.recordings.map { (recording: $0, seconds: conversation.overlap($0, party.call)) }.max { $0.seconds < $1.seconds }
        guard let together, together.seconds >= ConversationEvidence.tolerance else { return }
        guard !party.indications.isEmpty else {
            let begin = max(life.lowerBound, together.recording.dialog.answered ?? life.lowerBound)
            findings.report(
                party.isAware ? .rec045 : .rec046,
                "\(together.recording.name) recorded \(party.name) for \(Int(together.seconds)) s without sending it a=record",
                at: party.call.place(to: party.side, at: begin.advanced(bySeconds: ConversationEvidence.tolerance)), subject: party.call.subject)
            return
        }
        // What was so before the call was answered has to be told in its first descriptions.
        var due = changes
        let before = conversation.state(at: life.lowerBound)
        if before != .off, changes.first?.time != life.lowerBound {
            due.insert(RecordingChange(time: life.lowerBound, state: before, place: party.call.place(to: party.side, at: life.lowerBound)), at: 0)
        }
        for change in due {
            let time = change.time.advanced(bySeconds: ConversationEvidence.tolerance)
            guard time <= life.upperBound, conversation.state(at: time) == change.state, !change.state.agrees(with: party.told(by: time)) else { continue }
            // Hold of the call, not a pause of the recording.
            if change.state == .paused, isHeld(party.call, at: time) { continue }
            findings.report(
                .rec048, "the recording is \(change.state.rawValue), but the last a=record sent to \(party.name) is \(party.told(by: time) ?? "none")",
                at: change.place,
                subject: party.call.subject)
        }
    }

    /// Reports wishes that were followed without a word, and those that were not; returns the changes that follow one.
    private static func reportWishes(
        _ party: ToldParty, _ conversation: ConversationEvidence, _ changes: [RecordingChange], _ findings: inout FindingLog
    ) -> Set<CaptureTime> {
        guard !conversation.recordings.isEmpty, let life = party.call.life(until: conversation.capturesEnd) else { return [] }
        var followed: Set<CaptureTime> = []
        for (index, wish) in party.preferences.enumerated() {
            let next = index + 1 < party.preferences.count ? party.preferences[index + 1].time : life.upperBound
            let limit = wish.time.advanced(bySeconds: ConversationEvidence.tolerance)
            let isWanted: (RecordingState) -> Bool
            switch wish.value {
            case "on": isWanted = { $0 == .on }
            case "off", "pause": isWanted = { $0 != .on }
            default: continue
            }
            if let change = changes.first(where: { wish.time < $0.time && $0.time <= limit && isWanted($0.state) }) {
                followed.insert(change.time)
                let time = change.time.advanced(bySeconds: ConversationEvidence.tolerance)
                if time <= life.upperBound, !change.state.agrees(with: party.told(by: time)) {
                    findings.report(
                        .rec049, "a=recordpref:\(wish.value) was followed, but the last a=record sent to \(party.name) is \(party.told(by: time) ?? "none")",
                        at: wish.place, subject: party.call.subject)
                }
                continue
            }
            guard wish.value == "off", limit < next else { continue }
            if conversation.state(at: limit) == .on || changes.contains(where: { $0.state == .on && limit < $0.time && $0.time < next }) {
                findings.report(.rec051, "\(party.name) sent a=recordpref:off but is recorded", at: wish.place, subject: party.call.subject)
            }
        }
        return followed
    }

    /// Whether an audio stream of the call is stopped.
    private static func isHeld(_ call: ConversationDialog, at time: CaptureTime) -> Bool {
        call.streams.contains { stream in
            stream.kind == "audio" && stream.branch == nil && stream.epochs.last { $0.from <= time && $0.isAnswered }.map { !$0.isOpen } ?? false
        }
    }
}
