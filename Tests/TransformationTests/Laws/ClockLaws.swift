import TestSupport
import Testing

/// A stall of one sender, and a clock of the capture that steps.
@Suite(.serialized) struct ClockLaws {
    struct Stall: Sendable, CustomTestStringConvertible {
        let seconds: Double
        let rate: Double
        var testDescription: String { "\(seconds) s, then \(rate) times as fast" }
    }

    /// Corners of what networks do, and some in between by the seed.
    private static let stalls: [Stall] = {
        var random = SeededRandom(seed: Setting.firstSeed)
        let corners = [(0.5, 1.05), (0.5, 10), (2, 1.5), (3, 1.1), (6, 1.5), (12, 2), (30, 1.5), (30, 10)].map { Stall(seconds: $0.0, rate: $0.1) }
        let count = Setting.isUsual ? 4 : 20 * Int(Setting.seeds)
        return corners
            + (0..<count).map { _ in
                let seconds = (Double.random(in: 0.5...30, using: &random) * 100).rounded() / 100
                // Time to catch up is seconds / (rate - 1).
                let least = max(1.05, 1 + seconds / 80)
                return Stall(seconds: seconds, rate: (Double.random(in: least...10, using: &random) * 100).rounded() / 100)
            }
    }()

    private static let undisturbed = Task {
        let capture = try LongCall.capture(seconds: 120)
        return try await Outcome([capture], origin: capture.start)
    }

    @Test("a stall of any length that drains at any rate moves nothing", arguments: stalls)
    func stalled(stall: Stall) async throws {
        let capture = try LongCall.capture(seconds: 120)
        let flow = capture.flows()[0].frames
        let stalled = try #require(capture.stalled(flow, from: 300, seconds: stall.seconds, rate: stall.rate))
        let trial = Trial(sample: Sample(name: "\(stall.seconds)/\(stall.rate)", path: ""), seed: Setting.firstSeed)
        let law = Law(name: "long stall", comparison: Comparison(ignoring: ["findings"], tolerance: 0.0001))
        let old = try await Self.undisturbed.value
        let new = try await Outcome([stalled], origin: capture.start)
        try await law.holds(trial) { law.expect(trial, law.comparison.differences(old, new)) }
    }

    private static let steps: [Double] = Setting.isUsual ? [-0.5, 2.5, -40, 3600] : [0.5, -0.5, 2.5, -3, 40, -40, 3600, -3600]

    /// Sound is placed by its timestamps, but when the others went on is known to one packet.
    @Test("the clock of the capture steps", arguments: Trial.of("01-", "50-"), steps)
    func stepped(trial: Trial, seconds: Double) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let index = Int.random(in: (capture.frames.count / 3)..<(capture.frames.count * 2 / 3), using: &random)
        let law = Law(name: "clock step of \(seconds) s", comparison: Comparison(ignoring: ["findings"], tolerance: 0.025))
        try await law.check(trial, capture, [capture.stepped(at: index, by: Int64(seconds * 1e9))])
    }
}
