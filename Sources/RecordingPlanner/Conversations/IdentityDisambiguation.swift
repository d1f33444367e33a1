import CaptureSurvey
import RecordingMetadata
import RecordingPlan
import StreamMatching

/// Tells apart participants whom metadata gives the same id: one after another in one recording session, or in different ones.
struct IdentityDisambiguation {
    /// Participants of one recording that are told apart; more are no people.
    private static let limit = 4096

    /// Addresses of everybody so far, by the id that they have now.
    private var known: [String: [String]] = [:]
    /// Ids that a recording session gave to several people, by the id that a later one of them has now.
    private var shared: [String: String] = [:]

    static func apply(to recording: inout PlannedRecording) {
        var disambiguation = IdentityDisambiguation()
        for (number, dialog) in recording.dialogs.enumerated() {
            guard let timeline = recording.timelines[dialog] else { continue }
            recording.timelines[dialog] = disambiguation.tellApart(timeline, number: number)
        }
    }

    private mutating func tellApart(_ timeline: MetadataTimeline, number: Int) -> MetadataTimeline {
        let split = timeline.tellingPeopleApart(correction: SenderSpan.slack)
        if split.participants.count > timeline.participants.count {
            let ids = Set(timeline.participants.map(\.id))
            var first = ""
            for participant in split.participants {
                if ids.contains(participant.id) { first = participant.id } else { shared[participant.id] = first }
            }
        }
        var names: [String: String] = [:]
        for participant in split.participants.prefix(Self.limit) {
            let id = self.id(of: participant, number: number)
            if id != participant.id { names[participant.id] = id }
        }
        return names.isEmpty ? split : split.renaming(participants: names)
    }

    /// An id that is no proper identifier (RFC 7865 section 6.10), `1` for example, means something in its own recording session only: whom two
    /// sessions give the same id but other addresses are two people. The later one's id gets the number of the dialog.
    private mutating func id(of participant: ParticipantHistory, number: Int) -> String {
        guard let addresses = known[participant.id] else {
            known[participant.id] = participant.aors
            return participant.id
        }
        if addresses.isEmpty || participant.aors.isEmpty || Self.isSame(addresses, participant.aors) { return participant.id }
        let base = shared[participant.id] ?? participant.id
        // Another recording session may know only the later one of those who share an id.
        let others = shared.isEmpty ? [] : shared.filter { $0.value == base }.map(\.key) + [base]
        if let other = others.sorted().first(where: { Self.isSame(known[$0] ?? [], participant.aors) }) { return other }
        guard shared[participant.id] != nil || !ConversationGrouping.isGlobal(participant.id) else { return participant.id }
        var ordinal = number + 1
        while known["\(base) (\(ordinal))"] != nil { ordinal += 1 }
        let id = "\(base) (\(ordinal))"
        known[id] = participant.aors
        if shared[participant.id] != nil { shared[id] = base }
        return id
    }

    private static func isSame(_ left: [String], _ right: [String]) -> Bool {
        right.contains { aor in left.contains { MetadataTimeline.isSameAddress($0, aor) } }
    }
}
