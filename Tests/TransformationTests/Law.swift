import Siprecap
import Testing

/// A statement about all captures: what a transformation leaves as it was.
struct Law {
    let name: String
    var comparison = Comparison.strict

    /// Compares what becomes of `after` with what becomes of `before`.
    func check(
        _ trial: Trial, _ before: Capture, _ after: [Capture], shift: Int64 = 0, options: Options = Options(), changed: (Outcome) -> Outcome = { $0 }
    ) async throws {
        let old = changed(try await Outcome([before], origin: before.start))
        let new = try await Outcome(after, origin: before.start + shift, options: options)
        try await holds(trial) { expect(trial, comparison.differences(old, new)) }
    }

    func expect(_ trial: Trial, _ differences: [String]) {
        if !differences.isEmpty {
            Issue.record("\(name) of \(trial.testDescription):\n  \(differences.prefix(Setting.lines).joined(separator: "\n  "))")
        }
    }

    /// Runs `body`, whose issues are expected if the violation is a known one.
    func holds(_ trial: Trial, _ body: () async throws -> Void) async throws {
        guard let reason = KnownViolations.reason(law: name, sample: trial.sample.name) else { return try await body() }
        await withKnownIssue(Comment(rawValue: reason), isIntermittent: !Setting.isUsual) { try await body() }
    }
}
