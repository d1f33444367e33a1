import Evidence
package import RecordingMetadata

/// Another reading of what travels on an m-line.
package struct SenderAlternative: Sendable, Equatable {
    /// Of the metadata; nil where no stream element is behind it.
    package let streamID: String?
    /// Ids of those who would send, in order of first appearance.
    package let participants: [String]
    /// What speaks for it.
    package let basis: SenderBasis

    package init(streamID: String?, participants: [String], basis: SenderBasis) {
        self.streamID = streamID
        self.participants = participants
        self.basis = basis
    }
}

/// Which metadata streams travel on which m-line, and so who sends there and when (RFC 7865 sections 6.7 and 6.8).
package struct SenderBinding: Sendable {
    package typealias Line = (index: Int, stream: NegotiatedStream)

    /// Metadata stream ids bound to each negotiated stream, in order of first appearance, by index into the streams given.
    package private(set) var metadataStreams: [Int: [(id: String, basis: SenderBasis)]] = [:]
    /// Other readings of a line, by index into the streams given; missing where there are none.
    package private(set) var alternatives: [Int: [SenderAlternative]] = [:]
    /// Lines whose label is not theirs alone, or is that of several metadata streams, with that label.
    package private(set) var sharedLabels: [Int: String] = [:]
    private let timeline: MetadataTimeline
    private var positions: [Int: [SenderSpan]] = [:]
    /// Of lines that had several labels: from when each holds.
    private var relabelled: [Int: [(from: CaptureTime, label: String)]] = [:]
    /// Participants who ever send to each metadata stream.
    private let sendersOf: [String: [String]]

    /// `streams` are those that the SRC of one recording session sends.
    package init(streams: [Line], timeline: MetadataTimeline) {
        self.timeline = timeline
        var sendersOf: [String: [String]] = [:]
        for participant in timeline.participants {
            for use in participant.sends where sendersOf[use.streamID]?.last != participant.id { sendersOf[use.streamID, default: []].append(participant.id) }
        }
        self.sendersOf = sendersOf
        for (index, stream) in streams where stream.labels.count > 1 { relabelled[index] = stream.labelChanges }
        var unbound: [StreamHistory] = []
        var groups: [(label: String, lines: [Int], streams: [String])] = []
        for history in timeline.streams {
            var isBound = false
            for (comparison, basis) in [(Self.equal, SenderBasis.label), (Self.similar, .similarLabel)] where !isBound {
                for (lines, label) in Self.lines(for: history, among: streams, comparison) {
                    isBound = true
                    if lines.count == 1 {
                        if !(metadataStreams[lines[0]] ?? []).contains(where: { $0.id == history.id }) {
                            metadataStreams[lines[0], default: []].append((history.id, basis))
                        }
                    } else if let group = groups.firstIndex(where: { $0.lines == lines }) {
                        if !groups[group].streams.contains(history.id) { groups[group].streams.append(history.id) }
                    } else {
                        groups.append((label, lines, [history.id]))
                    }
                }
            }
            if !isBound { unbound.append(history) }
        }
        for group in groups { bind(group.lines, group.streams, label: group.label) }
        markSharedStreams()
        bindRest(unbound, streams)
        compareWithOrder(streams)
        placeByPosition(streams)
    }

    /// For each label that the stream had, the lines with that label. Where several had it at one time or another, those count that have it
    /// in the message that names the stream: a label refers to the description beside it.
    private static func lines(
        for history: StreamHistory, among streams: [Line], _ equal: (String, String) -> Bool
    ) -> [(lines: [Int], label: String)] {
        history.labels.compactMap { binding in
            let all = streams.filter { $0.stream.labels.contains { equal($0, binding.label) } }
            let current = all.filter { $0.stream.label(at: binding.from).map { equal($0, binding.label) } ?? false }
            return all.isEmpty ? nil : ((current.isEmpty ? all : current).map(\.index), binding.label)
        }
    }

    /// Lines that share a label: in order where there are as many streams of that label, else all streams on each of them.
    private mutating func bind(_ lines: [Int], _ streams: [String], label: String) {
        for (place, line) in lines.enumerated() {
            sharedLabels[line] = label
            if lines.count == streams.count {
                metadataStreams[line, default: []].append((streams[place], .duplicateLabel))
                for other in streams where other != streams[place] { addAlternative(line, other, .duplicateLabel) }
            } else {
                for stream in streams { metadataStreams[line, default: []].append((stream, .duplicateLabel)) }
            }
        }
    }

    /// Several streams described side by side with one label.
    private mutating func markSharedStreams() {
        for (line, bound) in metadataStreams where bound.count > 1 && sharedLabels[line] == nil {
            let histories = bound.compactMap { timeline.stream($0.id) }
            for (place, history) in histories.enumerated() {
                let twin = histories[max(0, place - 8)..<place].first { other in
                    other.intervals.contains { a in history.intervals.contains { b in Self.overlap(a, b) } }
                }
                if twin != nil, let label = history.labels.last?.label { sharedLabels[line] = label }
            }
        }
    }

    private static func overlap(_ left: Interval, _ right: Interval) -> Bool {
        (left.end.map { right.start < $0 } ?? true) && (right.end.map { left.start < $0 } ?? true)
    }

    /// Without labels: by elimination where one is left on either side, else by order where the counts agree.
    private mutating func bindRest(_ unbound: [StreamHistory], _ streams: [Line]) {
        let senders = unbound.filter { history in timeline.participants.contains { $0.sends.contains { $0.streamID == history.id } } || !history.isUnresolved }
        guard !senders.isEmpty else { return }
        let all = streams.filter { metadataStreams[$0.index] == nil }
        let free = all.filter { $0.stream.kind == "audio" }
        if senders.count == 1, free.count == 1 {
            eliminate(senders[0], free[0], streams)
        } else if senders.count == free.count {
            bindInOrder(senders, free)
        } else if senders.count == all.count {
            // Audio and video: a stream element for each line.
            bindInOrder(senders, all)
        } else if free.isEmpty {
            // RFC 8068 section 3.2.3: a transfer names a stream id that no document defined; it continues the m-line whose sender left.
            for history in senders {
                guard let start = timeline.participants.flatMap(\.sends).filter({ $0.streamID == history.id }).map(\.interval.start).min() else { continue }
                let silent = streams.filter { place in
                    (metadataStreams[place.index] ?? []).allSatisfy { timeline.senders(of: $0.id, at: start).isEmpty }
                }
                if silent.count == 1 { metadataStreams[silent[0].index, default: []].append((history.id, .elimination)) }
            }
        } else {
            // Neither number nor label decides: nobody is named, and everybody it could be is listed.
            for place in free { for history in senders { addAlternative(place.index, history.id, .none) } }
        }
    }

    /// The first stream on the first line, and so on; each of the others on lines of the same kind could be it as well.
    private mutating func bindInOrder(_ senders: [StreamHistory], _ lines: [Line]) {
        for (history, place) in zip(senders, lines) {
            metadataStreams[place.index] = [(history.id, .order)]
            for (other, line) in zip(senders, lines) where other.id != history.id && line.stream.kind == place.stream.kind {
                addAlternative(place.index, other.id, .order)
            }
        }
    }

    /// One stream and one line are left over. Whoever else is on a line could be the one whose label is missing; where both have a label, and
    /// not the same, one label at least is wrong, so the others may be too.
    private mutating func eliminate(_ history: StreamHistory, _ line: Line, _ streams: [Line]) {
        metadataStreams[line.index] = [(history.id, .elimination)]
        let isContradiction = !line.stream.labels.isEmpty && !history.labels.isEmpty
        for other in streams where other.index != line.index && other.stream.kind == "audio" {
            guard let bound = metadataStreams[other.index], bound.count == 1 else { continue }
            addAlternative(line.index, bound[0].id, .none)
            if isContradiction { addAlternative(other.index, history.id, .none) }
        }
    }

    /// Where labels say one thing and the order of the elements another, both are told: some senders mix their labels up.
    private mutating func compareWithOrder(_ streams: [Line]) {
        let audio = streams.filter { $0.stream.kind == "audio" }
        let bound = audio.compactMap { place in metadataStreams[place.index].flatMap { $0.count == 1 && $0[0].basis == .label ? $0[0].id : nil } }
        guard audio.count > 1, bound.count == audio.count, Set(bound).count == bound.count else { return }
        let all = Set(bound)
        let described = timeline.streams.map(\.id).filter(all.contains)
        guard described.count == bound.count, described != bound else { return }
        for (place, id) in zip(audio, described) where metadataStreams[place.index]?.first?.id != id { addAlternative(place.index, id, .order) }
    }

    private mutating func addAlternative(_ line: Int, _ streamID: String, _ basis: SenderBasis) {
        let participants = sendersOf[streamID] ?? []
        let alternative = SenderAlternative(streamID: streamID, participants: participants, basis: basis)
        guard !participants.isEmpty, alternatives[line, default: []].count < Self.alternativeLimit,
            !alternatives[line, default: []].contains(alternative)
        else { return }
        alternatives[line, default: []].append(alternative)
    }

    private static let alternativeLimit = 16

    /// Where a whole document names people but nothing ever associates them with streams: the first with the first, and so on. Who comes later
    /// takes the place that another left.
    private mutating func placeByPosition(_ streams: [Line]) {
        guard timeline.hasSnapshot, !timeline.hasStreamAssociations || !timeline.describesStreams,
            timeline.participants.allSatisfy({ $0.sends.isEmpty && $0.receives.isEmpty })
        else { return }
        let audio = streams.filter { $0.stream.kind == "audio" }.map(\.index)
        let described = timeline.streams.compactMap { history in
            audio.first { line in (metadataStreams[line] ?? []).contains { $0.id == history.id } }
        }
        var lines: [Int] = []
        for line in described + (timeline.describesStreams ? [] : audio) where !lines.contains(line) { lines.append(line) }
        let people = timeline.participants.filter { person in
            !person.isUnresolved && !person.params.contains { $0.name.lowercased() == "isfocus" }
        }
        guard lines.count > 1 || people.count == 1, !lines.isEmpty, people.count <= 256, people.reduce(0, { $0 + $1.intervals.count }) <= 2048 else { return }
        var events = Set<CaptureTime>()
        for interval in people.flatMap(\.intervals) {
            events.insert(interval.start)
            if let end = interval.end { events.insert(end) }
        }
        var slots = [String?](repeating: nil, count: lines.count)
        for time in events.sorted() {
            let present = people.filter { $0.intervals.contains { $0.contains(time) } }.map(\.id)
            // When all leave, the recording session is over, and what still flows stays theirs.
            guard !present.isEmpty else { continue }
            for slot in slots.indices where slots[slot].map({ !present.contains($0) }) ?? false { slots[slot] = nil }
            for id in present where !slots.contains(id) {
                guard let free = slots.firstIndex(of: nil) else { break }
                slots[free] = id
            }
            for (slot, line) in lines.enumerated() {
                guard let id = slots[slot] else { continue }
                let last = positions[line, default: []].count - 1
                if last >= 0, positions[line]?[last].participants == [id] { continue }
                if last >= 0 { positions[line]?[last].until = time }
                positions[line, default: []].append(
                    SenderSpan(from: last < 0 ? .distantPast : time, until: .distantFuture, participants: [id], basis: .position))
            }
        }
        for line in lines {
            let own = Set((positions[line] ?? []).flatMap(\.participants))
            guard !own.isEmpty else { continue }
            for person in people where !own.contains(person.id) && alternatives[line, default: []].count < Self.alternativeLimit {
                alternatives[line, default: []].append(SenderAlternative(streamID: nil, participants: [person.id], basis: .position))
            }
        }
    }

    private static func equal(_ left: String, _ right: String) -> Bool { left == right }

    private static func similar(_ left: String, _ right: String) -> Bool {
        if let a = Int(left), let b = Int(right) { return a == b }
        return left.lowercased() == right.lowercased()
    }

    /// Who sends on the m-line over all time. Media before the first metadata belongs to the first senders named, and a time for which
    /// nobody is named (hold) stays with those named before: what flows then is still that m-line's audio.
    package func spans(of index: Int) -> [SenderSpan] {
        if let placed = positions[index] { return placed }
        guard let bound = metadataStreams[index], !bound.isEmpty else { return [] }
        let ids = Set(bound.map(\.id))
        let basis = bound[0].basis
        var edges: [CaptureTime] = []
        var sends: [(participant: String, from: CaptureTime, until: CaptureTime)] = []
        for participant in timeline.participants {
            for use in participant.sends where ids.contains(use.streamID) {
                for part in named(use, on: index) {
                    sends.append((participant.id, part.from, part.until))
                    edges += [part.from, part.until]
                }
            }
        }
        let sorted = Array(Set(edges)).sorted()
        var spans: [SenderSpan] = []
        for (from, until) in zip(sorted, sorted.dropFirst()) {
            var present: [String] = []
            for send in sends where send.from < until && send.until > from && !present.contains(send.participant) { present.append(send.participant) }
            guard !present.isEmpty else { continue }
            if let last = spans.last, last.participants == present {
                spans[spans.count - 1].until = until
            } else {
                if !spans.isEmpty { spans[spans.count - 1].until = from }
                spans.append(SenderSpan(from: from, until: until, participants: present, basis: basis))
            }
        }
        if spans.isEmpty, !sends.isEmpty {
            // All that was said came with the end (metadata in BYE, RFC 8068 section 3.2.4): there is no time between, so it goes for all before.
            var named: [String] = []
            for send in sends where !named.contains(send.participant) { named.append(send.participant) }
            spans = [SenderSpan(from: .distantPast, until: .distantFuture, participants: named, basis: basis)]
        }
        if !spans.isEmpty {
            spans[0].from = .distantPast
            spans[spans.count - 1].until = .distantFuture
        }
        return spans
    }

    /// When somebody who sends a stream does so on this line: where another label took the line, no longer.
    private func named(_ use: StreamUse, on line: Int) -> [(from: CaptureTime, until: CaptureTime)] {
        let whole = (from: use.interval.start, until: use.interval.end ?? .distantFuture)
        guard let changes = relabelled[line], let labels = timeline.stream(use.streamID)?.labels.map(\.label), !labels.isEmpty else { return [whole] }
        var out: [(from: CaptureTime, until: CaptureTime)] = []
        for (place, change) in changes.enumerated() where labels.contains(where: { Self.similar($0, change.label) }) {
            let from = max(whole.from, place == 0 ? .distantPast : change.from)
            let until = min(whole.until, place + 1 < changes.count ? changes[place + 1].from : .distantFuture)
            if from < until { out.append((from, until)) }
        }
        // Metadata that gives the stream a label only when it has left the line says nothing of when it was there.
        return out.isEmpty ? [whole] : out
    }
}
