import CaptureSurvey
import RecordingMetadata
import RecordingPlan

/// Tells apart participants whom different recording sessions give the same id.
enum IdentityDisambiguation {
    /// Participants of one recording that are told apart; more are no people.
    private static let limit = 4096

    /// An id that is no proper identifier (RFC 7865 section 6.10), `1` for example, means something in its own recording session only: whom two
    /// sessions give the same id but other addresses are two people. The later one's id gets the number of the dialog.
    static func apply(to recording: inout PlannedRecording) {
        guard recording.dialogs.count > 1 else { return }
        var known: [String: [String]] = [:]
        for (number, dialog) in recording.dialogs.enumerated() {
            guard let timeline = recording.timelines[dialog] else { continue }
            var names: [String: String] = [:]
            for participant in timeline.participants.prefix(limit) where !ConversationGrouping.isGlobal(participant.id) {
                guard let addresses = known[participant.id] else {
                    known[participant.id] = participant.aors
                    continue
                }
                let isSame =
                    addresses.isEmpty || participant.aors.isEmpty
                    || participant.aors.contains { aor in addresses.contains { MetadataTimeline.isSameAddress($0, aor) } }
                if !isSame { names[participant.id] = "\(participant.id) (\(number + 1))" }
            }
            if !names.isEmpty { recording.timelines[dialog] = timeline.renaming(participants: names) }
        }
    }
}
