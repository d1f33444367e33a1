import Evidence

/// One document after another into the history: first what it describes, then what it ends.
extension MetadataTimeline {
    mutating func merge(_ document: RecordingDocument, _ pass: inout MergePass) {
        if document.dataMode == .partial, !hasSnapshot {
            if !isIncomplete { pass.remark(.met014, at: 0, "no complete document precedes this partial one") }
            isIncomplete = true
        }
        // A snapshot that broke off is no snapshot: what is missing in it is unknown.
        if document.dataMode == .complete { hasSnapshot = hasSnapshot || document.isWhole }
        for element in document.groups { merge(element, &pass) }
        for element in document.sessions { merge(element, &pass) }
        for element in document.participants { merge(element, &pass) }
        for element in document.streams { merge(element, &pass) }
        for element in document.sessionRecordingAssociations { merge(element, &pass) }
        for element in document.participantSessionAssociations { merge(element, &pass) }
        for element in document.participantStreamAssociations { merge(element, &pass) }
        applyUses(&pass)
        if pass.replaces { endUnmentioned(&pass) }
        for stop in pass.stops {
            if stop.detachOnly { detachSession(stop.session, stated: stop.stated, &pass) } else { closeSession(stop.session, stated: stop.stated, &pass) }
            sessionStates[stop.session].isStopped = true
        }
        for end in pass.leaves { leave(end.participant, end.session, stated: end.stated, &pass) }
        checkStreams(document, &pass)
        describesStreams = describesStreams || !document.streams.isEmpty
        hasStreamAssociations = hasStreamAssociations || !document.participantStreamAssociations.isEmpty
        keepExtensions(document)
        if clockOffset == nil, !pass.offsets.isEmpty {
            let sorted = pass.offsets.sorted()
            let middle = sorted.count / 2
            clockOffset = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    private mutating func merge(_ element: MetadataGroup, _ pass: inout MergePass) {
        guard let index = group(element.id, described: true, at: element.offset, &pass) else { return }
        pass.groups.insert(index)
        let begin = pass.statedBegin(element.associateTime, at: element.offset)
        if MetadataTime.isEnded(element.associateTime, element.disassociateTime) {
            let end = pass.stated(element.disassociateTime, at: element.offset)
            closeGroup(index, stated: end, &pass)
            Self.keepPast(&groups[index].intervals, at: pass.time, begin, end)
        } else {
            openGroup(index, stated: begin, &pass)
        }
    }

    private mutating func merge(_ element: MetadataSession, _ pass: inout MergePass) {
        let isNew = sessionTable.place(of: element.id) == nil
        guard let index = session(element.id, described: true, at: element.offset, &pass) else { return }
        pass.sessions.insert(index)
        if !element.sipSessionIDs.isEmpty, sessions[index].currentSIPSessionIDs != element.sipSessionIDs {
            sessions[index].currentSIPSessionIDs = element.sipSessionIDs
            var known = Set(sessions[index].sipSessionIDs)
            for id in element.sipSessionIDs where known.count < 4096 && known.insert(id).inserted { sessions[index].sipSessionIDs.append(id) }
            if !isNew { pass.change(.sipSessionIDsChanged(sessionID: sessions[index].id)) }
        }
        for reason in element.reasons where !sessions[index].reasons.contains(reason) && sessions[index].reasons.count < 64 {
            sessions[index].reasons.append(reason)
        }
        if let ref = element.groupRef, let place = group(ref, described: false, at: element.offset, &pass) {
            pass.groups.insert(place)
            openGroup(place, stated: nil, &pass)
            if sessions[index].groupID != groups[place].id {
                sessions[index].groupID = groups[place].id
                pass.change(.sessionGrouped(sessionID: sessions[index].id, groupID: groups[place].id))
            }
        }
        let begin = pass.statedBegin(element.startTime, at: element.offset)
        if let stop = element.stopTime {
            let end = pass.stated(stop, at: element.offset)
            pass.stops.append((index, end, false))
            if !openSessions.contains(index) { Self.keepPast(&sessions[index].intervals, at: pass.time, begin, end) }
        } else if openSessions.contains(index) || !sessionStates[index].isStopped || pass.replaces {
            openSession(index, stated: begin, &pass)
        }
    }

    private mutating func merge(_ element: MetadataParticipant, _ pass: inout MergePass) {
        guard let index = participant(element.id, described: true, at: element.offset, &pass) else { return }
        pass.participants.insert(index)
        var isRenamed = false
        for entry in element.nameIDs {
            if !entry.aor.isEmpty, !participants[index].aors.contains(entry.aor), participants[index].aors.count < 256 {
                participants[index].aors.append(entry.aor)
                self.index(entry.aor, of: index)
                isRenamed = true
            }
            guard let name = entry.name, participants[index].names.count < 256 else { continue }
            // Several names of one document stand side by side; only a name that was not the latest of its document is new.
            let latest = participants[index].names.last.map { last in participants[index].names.filter { $0.from == last.from } } ?? []
            if !latest.contains(where: { $0.value == name && $0.language == entry.language }) {
                participants[index].names.append(ParticipantName(value: name, language: entry.language, from: pass.time))
                isRenamed = true
            }
        }
        participants[index].describe(element.nameIDs, at: pass.time)
        if isRenamed { pass.change(.participantNamed(participantID: participants[index].id)) }
        // Describing someone who has left does not bring them back; an association or a complete document does.
        if participants[index].intervals.isEmpty || pass.replaces { openParticipant(index, &pass) }
    }

    private mutating func merge(_ element: MetadataStream, _ pass: inout MergePass) {
        guard let index = stream(element.id, described: true, at: element.offset, &pass) else { return }
        pass.streams.insert(index)
        if let id = element.sessionID, let place = session(id, described: false, at: element.offset, &pass) {
            if let old = streams[index].sessionID.flatMap({ sessionTable.place(of: $0) }), old != place { sessionStates[old].streams.remove(index) }
            streams[index].sessionID = sessions[place].id
            sessionStates[place].streams.insert(index)
            mention(session: place, &pass)
        }
        if let mode = element.mode { streams[index].mode = mode }
        openStream(index, stated: pass.statedBegin(element.associateTime, at: element.offset), &pass)
        if let label = element.label, streams[index].labels.last?.label != label {
            streams[index].labels.append(LabelBinding(label: label, from: pass.time))
            pass.change(.streamLabelled(streamID: streams[index].id, label: label))
        }
    }

    private mutating func merge(_ element: SessionRecordingAssociation, _ pass: inout MergePass) {
        guard let index = session(element.sessionID, described: false, at: element.offset, &pass) else { return }
        pass.sessions.insert(index)
        let begin = pass.statedBegin(element.associateTime, at: element.offset)
        if MetadataTime.isEnded(element.associateTime, element.disassociateTime) {
            pass.stops.append((index, pass.stated(element.disassociateTime, at: element.offset), true))
        } else if openSessions.contains(index) || element.associateTime != nil || !sessionStates[index].isStopped {
            openSession(index, stated: begin, &pass)
        }
    }

    private mutating func merge(_ element: ParticipantSessionAssociation, _ pass: inout MergePass) {
        guard let person = participant(element.participantID, described: false, at: element.offset, &pass),
            let place = session(element.sessionID, described: false, at: element.offset, &pass)
        else { return }
        pass.participants.insert(person)
        mention(session: place, &pass)
        if !element.params.isEmpty { participants[person].params = element.params }
        let begin = pass.statedBegin(element.associateTime, at: element.offset)
        if element.isEnded {
            let end = pass.stated(element.disassociateTime, at: element.offset)
            if participantStates[person].sessions[place] != nil {
                pass.leaves.append((person, place, end))
                pass.leaving[person, default: []].insert(place)
            } else if begin != nil || end != nil,
                !participants[person].sessions.suffix(256).contains(where: {
                    $0.sessionID == sessions[place].id && ($0.interval.finish == end || $0.interval.end != nil && begin == nil)
                })
            {
                // A membership that was over before we knew of it: kept with its stated times, without extent on the capture clock.
                participants[person].sessions.append(
                    SessionMembership(
                        sessionID: sessions[place].id, interval: Interval(start: pass.time, end: pass.time, statedStart: begin, statedEnd: end)))
            }
            return
        }
        // In a partial document the begin of the membership that has ended is no new one.
        if !pass.replaces, participantStates[person].sessions[place] == nil, let begin,
            let last = participants[person].sessions.suffix(256).last(where: { $0.sessionID == sessions[place].id }), last.interval.end != nil,
            last.interval.begin == begin
        {
            return
        }
        pass.memberships[person, default: []].insert(place)
        join(person, place, stated: begin, &pass)
    }

    private mutating func merge(_ element: ParticipantStreamAssociation, _ pass: inout MergePass) {
        guard let person = participant(element.participantID, described: false, at: element.offset, &pass) else { return }
        pass.participants.insert(person)
        var use = pass.uses[person] ?? MergePass.DesiredUse()
        if !element.isWhole { use.isWhole = false }
        let begin = pass.statedBegin(element.associateTime, at: element.offset)
        if begin != nil { use.statedStart = begin }
        if element.isEnded {
            use.statedEnd = pass.stated(element.disassociateTime, at: element.offset)
        } else {
            openParticipant(person, &pass)
            for id in element.send { if let index = usedStream(id, at: element.offset, &pass) { use.sends.append(index) } }
            for id in element.recv { if let index = usedStream(id, at: element.offset, &pass) { use.receives.append(index) } }
        }
        pass.uses[person] = use
    }

    private mutating func usedStream(_ id: String, at offset: Int, _ pass: inout MergePass) -> Int? {
        var id = id
        if let mixed = pass.onlyMixedStream, !id.isEmpty, id != mixed, streamTable.place(of: id) == nil {
            pass.remark(.met019, at: offset, "stream '\(id)' is not described; it is treated as the mixed stream '\(mixed)'")
            id = mixed
        }
        guard let index = stream(id, described: false, at: offset, &pass) else { return nil }
        pass.streams.insert(index)
        openStream(index, stated: nil, &pass)
        return index
    }

    /// A reference keeps a session alive and opens a placeholder, but does not revive one that was stopped.
    private mutating func mention(session index: Int, _ pass: inout MergePass) {
        pass.sessions.insert(index)
        if sessions[index].intervals.isEmpty, !pass.stops.contains(where: { $0.session == index }) { openSession(index, stated: nil, &pass) }
    }

    /// Replaces what each mentioned participant sends and receives; a complete document mentions everyone.
    private mutating func applyUses(_ pass: inout MergePass) {
        var people = Set(pass.uses.keys)
        if pass.replaces { people.formUnion(openParticipants) }
        for person in people.sorted() {
            let use = pass.uses[person] ?? MergePass.DesiredUse()
            let (sends, receives) = (Set(use.sends), Set(use.receives))
            if use.isWhole {
                for index in participantStates[person].sends.keys.sorted() where !sends.contains(index) {
                    stopSending(person, index, stated: use.statedEnd, &pass)
                }
                for index in participantStates[person].receives.keys.sorted() where !receives.contains(index) {
                    stopReceiving(person, index, stated: use.statedEnd, &pass)
                }
            }
            for index in use.sends { startSending(person, index, stated: use.statedStart, &pass) }
            for index in use.receives { startReceiving(person, index, stated: use.statedStart, &pass) }
        }
    }

    /// What a complete document does not mention has ended.
    private mutating func endUnmentioned(_ pass: inout MergePass) {
        for index in openStreams.sorted() where !pass.streams.contains(index) { closeStream(index, stated: nil, &pass) }
        for person in openParticipants.sorted() {
            guard pass.participants.contains(person) else {
                closeParticipant(person, stated: nil, &pass)
                continue
            }
            let kept = pass.memberships[person] ?? []
            let leaving = pass.leaving[person] ?? []
            for index in participantStates[person].sessions.keys.sorted() where !kept.contains(index) && !leaving.contains(index) {
                endMembership(person, index, stated: nil, &pass)
            }
        }
        for index in openSessions.sorted() where !pass.sessions.contains(index) { detachSession(index, stated: nil, &pass) }
        for index in openGroups.sorted() where !pass.groups.contains(index) { closeGroup(index, stated: nil, &pass) }
    }

    private func checkStreams(_ document: RecordingDocument, _ pass: inout MergePass) {
        for element in document.streams {
            if let index = streamTable.place(of: element.id), streams[index].labels.isEmpty {
                pass.remark(.met011, at: element.offset, "stream '\(element.id)' has no label")
            }
        }
        if pass.replaces, !document.participants.isEmpty, let first = document.streams.first, document.participantStreamAssociations.isEmpty {
            pass.remark(.met017, at: first.offset, "\(document.participants.count) participants and \(document.streams.count) streams, but no sender")
        }
    }

    /// An interval that was over before we knew of it: kept once with its stated times, without extent on the capture clock.
    private static func keepPast(_ intervals: inout [Interval], at time: CaptureTime, _ begin: StatedTime?, _ end: StatedTime?) {
        guard intervals.isEmpty else { return }
        intervals.append(Interval(start: time, end: time, statedStart: begin, statedEnd: end))
    }
}
