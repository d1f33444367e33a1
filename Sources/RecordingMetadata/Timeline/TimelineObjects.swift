import Evidence

/// Opening and closing of objects and their relations. Everything is idempotent: opening what is open changes nothing.
extension MetadataTimeline {
    // MARK: Places

    mutating func group(_ id: String, described: Bool, at offset: Int, _ pass: inout MergePass) -> Int? {
        if let place = groupTable.place(of: id) {
            if described { groups[place].isUnresolved = false }
            return place
        }
        guard admit("group", id, count: groups.count, described: described, at: offset, &pass) else { return nil }
        groupTable.insert(id, at: groups.count)
        groups.append(GroupHistory(id: id, isUnresolved: !described))
        return groups.count - 1
    }

    mutating func session(_ id: String, described: Bool, at offset: Int, _ pass: inout MergePass) -> Int? {
        if let place = sessionTable.place(of: id) {
            if described { sessions[place].isUnresolved = false }
            return place
        }
        guard admit("session", id, count: sessions.count, described: described, at: offset, &pass) else { return nil }
        sessionTable.insert(id, at: sessions.count)
        sessions.append(SessionHistory(id: id, isUnresolved: !described))
        sessionStates.append(SessionState())
        return sessions.count - 1
    }

    mutating func participant(_ id: String, described: Bool, at offset: Int, _ pass: inout MergePass) -> Int? {
        if let place = participantTable.place(of: id) {
            if described { participants[place].isUnresolved = false }
            return place
        }
        guard admit("participant", id, count: participants.count, described: described, at: offset, &pass) else { return nil }
        participantTable.insert(id, at: participants.count)
        participants.append(ParticipantHistory(id: id, isUnresolved: !described))
        participantStates.append(ParticipantState())
        return participants.count - 1
    }

    mutating func stream(_ id: String, described: Bool, at offset: Int, _ pass: inout MergePass) -> Int? {
        if let place = streamTable.place(of: id) {
            if described { streams[place].isUnresolved = false }
            return place
        }
        guard admit("stream", id, count: streams.count, described: described, at: offset, &pass) else { return nil }
        streamTable.insert(id, at: streams.count)
        streams.append(StreamHistory(id: id, isUnresolved: !described))
        streamStates.append(StreamState())
        return streams.count - 1
    }

    private func admit(_ kind: String, _ id: String, count: Int, described: Bool, at offset: Int, _ pass: inout MergePass) -> Bool {
        guard !id.isEmpty else { return false }
        guard count < Self.objectLimit else {
            pass.remark(.met013, at: offset, "more than \(Self.objectLimit) \(kind)s; '\(id)' is left out")
            return false
        }
        if !described { pass.remark(.met007, at: offset, "no \(kind) '\(id)' has been described") }
        return true
    }

    // MARK: Opening

    mutating func openGroup(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard openGroups.insert(index).inserted else { return Self.refine(&groups[index].intervals, stated) }
        groups[index].intervals.append(Interval(start: pass.time, statedStart: stated))
        pass.change(.groupStarted(groupID: groups[index].id))
    }

    mutating func openSession(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard openSessions.insert(index).inserted else { return Self.refine(&sessions[index].intervals, stated) }
        sessionStates[index].isStopped = false
        sessions[index].intervals.append(Interval(start: pass.time, statedStart: stated))
        pass.change(.sessionStarted(sessionID: sessions[index].id))
    }

    mutating func openParticipant(_ index: Int, _ pass: inout MergePass) {
        guard openParticipants.insert(index).inserted else { return }
        participants[index].intervals.append(Interval(start: pass.time))
        pass.change(.participantAdded(participantID: participants[index].id))
    }

    mutating func openStream(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard openStreams.insert(index).inserted else { return Self.refine(&streams[index].intervals, stated) }
        streams[index].intervals.append(Interval(start: pass.time, statedStart: stated))
        pass.change(.streamAdded(streamID: streams[index].id))
    }

    mutating func join(_ participant: Int, _ session: Int, stated: StatedTime?, _ pass: inout MergePass) {
        openParticipant(participant, &pass)
        if let place = participantStates[participant].sessions[session] {
            if participants[participant].sessions[place].interval.begin == nil { participants[participant].sessions[place].interval.begin = stated }
            return
        }
        participantStates[participant].sessions[session] = participants[participant].sessions.count
        sessionStates[session].members.insert(participant)
        participants[participant].sessions.append(
            SessionMembership(sessionID: sessions[session].id, interval: Interval(start: pass.time, statedStart: stated)))
        pass.change(.participantJoined(participantID: participants[participant].id, sessionID: sessions[session].id))
    }

    mutating func startSending(_ participant: Int, _ stream: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard participantStates[participant].sends[stream] == nil else { return }
        participantStates[participant].sends[stream] = participants[participant].sends.count
        streamStates[stream].senders.insert(participant)
        participants[participant].sends.append(StreamUse(streamID: streams[stream].id, interval: Interval(start: pass.time, statedStart: stated)))
        pass.change(.sendStarted(participantID: participants[participant].id, streamID: streams[stream].id))
    }

