import TestSupport
import Testing

/// Packets that come later or not at all.
@Suite(.serialized) struct ArrivalLaws {
    /// What a recording says beside times.
    private static let timeless = Comparison(
        ignoring: ["findings", "start", "end", "duration", "times", "gaps", "events", "talk", "sends", "receives"], comparesSamples: false)

    @Test("one side comes 300 ms later", arguments: Trial.of("01-", "05-", "06-", "08-", "18-", "50-", "faults/F05"))
    func delayed(trial: Trial) async throws {
        let capture = try trial.sample.load()
        let law = Law(name: "delayed", comparison: Self.timeless)
        let old = try await Outcome([capture], origin: capture.start)
        var found: [String] = []
        for (flow, _) in capture.flows().prefix(2) {
            let new = try await Outcome([capture.delayed(by: 300 * Capture.millisecond) { $0 == flow }], origin: capture.start)
            var lines = law.comparison.differences(old, new)
            var moved = 0
            for (before, after) in zip(old.recordings, new.recordings) {
                for (path, track) in before.tracks.sorted(by: { $0.key < $1.key }) {
                    guard let other = after.tracks[path] else { continue }
                    let delay = track.delay(of: other)
                    if let difference = delay.difference { lines.append("\(path): \(difference)") }
                    let (least, most) = (Double(delay.least) / 1e6, Double(delay.most) / 1e6)
                    // The places of sound are whole samples.
                    let isMoved = abs(least - 300) < 0.3 && abs(most - 300) < 0.3
                    if isMoved { moved += 1 } else if abs(least) > 0.3 || abs(most) > 0.3 { lines.append("\(path): \(least) to \(most) ms later") }
                }
            }
            // A flow that cannot be opened is in no file.
            let isInAFile = old.recordings.flatMap(\.streams).allSatisfy { !$0.files.isEmpty }
            if moved != 1, isInAFile { lines.append("\(moved) files are 300 ms later") }
            found += lines.map { "\(flow.ssrc): \($0)" }
        }
        let all = found
        try await law.holds(trial) { law.expect(trial, all) }
    }

    /// Sound may lie up to 200 ms later, as nothing tells jitter from delay; what is heard, and in which order, stays.
    @Test("packets arrive late by up to 200 ms, each by its own", arguments: Trial.of("01-", "05-", "06-", "08-", "18-", "50-"))
    func jittered(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let law = Law(name: "jittered", comparison: Self.timeless)
        let old = try await Outcome([capture], origin: capture.start)
        let new = try await Outcome([capture.jittered(by: 200 * Capture.millisecond, &random)], origin: capture.start)
        var lines = law.comparison.differences(old, new)
        for (before, after) in zip(old.recordings, new.recordings) {
            for (path, track) in before.tracks.sorted(by: { $0.key < $1.key }) {
                guard let other = after.tracks[path] else { continue }
                let delay = track.delay(of: other)
                if let difference = delay.difference { lines.append("\(path): \(difference)") }
                if delay.least < -Capture.millisecond || delay.most > 200 * Capture.millisecond {
                    lines.append("\(path): \(Double(delay.least) / 1e6) to \(Double(delay.most) / 1e6) ms later")
                }
            }
            for (before, after) in zip(before.streams, after.streams) where before.gaps.count != after.gaps.count {
                lines.append("\(after.files): \(before.gaps.count) gaps became \(after.gaps.count)")
            }
        }
        try await law.holds(trial) { law.expect(trial, lines) }
    }

    /// Codecs whose every packet is decoded by itself.
    private static let stateless: Set<String> = ["PCMU", "PCMA", "L16"]

    @Test("1 % of the packets removed", arguments: Trial.of("01-", "05-", "06-", "11-", "12-", "13-", "14-", "18-", "23-", "24-", "faults/F01"))
    func thinned(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        var removed: Set<Int> = []
        for (_, frames) in capture.flows() where frames.count > 100 {
            // First and last packets say how long a flow lasts.
            removed.formUnion(frames.dropFirst(20).dropLast(20).shuffled(using: &random).prefix(max(1, frames.count / 100)))
        }
        guard !removed.isEmpty else { return }
        let names: Set<String> = ["findings", "complete", "gaps", "talk", "packets", "codecs"]
        let law = Law(name: "thinned", comparison: Comparison(ignoring: names, comparesSamples: false))
        let old = try await Outcome([capture], origin: capture.start)
        let new = try await Outcome([capture.without(removed)], origin: capture.start)
        var lines = law.comparison.differences(old, new)
        for (before, after) in zip(old.recordings, new.recordings) where before.tracks.count == after.tracks.count {
            for (path, track) in before.tracks.sorted(by: { $0.key < $1.key }) {
                guard let other = after.tracks[path] else { continue }
                let streams = after.streams.filter { $0.files.contains(path) }
                guard streams.allSatisfy({ $0.codecs.isSubset(of: Self.stateless) }), track.samples.count == other.samples.count else { continue }
                let (outside, inside) = Self.differences(track, other, gaps: streams.flatMap(\.gaps))
                if outside > 0 { lines.append("\(path): \(outside) samples outside of gaps differ") }
                if inside > 0 { lines.append("\(path): \(inside) samples within gaps are not silent") }
            }
        }
        // A packet that was a copy, or lay in a gap, leaves none.
        func missing(_ outcome: Outcome) -> (packets: Int, seconds: Double) {
            let gaps = outcome.recordings.flatMap(\.streams).flatMap(\.gaps).filter { $0.packets > 0 && !["hold", "paused"].contains($0.cause) }
            return (gaps.reduce(0) { $0 + $1.packets }, gaps.reduce(0) { $0 + $1.duration })
        }
        let found = missing(new).packets - missing(old).packets
        if found != removed.count { lines.append("\(removed.count) packets were removed, gaps say \(found)") }
        try await law.holds(trial) { law.expect(trial, lines) }
    }

    private static func differences(_ old: Outcome.Track, _ new: Outcome.Track, gaps: [Outcome.Gap]) -> (outside: Int, inside: Int) {
        let rate = Double(old.sampleRate)
        let ranges = gaps.map { Int(($0.offset * rate).rounded())...Int((($0.offset + $0.duration) * rate).rounded()) }
        var outside = 0
        var inside = 0
        for index in old.samples.indices where old.samples[index] != new.samples[index] {
            if !ranges.contains(where: { $0.contains(index / old.channels) }) {
                outside += 1
            } else if new.samples[index] != 0 {
                inside += 1
            }
        }
        return (outside, inside)
    }
}
