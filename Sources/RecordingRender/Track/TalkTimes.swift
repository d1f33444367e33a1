import MediaPlayout
import RecordingRecords

/// Who had sound when, over all tracks of a recording.
package struct TalkTimes: Sendable {
    /// Spans of each participant in units of 20 ms, by id.
    package private(set) var spans: [String: [(from: Int64, until: Int64)]] = [:]

    mutating func add(_ more: [(from: Int64, until: Int64)], of participant: String) {
        guard !more.isEmpty else { return }
        spans[participant] = TalkMeter.union(spans[participant] ?? [], more)
    }

    /// Seconds from the recording's start, by id of the participant.
    package var seconds: [String: [(from: Double, until: Double)]] { spans.mapValues { $0.map { (Double($0.from) / 50, Double($0.until) / 50) } } }
}