    mutating func startReceiving(_ participant: Int, _ stream: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard participantStates[participant].receives[stream] == nil else { return }
        participantStates[participant].receives[stream] = participants[participant].receives.count
        streamStates[stream].receivers.insert(participant)
        participants[participant].receives.append(StreamUse(streamID: streams[stream].id, interval: Interval(start: pass.time, statedStart: stated)))
        pass.change(.receiveStarted(participantID: participants[participant].id, streamID: streams[stream].id))
    }

    /// A later document may state the begin that an earlier one left out.
    private static func refine(_ intervals: inout [Interval], _ stated: StatedTime?) {
        guard let stated, let last = intervals.indices.last, intervals[last].begin == nil else { return }
        intervals[last].begin = stated
    }

    // MARK: Closing

    mutating func closeGroup(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard openGroups.remove(index) != nil else { return }
        Self.close(&groups[index].intervals, pass.time, stated)
        pass.change(.groupEnded(groupID: groups[index].id))
    }

    /// Ends a session with its memberships and its streams.
    mutating func closeSession(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        for member in sessionStates[index].members.sorted() { leave(member, index, stated: stated, &pass) }
        for stream in sessionStates[index].streams.sorted() { closeStream(stream, stated: stated, &pass) }
        detachSession(index, stated: stated, &pass)
    }

    /// Ends only the session's part in this recording session.
    mutating func detachSession(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard openSessions.remove(index) != nil else { return }
        Self.close(&sessions[index].intervals, pass.time, stated)
        pass.change(.sessionEnded(sessionID: sessions[index].id))
    }

    mutating func closeParticipant(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        for session in participantStates[index].sessions.keys.sorted() { endMembership(index, session, stated: stated, &pass) }
        stopUses(of: index, stated: stated, &pass) { _ in true }
        guard openParticipants.remove(index) != nil else { return }
        Self.close(&participants[index].intervals, pass.time, stated)
        pass.change(.participantRemoved(participantID: participants[index].id))
    }

    mutating func closeStream(_ index: Int, stated: StatedTime?, _ pass: inout MergePass) {
        for participant in streamStates[index].senders.sorted() { stopSending(participant, index, stated: stated, &pass) }
        for participant in streamStates[index].receivers.sorted() { stopReceiving(participant, index, stated: stated, &pass) }
        guard openStreams.remove(index) != nil else { return }
        Self.close(&streams[index].intervals, pass.time, stated)
        pass.change(.streamEnded(streamID: streams[index].id))
    }

    /// Ends a membership and, implicitly, what the participant sends and receives there (RFC 8068 section 3.3: no stream association is sent for a
    /// leaver). Who is in no session any more has left the recording session.
    mutating func leave(_ participant: Int, _ session: Int, stated: StatedTime?, _ pass: inout MergePass) {
        endMembership(participant, session, stated: stated, &pass)
        if participantStates[participant].sessions.isEmpty {
            closeParticipant(participant, stated: stated, &pass)
        } else {
            let there = sessionStates[session].streams
            stopUses(of: participant, stated: stated, &pass) { there.contains($0) }
        }
    }

    mutating func endMembership(_ participant: Int, _ session: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard let place = participantStates[participant].sessions.removeValue(forKey: session) else { return }
        sessionStates[session].members.remove(participant)
        participants[participant].sessions[place].interval.end = pass.time
        participants[participant].sessions[place].interval.finish = stated
        pass.change(.participantLeft(participantID: participants[participant].id, sessionID: sessions[session].id))
    }

    private mutating func stopUses(of participant: Int, stated: StatedTime?, _ pass: inout MergePass, where condition: (Int) -> Bool) {
        for stream in participantStates[participant].sends.keys.sorted() where condition(stream) { stopSending(participant, stream, stated: stated, &pass) }
        for stream in participantStates[participant].receives.keys.sorted() where condition(stream) {
            stopReceiving(participant, stream, stated: stated, &pass)
        }
    }

    mutating func stopSending(_ participant: Int, _ stream: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard let place = participantStates[participant].sends.removeValue(forKey: stream) else { return }
        streamStates[stream].senders.remove(participant)
        participants[participant].sends[place].interval.end = pass.time
        participants[participant].sends[place].interval.finish = stated
        pass.change(.sendStopped(participantID: participants[participant].id, streamID: streams[stream].id))
    }

    mutating func stopReceiving(_ participant: Int, _ stream: Int, stated: StatedTime?, _ pass: inout MergePass) {
        guard let place = participantStates[participant].receives.removeValue(forKey: stream) else { return }
        streamStates[stream].receivers.remove(participant)
        participants[participant].receives[place].interval.end = pass.time
        participants[participant].receives[place].interval.finish = stated
        pass.change(.receiveStopped(participantID: participants[participant].id, streamID: streams[stream].id))
    }

    private static func close(_ intervals: inout [Interval], _ time: CaptureTime, _ stated: StatedTime?) {
        guard let last = intervals.indices.last else { return }
        intervals[last].end = time
        intervals[last].finish = stated
    }
}
