package import Evidence

/// One participant id that means several people, one after another.
///
/// RFC 7865 section 6.10 wants an id to be unique, but products keep that of a leg when another person takes it over (transfer, connected
/// identity). Who has no address and no name in common with who had the id before is another person.
extension MetadataTimeline {
    /// Descriptions of one participant that are compared; more are no people.
    static let descriptionLimit = 256
    /// People of one id that are told apart.
    private static let personLimit = 32

    /// The same history in which each person has a participant of their own. The first keeps the id; the others get it with a number. Nobody
    /// is told apart from whom the metadata named for less than `correction` seconds before: there an address was only put right.
    package func tellingPeopleApart(correction: Double) -> MetadataTimeline {
        guard participants.contains(where: { $0.descriptions.count > 1 }) else { return self }
        var ids = Set(participants.map(\.id))
        var out = self
        out.participants = participants.flatMap { participant in
            let people = participant.people(limit: Self.personLimit, correction: correction)
            return people.enumerated().map { number, terms in
                guard number > 0 else { return people.count == 1 ? participant : participant.limited(to: terms, id: participant.id) }
                var ordinal = number + 1
                while !ids.insert("\(participant.id) (\(ordinal))").inserted { ordinal += 1 }
                return participant.limited(to: terms, id: "\(participant.id) (\(ordinal))")
            }
        }
        guard out.participants.count != participants.count else { return self }
        out.indexAnew()
        return out
    }
}

extension ParticipantHistory {
    /// When documents began to call the participant otherwise, by name or else by address.
    package var renamings: [(time: CaptureTime, from: String, to: String)] {
        zip(descriptions, descriptions.dropFirst()).compactMap { before, after in
            guard let old = before.names.first ?? before.aors.first, let new = after.names.first ?? after.aors.first, old != new else { return nil }
            return (after.from, old, new)
        }
    }
}

/// A time during which one id meant one person.
private struct Term {
    let from: CaptureTime
    /// `distantFuture` for the last one.
    var until: CaptureTime
    var aors: [String]
    var names: [String]
}

extension ParticipantHistory {
    /// Takes over what a document calls the participant.
    mutating func describe(_ nameIDs: [MetadataNameID], at time: CaptureTime) {
        let aors = nameIDs.map(\.aor).filter { !$0.isEmpty }
        guard !aors.isEmpty, descriptions.count < MetadataTimeline.descriptionLimit, aors.count <= 16 else { return }
        let description = ParticipantDescription(from: time, aors: aors, names: nameIDs.compactMap(\.name))
        if let last = descriptions.last, last.aors == description.aors, last.names == description.names { return }
        descriptions.append(description)
    }

    /// The terms of each person, in order of first appearance; the first begins with the history.
    fileprivate func people(limit: Int, correction: Double) -> [[Term]] {
        var people: [[Term]] = []
        var current = 0
        for description in descriptions {
            let aors = description.aors.filter { !ComparableAddress($0).isAnonymous }
            let term = Term(from: people.isEmpty ? .distantPast : description.from, until: .distantFuture, aors: aors, names: description.names)
            guard !people.isEmpty else {
                people = [[term]]
                continue
            }
            let known = people.firstIndex { $0.contains { $0.isSamePerson(aors, description.names) } }
            let isCorrection =
                people[current].allSatisfy(\.aors.isEmpty)
                || people.count == 1 && people[0].count == 1 && descriptions.first.map { description.from.seconds(since: $0.from) < correction } ?? false
            let next = aors.isEmpty || isCorrection ? current : known ?? (people.count < limit ? people.count : current)
            if next == current {
                let last = people[current].count - 1
                people[current][last].aors += aors
                people[current][last].names += description.names
                continue
            }
            people[current][people[current].count - 1].until = description.from
            if next == people.count { people.append([term]) } else { people[next].append(term) }
            current = next
        }
        return people.isEmpty ? [[]] : people
    }

    /// What of this history belongs to one person.
    fileprivate func limited(to terms: [Term], id: String) -> ParticipantHistory {
        var out = self
        out.id = id
        let described = Set(terms.flatMap(\.aors))
        let addresses = terms.flatMap { $0.aors.map { ComparableAddress($0) } }
        out.aors = aors.filter { described.contains($0) }
        out.names = []
        for name in names where terms.contains(where: { $0.from <= name.from && name.from < $0.until }) {
            if !out.names.contains(where: { $0.value == name.value && $0.language == name.language }) { out.names.append(name) }
        }
        // A claim has no time: it is kept where its address is known, and else with everybody whom it may mean.
        out.identities = identities.filter { identity in
            guard let uri = identity.uri.map({ ComparableAddress($0) }) else { return true }
            return addresses.contains { $0.isSamePerson(as: uri) }
                || !descriptions.contains { $0.aors.contains { ComparableAddress($0).isSamePerson(as: uri) } }
        }
        out.descriptions = descriptions.filter { description in terms.contains { $0.from <= description.from && description.from < $0.until } }
        out.intervals = intervals.flatMap { interval in terms.compactMap { interval.clipped($0.from, $0.until) } }
        out.sessions = sessions.flatMap { use in
            terms.compactMap { use.interval.clipped($0.from, $0.until) }.map { SessionMembership(sessionID: use.sessionID, interval: $0) }
        }
        func clipped(_ uses: [StreamUse]) -> [StreamUse] {
            uses.flatMap { use in terms.compactMap { use.interval.clipped($0.from, $0.until) }.map { StreamUse(streamID: use.streamID, interval: $0) } }
        }
        out.sends = clipped(sends)
        out.receives = clipped(receives)
        return out
    }
}

extension Term {
    /// Whether who is described like this may be the person of this term.
    fileprivate func isSamePerson(_ aors: [String], _ names: [String]) -> Bool {
        let own = self.names.map { $0.lowercased() }
        if names.contains(where: { own.contains($0.lowercased()) }) { return true }
        let addresses = self.aors.map { ComparableAddress($0) }
        return aors.contains { aor in addresses.contains { $0.isSamePerson(as: ComparableAddress(aor)) } }
    }
}

extension ComparableAddress {
    /// A user part that is no number says who it is, whatever the host; numbers are one where the longer one ends with the shorter.
    fileprivate func isSamePerson(as other: ComparableAddress) -> Bool {
        if user == other.user { return !user.isEmpty || host == other.host }
        // 030 123456 is +49 30 123456 within its country.
        guard let number = number?.drop(while: { $0 == "0" }), let second = other.number?.drop(while: { $0 == "0" }),
            min(number.utf8.count, second.utf8.count) >= 6
        else { return false }
        return number.hasSuffix(second) || second.hasSuffix(number)
    }

    /// RFC 3323 section 4.1.1.3, and what products write instead.
    fileprivate var isAnonymous: Bool {
        host == "anonymous.invalid" || ["", "anonymous", "unknown", "unavailable", "restricted", "private"].contains(user)
    }
}

extension Interval {
    /// The part from `from` until `until`; nil where there is none.
    fileprivate func clipped(_ from: CaptureTime, _ until: CaptureTime) -> Interval? {
        let first = max(start, from)
        let last = end.map { min($0, until) } ?? (until == .distantFuture ? nil : until)
        // What had no extent before has none now, and belongs to the term in which it was told.
        if let last, last < first || last == first && (start != end || first == until) { return nil }
        if first >= until { return nil }
        var out = Interval(start: first, end: last)
        if first == start { out.begin = begin }
        if last == end { out.finish = finish }
        return out
    }
}
