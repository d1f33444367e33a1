package import Evidence

extension MetadataTimeline {
    /// Who contributes to a stream at a moment, in order of first appearance.
    package func senders(of streamID: String, at time: CaptureTime) -> [String] { users(of: streamID, at: time, \.sends) }

    /// Who gets a stream at a moment, in order of first appearance.
    package func receivers(of streamID: String, at time: CaptureTime) -> [String] { users(of: streamID, at: time, \.receives) }

    private func users(of streamID: String, at time: CaptureTime, _ uses: KeyPath<ParticipantHistory, [StreamUse]>) -> [String] {
        guard let id = stream(streamID)?.id else { return [] }
        return participants.filter { $0[keyPath: uses].contains { $0.streamID == id && $0.interval.contains(time) } }.map(\.id)
    }

    /// The label of a stream at a moment; nil before its first one.
    package func label(of streamID: String, at time: CaptureTime) -> String? { stream(streamID)?.labels.last { $0.from <= time }?.label }

    /// Who is in a session at a moment, in order of first appearance.
    package func participants(in sessionID: String, at time: CaptureTime) -> [String] {
        guard let id = session(sessionID)?.id else { return [] }
        return participants.filter { $0.sessions.contains { $0.sessionID == id && $0.interval.contains(time) } }.map(\.id)
    }

    /// The history with this identifier, in any spelling of a base64 UUID.
    package func stream(_ id: String) -> StreamHistory? { streamTable.place(of: id).map { streams[$0] } }
    package func session(_ id: String) -> SessionHistory? { sessionTable.place(of: id).map { sessions[$0] } }
    package func participant(_ id: String) -> ParticipantHistory? { participantTable.place(of: id).map { participants[$0] } }
    package func group(_ id: String) -> GroupHistory? { groupTable.place(of: id).map { groups[$0] } }
}
