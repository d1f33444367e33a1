import Evidence

extension MetadataTimeline {
    /// The same history with only what belongs to these communication sessions; documents and clock offset stay as they are.
    ///
    /// Participants are kept where they were in one of the sessions, or sent on one of their streams; streams where their session is one
    /// of them, or where such a participant uses them inside a session's time.
    package func selecting(sessions ids: Set<String>) -> MetadataTimeline {
        var out = self
        let spans = sessions.filter { ids.contains($0.id) }.flatMap(\.intervals)
        func overlaps(_ interval: Interval) -> Bool {
            spans.contains { span in
                (span.end.map { interval.start < $0 } ?? true) && (interval.end.map { span.start < $0 } ?? true)
            }
        }
        let members = participants.filter { $0.sessions.contains { ids.contains($0.sessionID) } }
        let used = Set(members.flatMap { ($0.sends + $0.receives).filter { overlaps($0.interval) }.map(\.streamID) })
        out.sessions = sessions.filter { ids.contains($0.id) }
        let groupIDs = Set(out.sessions.compactMap(\.groupID))
        out.groups = groups.filter { groupIDs.contains($0.id) }
        out.streams = streams.filter { $0.sessionID.map(ids.contains) ?? false || used.contains($0.id) }
        let streamIDs = Set(out.streams.map(\.id))
        out.participants = participants.compactMap { participant in
            var kept = participant
            kept.sessions = participant.sessions.filter { ids.contains($0.sessionID) }
            kept.sends = participant.sends.filter { streamIDs.contains($0.streamID) && overlaps($0.interval) }
            kept.receives = participant.receives.filter { streamIDs.contains($0.streamID) && overlaps($0.interval) }
            return kept.sessions.isEmpty && kept.sends.isEmpty ? nil : kept
        }
        let people = Set(out.participants.map(\.id))
        out.extensions = extensions.filter { kept in
            guard let id = kept.owner.id else { return true }
            switch kept.owner.kind {
            case .recording: return true
            case .group: return groupIDs.contains(id)
            case .session: return ids.contains(id)
            case .participant: return people.contains(id)
            case .stream: return streamIDs.contains(id)
            }
        }
        out.indexAnew()
        return out
    }

    /// The same history with other ids for some participants.
    package func renaming(participants names: [String: String]) -> MetadataTimeline {
        var out = self
        for index in out.participants.indices { out.participants[index].id = names[participants[index].id] ?? participants[index].id }
        out.extensions = extensions.map { kept in
            guard kept.owner.kind == .participant, let id = kept.owner.id, let name = names[id] else { return kept }
            return KeptExtension(owner: ExtensionOwner(kind: .participant, id: name), value: kept.value)
        }
        out.indexAnew()
        return out
    }

    /// Whether two addresses are spellings of one: scheme, parameters and case apart.
    package static func isSameAddress(_ left: String, _ right: String) -> Bool { ComparableAddress(left) == ComparableAddress(right) }

    /// Places in the tables follow the arrays.
    mutating func indexAnew() {
        groupTable = IdentifierTable()
        sessionTable = IdentifierTable()
        participantTable = IdentifierTable()
        streamTable = IdentifierTable()
        for (place, group) in groups.enumerated() { groupTable.insert(group.id, at: place) }
        for (place, session) in sessions.enumerated() { sessionTable.insert(session.id, at: place) }
        for (place, participant) in participants.enumerated() { participantTable.insert(participant.id, at: place) }
        for (place, stream) in streams.enumerated() { streamTable.insert(stream.id, at: place) }
        seal()
    }
}
