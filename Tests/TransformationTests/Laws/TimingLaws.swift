import TestSupport
import Testing

/// When packets come.
@Suite(.serialized) struct TimingLaws {
    @Test("frames lie in the file out of order by up to 200 ms", arguments: Trial.of("01-", "05-", "06-", "12-", "16-", "50-", "faults/F05"))
    func disordered(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        try await Law(name: "disordered").check(trial, capture, [capture.disordered(within: 200 * Capture.millisecond, &random)])
    }

    /// To the seventies, before 2000, beyond 2038, and near the end of what a pcap file can say.
    private static let years: [Int64] = [-52, -27, 13, 60, 79]

    @Test("the same years earlier and later", arguments: Trial.of("01-", "14-", "23-"), years)
    func shifted(trial: Trial, years: Int64) async throws {
        let capture = try trial.sample.load()
        let shift = years * 365 * 86_400 * Capture.second
        guard capture.start + shift > 0 else { return }
        try await Law(name: "shifted by \(years) years").check(trial, capture, [capture.shifted(by: shift)], shift: shift)
    }

    @Test("a stall moves nothing", arguments: Trial.of("01-", "05-", "11-", "12-", "15-", "16-", "50-"))
    func stalled(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let law = Law(name: "stalled", comparison: Comparison(ignoring: ["findings"], tolerance: 0.0001))
        let old = try await Outcome([capture], origin: capture.start)
        var lines: [String] = []
        for (_, frames) in capture.flows() where frames.count > 100 {
            var stalled: Capture?
            var text = ""
            for _ in 0..<50 where stalled == nil {
                let seconds = Double.random(in: 0.5...5, using: &random)
                let rate = Double.random(in: 1.05...10, using: &random)
                let from = Int.random(in: 20..<(frames.count - 10), using: &random)
                stalled = capture.stalled(frames, from: from, seconds: seconds, rate: rate)
                text = "packet \(from) held for \(seconds) s, then \(rate) times as fast"
            }
            guard let stalled else { continue }
            lines += law.comparison.differences(old, try await Outcome([stalled], origin: capture.start)).map { "\(text): \($0)" }
        }
        let found = lines
        try await law.holds(trial) { law.expect(trial, found) }
    }
}
