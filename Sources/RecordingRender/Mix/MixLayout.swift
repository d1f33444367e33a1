import RecordingPlan
import RecordingRecords

/// Which tracks are heard on which channel of a mix.
struct MixLayout: Equatable {
    /// A track, or one side of a stereo track.
    struct Source: Equatable {
        let voice: Int
        /// Nil for the mean of all its channels.
        let side: Int?
    }

    /// In order of channels; one side of a stereo mix may have none.
    private(set) var channels: [[Source]] = []
    /// Of what `--channels` names, that which is no track.
    private(set) var unheard: [String] = []

    /// `wanted` names tracks from the first channel on. In a stereo mix whoever is not named joins the right; in a multichannel one the others follow
    /// in their own order. Without names the order is that of the tracks: that of the streams in the signalling.
    init(_ kind: MixKind, tracks: [PlannedTrack], wanted: [String], in recording: PlannedRecording) {
        var order: [Int] = []
        for name in wanted {
            let found = tracks.indices.filter { !order.contains($0) && Self.goes(tracks[$0], by: name, in: recording) }
            if found.isEmpty { unheard.append(name) }
            order += found
        }
        order += tracks.indices.filter { !order.contains($0) }
        switch kind {
        case .none: break
        case .mono: channels = [order.map { Source(voice: $0, side: nil) }]
        case .stereo:
            let left = Self.left(order, tracks, wanted: wanted, unheard: unheard, in: recording)
            channels = [order.filter { left.contains($0) }, order.filter { !left.contains($0) }].map { $0.map { Source(voice: $0, side: nil) } }
        case .multichannel:
            for voice in order {
                if tracks[voice].channels == 1 {
                    channels.append([Source(voice: voice, side: nil)])
                } else {
                    for side in 0..<tracks[voice].channels { channels.append([Source(voice: voice, side: side)]) }
                }
            }
        }
    }

    /// What is heard on the left: what the first name means, else all files of the first participant.
    private static func left(
        _ order: [Int], _ tracks: [PlannedTrack], wanted: [String], unheard: [String], in recording: PlannedRecording
    ) -> Set<Int> {
        if let name = wanted.first { return unheard.contains(name) ? [] : Set(order.filter { goes(tracks[$0], by: name, in: recording) }) }
        guard let first = order.first else { return [] }
        let owner = tracks[first].participants
        return owner.isEmpty ? [first] : Set(order.filter { tracks[$0].participants == owner })
    }

    /// Whether a track has this label, participant, address or name.
    private static func goes(_ track: PlannedTrack, by name: String, in recording: PlannedRecording) -> Bool {
        if recording.streams.contains(where: { track.streams.contains($0.id) && ($0.label == name || $0.id == name) }) { return true }
        guard track.participants.count == 1, let person = recording.participants.first(where: { $0.id == track.participants[0] }) else { return false }
        let wanted = ParticipantAddress.comparable(name)
        return person.id == name || person.names.contains { $0.value == name }
            || person.addressesOfRecord.contains { ParticipantAddress.comparable($0) == wanted || ParticipantAddress.user($0) == wanted }
    }
}
