import MediaPlayout

/// The law of conservation, proved from what was written: every packet has one fate, every frame of every file is sound or lies in a gap, nothing
/// lies outside, and whether a recording is complete follows from that.
package struct AccountingLaw: Sendable {
    /// Spans of audio in no gap that are no violation: the grain of packets, seconds.
    private static let grain = 0.0215
    /// The rule that a capture breaks which begins or ends within the recording: what is missing is in no packet.
    private static let edge = "MAT014"
    /// Rounding of times, seconds.
    private static let rounding = 0.002

    /// What was found wrong, in words.
    package private(set) var violations: [String] = []
    package private(set) var packets = 0
    package private(set) var copies = 0
    package private(set) var flows = 0
    package private(set) var files = 0
    package private(set) var fates = FateRecord()

    /// `frames`: of an audio file as its own header has them, by path; nil where that cannot be read.
    package init(_ record: RecordingRecord, frames: (String) -> Int64?) {
        for stream in record.streams {
            for flow in stream.flows { add(flow, stream.id) }
            check(stream, record)
        }
        for file in record.files where file.frames != nil { check(file, record, frames(file.path)) }
        if record.complete, !record.missesNothing {
            violations.append("complete is true, but packets or audio are missing")
        }
        let isEmpty = !record.files.contains { $0.sampleRate != nil } || record.streams.contains { $0.flows.isEmpty || $0.media != "audio" }
        if !record.complete, record.missesNothing, !isEmpty, !record.findings.contains(where: { $0.severity != "info" || $0.rule == Self.edge }) {
            violations.append("complete is false, but every packet was heard or is excused, no gap is a loss, and no finding objects")
        }
    }

    // MARK: packets

    private mutating func add(_ flow: FlowRecord, _ stream: String) {
        flows += 1
        packets += flow.packets
        copies += flow.copies ?? 0
        let name = "stream \(stream), SSRC \(flow.ssrc)"
        guard let told = flow.fates else {
            violations.append("\(name): no fates; an earlier version wrote this recording")
            return
        }
        fates += told
        if PacketFate.allCases.contains(where: { told[$0] < 0 }) { violations.append("\(name): a fate has fewer than 0 packets") }
        if told.total != flow.packets { violations.append("\(name): fates add up to \(told.total) packets, not \(flow.packets)") }
        for fate in PacketFate.allCases where fate != .heard {
            let listed = (flow.unheard ?? []).reduce(0) { $1.fate == fate.word ? $0 &+ $1.packets : $0 }
            if listed != told[fate] { violations.append("\(name): \(told[fate]) packets are \(fate.word), but \(listed) are listed") }
        }
        if let sound = flow.sound, sound.contains(where: { $0.duration.value > Self.rounding }), told.heard == 0, flow.recovered == nil {
            violations.append("\(name): has sound, but no packet was heard")
        }
    }

    // MARK: time

    private mutating func check(_ stream: StreamRecord, _ record: RecordingRecord) {
        let isAlone = record.files.count { $0.role == .participant && $0.streams.contains(stream.id) && $0.frames != nil } <= 1
        var reach = -Double.infinity
        for gap in stream.gaps.sorted(by: { $0.offset < $1.offset }) {
            let (from, until) = (gap.offset.value, gap.offset.value + gap.duration.value)
            if from < -Self.rounding || until > record.duration.value + Self.rounding || gap.duration.value <= 0 {
                violations.append("stream \(stream.id): the gap at \(from) s for \(gap.duration.value) s lies outside of the recording")
            }
            if isAlone, from < reach - Self.rounding { violations.append("stream \(stream.id): the gap at \(from) s overlaps the one before it") }
            reach = max(reach, until)
        }
    }

    private mutating func check(_ file: FileRecord, _ record: RecordingRecord, _ frames: Int64?) {
        guard let told = file.frames, let rate = file.sampleRate, rate > 0 else { return }
        files += 1
        if let frames, frames != told { violations.append("\(file.path): has \(frames) frames, not \(told)") }
        let from = file.offset?.value ?? 0
        let until = from + Double(told) / Double(rate)
        if from < 0 || until > record.duration.value + Self.rounding + 1 / Double(rate) {
            violations.append("\(file.path): lasts from \(from) s to \(until) s, outside of the recording")
        }
        guard file.role == .participant else { return }
        // What is bounded may end before the time that its packets claim.
        if record.fates.limit == 0, record.provenance.options["timeline"] != .text("trimmed"), until < record.duration.value - Self.rounding {
            violations.append("\(file.path): ends at \(until) s, before the recording does")
        }
        var spans: [(from: Double, until: Double)] = []
        for stream in record.streams where file.streams.contains(stream.id) {
            spans += stream.gaps.map { ($0.offset.value, $0.offset.value + $0.duration.value) }
            spans += stream.flows.flatMap { $0.sound ?? [] }.map { ($0.offset.value, $0.end) }
        }
        var at = from
        for span in spans.sorted(by: { $0.from < $1.from }) + [(until, until)] {
            let next = min(span.from, until)
            if next - at > Self.grain { violations.append("\(file.path): from \(at) s to \(next) s is neither audio nor a gap") }
            at = max(at, span.until)
        }
    }

    // MARK: the run

    /// What `run.json` says of all recordings together. `laws` by folder.
    package static func violations(of run: RunRecord, _ records: [String: (record: RecordingRecord, law: AccountingLaw)]) -> [String] {
        var out: [String] = []
        guard let all = run.totals.fates, let packets = run.totals.rtpPackets, let copies = run.totals.copies else {
            return ["no fates; an earlier version wrote this folder"]
        }
        var sum = FateRecord()
        var copied = 0
        for entry in run.recordings {
            guard let (record, law) = records[entry.folder] else { continue }
            if entry.packets != law.packets || entry.copies != law.copies || entry.fates != law.fates {
                out.append("\(entry.folder): packets, copies or fates are not those of its recording.json")
            }
            if entry.complete != record.complete { out.append("\(entry.folder): complete is not that of its recording.json") }
            sum += law.fates
            copied &+= law.copies
        }
        for part in run.unrecorded ?? [] {
            guard let fate = PacketFate(word: part.fate), part.packets >= 0 else {
                out.append("unrecorded: \(part.reason) is no fate of packets")
                continue
            }
            sum[fate] &+= part.packets
        }
        if sum != all { out.append("the fates of all recordings and of what is in none add up to \(sum.total) packets, not \(all.total)") }
        if copied != copies { out.append("the copies of all recordings add up to \(copied), not \(copies)") }
        if all.total &+ copies != packets { out.append("fates and copies add up to \(all.total &+ copies) packets, but \(packets) were captured") }
        let missed = RunRecord.missed(of: run.unrecorded ?? [])
        if run.exitStatus == 0, missed > RunRecord.Unrecorded.handful {
            out.append("the exit status is 0, but \(missed) packets are in no recording, and nothing excuses them")
        }
        if run.exitStatus == 0, run.recordings.contains(where: { !$0.complete }) { out.append("the exit status is 0, but a recording is incomplete") }
        return out
    }
}
