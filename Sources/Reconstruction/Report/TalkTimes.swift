import MediaPlayout

/// Who had sound when, over all tracks of a recording.
struct TalkTimes {
    /// Spans of each participant in units of 20 ms, by id.
    private var spans: [String: [(from: Int64, until: Int64)]] = [:]

    mutating func add(_ more: [(from: Int64, until: Int64)], of participant: String) {
        guard !more.isEmpty else { return }
        spans[participant] = TalkMeter.union(spans[participant] ?? [], more)
    }

    /// Seconds from the recording's start, by id of the participant.
    var seconds: [String: [(from: Double, until: Double)]] { spans.mapValues { $0.map { (Double($0.from) / 50, Double($0.until) / 50) } } }

    /// Nil for who has no audio of their own.
    func record(of participant: String) -> ParticipantRecord.Talk? {
        guard let own = spans[participant] else { return nil }
        var others: [(from: Int64, until: Int64)] = []
        for (id, more) in spans where id != participant { others = TalkMeter.union(others, more) }
        func seconds(_ units: Int64) -> Seconds { Seconds(Double(units) / 50) }
        return ParticipantRecord.Talk(
            seconds: seconds(own.reduce(0) { $0 + $1.until - $1.from }), overlap: seconds(TalkMeter.overlap(own, others)), spans: own.count)
    }
}
