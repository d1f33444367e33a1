import Evidence
import RecordingMetadata
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Who takes part in a recording and what they are called.
enum ParticipantPlanner {
    /// The participants of all metadata of the recording; the same id in two recording sessions is one participant only where it is a
    /// proper identifier or the recording has one session (constants such as a dummy participant would join strangers).
    static func metadata(_ recording: PlannedRecording) -> [PlannedParticipant] {
        var out: [PlannedParticipant] = []
        for dialog in recording.dialogs {
            for participant in recording.timelines[dialog]?.participants ?? [] {
                let names = participant.names.map { (value: $0.value, language: $0.language) }
                if let index = out.firstIndex(where: { $0.id == participant.id }) {
                    for aor in participant.aors where !out[index].addressesOfRecord.contains(aor) { out[index].addressesOfRecord.append(aor) }
                    for name in names where !out[index].names.contains(where: { $0.value == name.value }) { out[index].names.append(name) }
                    continue
                }
                out.append(
                    PlannedParticipant(
                        id: participant.id, addressesOfRecord: participant.aors, names: names,
                        confidence: participant.isUnresolved ? .inferred : .signalled,
                        fileStem: stem(name: names.last?.value, aor: participant.aors.last, fallback: "participant-\(out.count + 1)")))
            }
        }
        return out
    }

    /// Caller and callee of a plain call.
    static func parties(_ dialog: SIPDialog) -> [PlannedParticipant] {
        [("caller", dialog.client), ("callee", dialog.server)].map { id, party in
            var names: [(value: String, language: String?)] = []
            if let name = party.displayName, !name.isEmpty { names.append((name, nil)) }
            return PlannedParticipant(
                id: id, addressesOfRecord: party.uri.map { [$0] } ?? [], names: names, confidence: .signalled,
                fileStem: stem(name: party.displayName, aor: party.uri, fallback: id))
        }
    }

    /// Streams whose sender nobody names still have somebody who speaks: an entry with confidence `none`.
    static func addUnknown(to recording: inout PlannedRecording, rows: ContiguousArray<FlowRow>) {
        for index in recording.tracks.indices where recording.tracks[index].participants.isEmpty {
            let stream = recording.tracks[index].streams.first ?? ""
            let id = "unknown-\(stream)"
            recording.tracks[index].participants = [id]
            if !recording.participants.contains(where: { $0.id == id }) {
                recording.participants.append(PlannedParticipant(id: id, addressesOfRecord: [], names: [], confidence: .none, fileStem: id))
            }
        }
        for stream in recording.streams {
            let inferred = stream.spans.contains { $0.basis != .label }
            for index in recording.participants.indices where inferred && stream.participants.contains(recording.participants[index].id) {
                recording.participants[index].confidence = .inferred
            }
        }
    }

    private static func stem(name: String?, aor: String?, fallback: String) -> String {
        if let name, name.contains(where: { $0.isLetter || $0.isNumber }) { return name }
        guard let aor else { return fallback }
        let user = aor.drop { $0 != ":" }.dropFirst().prefix { $0 != "@" && $0 != ";" }
        return user.isEmpty ? String(aor) : String(user)
    }
}
