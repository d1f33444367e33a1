import MediaPlayout
import RecordingRecords
import RecordingRender

extension TalkTimes {
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
