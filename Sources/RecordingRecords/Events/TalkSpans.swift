/// When each participant's audio is there: from the packets and their headers, not from loudness.
struct TalkSpans {
    /// Id of the participant.
    let participant: String
    /// From and until, seconds from the recording's start; sorted, apart from each other.
    let spans: [(from: Double, until: Double)]

    /// Of every participant with audio of their own, by id. Of a mixed stream the spans in which the mixer lists them as contributors and says
    /// that they speak; where it does not, a mix tells of nobody and is left out.
    ///
    /// Spans run over the whole recording but its gaps: those are of every cause, silence suppression as well as loss.
    static func of(_ record: RecordingRecord) -> [TalkSpans] {
        let end = record.duration.value
        return record.participants.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }.compactMap { participant in
            var spans: [(from: Double, until: Double)] = []
            for stream in record.streams where stream.media == "audio" && stream.participants == [participant.id] && !stream.flows.isEmpty {
                var at = 0.0
                for gap in stream.gaps.sorted(by: { $0.offset < $1.offset }) {
                    let from = min(max(0, gap.offset.value), end)
                    if from > at { spans.append((at, from)) }
                    at = max(at, min(end, from + gap.duration.value))
                }
                if at < end { spans.append((at, end)) }
            }
            for flow in record.streams.filter({ $0.media == "audio" && $0.participants.count > 1 }).flatMap(\.flows) {
                for source in flow.contributors ?? [] where source.participants == [participant.id] && source.basis != "client-level" {
                    for talk in source.talk {
                        let (from, until) = (max(0, talk.offset.value), min(end, talk.offset.value + talk.duration.value))
                        if from < until { spans.append((from, until)) }
                    }
                }
            }
            if spans.isEmpty { return nil }
            return TalkSpans(participant: participant.id, spans: merged(spans))
        }
    }

    private static func merged(_ spans: [(from: Double, until: Double)]) -> [(from: Double, until: Double)] {
        var out: [(from: Double, until: Double)] = []
        for span in spans.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
            if let last = out.last, span.from <= last.until { out[out.count - 1].until = max(last.until, span.until) } else { out.append(span) }
        }
        return out
    }
}
