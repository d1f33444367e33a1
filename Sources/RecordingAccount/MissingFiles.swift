import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import StreamMatching

/// Tells packets that no file at hand covers from packets that the network lost.
///
/// Probes rotate their files. Where the file that a stream was in ends, and the next that it is in begins some time later, whatever was sent in between
/// is in a file that is not here: a gap that begins and ends with such a hole gets cause `file-missing`. Files that cover the time without having
/// anything of the stream, such as one of signalling or of another probe, say nothing against it; one that has it at other times does.
struct MissingFiles {
    /// Shorter holes are the moment between two packets, seconds.
    private static let shortest = 0.5
    /// Seconds by which a gap may be longer than its hole: the last packet of one file and the first of the next are seldom of this stream.
    private static let slack = 0.1

    private struct Flow {
        let from: CaptureTime
        let until: CaptureTime
        let first: Int
        let last: Int
    }

    /// What is known of a stream's flows, and the captures that have packets of it.
    private struct Supply {
        var flows: [Flow] = []
        var captures: Set<Int> = []
    }

    private let captures: [(from: CaptureTime, until: CaptureTime)?]
    /// Indices of captures by their first packets.
    private let inOrder: [Int]
    private var streams: [String: Supply] = [:]

    init(survey: Survey, planned: PlannedRecording, results: [String: [FlowResult]]) {
        captures = survey.captures.map { capture in capture.first.flatMap { first in capture.last.map { (first, max(first, $0)) } } }
        inOrder = captures.indices.filter { [captures] in captures[$0] != nil }.sorted { [captures] in
            (captures[$0]?.from ?? .distantPast, $0) < (captures[$1]?.from ?? .distantPast, $1)
        }
        guard captures.count > 1 else { return }
        for stream in planned.streams {
            var supply = Supply()
            for result in results[stream.id] ?? [] {
                let row = survey.flows.rows[result.flow]
                supply.flows.append(Flow(from: row.firstArrival, until: row.lastArrival, first: Int(row.firstOrigin.capture), last: Int(row.lastCapture)))
                supply.captures.formUnion(result.supplies.map { Int($0.capture) })
            }
            streams[stream.id] = supply
        }
    }

    func explain(_ gaps: inout [String: [PlayoutGap]]) {
        for (id, supply) in streams where supply.captures.count > 1 {
            gaps[id] = gaps[id]?.map { gap in
                isInHole(gap, supply) ? gap.with(cause: .fileMissing, because: "no capture file with this stream covers this time") : gap
            }
        }
    }

    private func isInHole(_ gap: PlayoutGap, _ supply: Supply) -> Bool {
        guard gap.cause == .networkLoss || gap.cause == .unknown, gap.duration > 0 else { return false }
        let end = gap.start.advanced(bySeconds: gap.duration)
        guard let (before, after) = edges(of: gap, until: end, supply), before != after, captures.indices.contains(before), captures.indices.contains(after),
            let from = captures[before]?.until, let until = captures[after]?.from, until.seconds(since: from) >= Self.shortest,
            from.seconds(since: gap.start) <= Self.slack, end.seconds(since: until) <= Self.slack, gap.start < until, end > from
        else { return false }
        let isElsewhere = supply.captures.allSatisfy { other in
            guard captures.indices.contains(other), let span = captures[other] else { return true }
            return span.until <= from.advanced(bySeconds: Self.slack) || span.from >= until.advanced(bySeconds: -Self.slack)
        }
        return isElsewhere && !isFilled(from, until)
    }

    /// Whether files that begin and end in the hole leave none of it: they are those of the rotation, and the stream is not in them.
    private func isFilled(_ from: CaptureTime, _ until: CaptureTime) -> Bool {
        var at = from
        for index in inOrder {
            guard let span = captures[index], span.from >= from, span.until <= until else { continue }
            if span.from.seconds(since: at) >= Self.shortest { return false }
            at = max(at, span.until)
        }
        return at > from && until.seconds(since: at) < Self.shortest
    }

    /// The captures of the last packet before a gap and of the first one behind it.
    private func edges(of gap: PlayoutGap, until end: CaptureTime, _ supply: Supply) -> (before: Int, after: Int)? {
        if gap.first.frame > 0, gap.last.frame > 0 { return (Int(gap.first.capture), Int(gap.last.capture)) }
        let before = supply.flows.filter { $0.until <= gap.start.advanced(bySeconds: Self.slack) }.max { $0.until < $1.until }
        let after = supply.flows.filter { $0.from >= end.advanced(bySeconds: -Self.slack) }.min { $0.from < $1.from }
        guard let before, let after else { return nil }
        return (before.last, after.first)
    }
}
