import TestSupport
import Testing

/// How packets lie in files says nothing about the calls.
@Suite(.serialized) struct FileLaws {
    @Test("cut into files anywhere", arguments: Trial.of("01-", "05-", "06-", "11-", "14-", "50-", "faults/F05"))
    func cut(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let count = Int.random(in: 2...7, using: &random)
        try await Law(name: "cut").check(trial, capture, capture.cut(into: count, &random))
    }

    @Test("interleaved in files given in any order", arguments: Trial.of("01-", "05-", "06-", "12-", "14-", "16-", "50-", "impaired"))
    func dealt(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let count = Int.random(in: 2...4, using: &random)
        try await Law(name: "dealt").check(trial, capture, capture.dealt(into: count, &random))
    }

    @Test("every packet twice", arguments: Trial.of("01-", "05-", "06-", "08-", "11-", "16-", "18-", "50-", "impaired"))
    func doubled(trial: Trial) async throws {
        let capture = try trial.sample.load()
        try await Law(name: "doubled").check(trial, capture, [capture.doubled()])
    }

    @Test("every packet again from a second mirror port", arguments: Trial.of("01-", "05-", "06-", "08-", "11-", "16-", "18-", "50-", "faults/F05"))
    func mirrored(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        try await Law(name: "mirrored", comparison: Comparison(ignoring: ["findings"], tolerance: 0.001)).check(trial, capture, [capture.mirrored(&random)])
    }

    @Test("a second file shows every packet again", arguments: Trial.of("01-", "05-", "06-", "08-", "11-", "16-", "18-", "50-", "faults/F05"))
    func twoFiles(trial: Trial) async throws {
        let capture = try trial.sample.load()
        try await Law(name: "two files").check(trial, capture, [capture, capture])
    }

    /// Nothing but the packets tells then which are encrypted, and what the others are.
    @Test("every packet twice, without signalling", arguments: Trial.of("01-", "04-", "08-", "18-", "50-"))
    func doubledWithoutSignalling(trial: Trial) async throws {
        let capture = try trial.sample.load().withoutSignalling()
        guard !capture.frames.isEmpty else { return }
        // Half as many early packets tell the start.
        let law = Law(name: "doubled, unsignalled", comparison: Comparison(ignoring: ["findings"], comparesSamples: false, tolerance: 0.005))
        try await law.check(trial, capture, [capture.doubled()])
    }
}
