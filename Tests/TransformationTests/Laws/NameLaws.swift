import TestSupport
import Testing

/// Numbers that mean nothing by themselves.
@Suite(.serialized) struct NameLaws {
    @Test("addresses renamed", arguments: Trial.of("01-", "05-", "06-", "08-", "12-", "14-", "16-", "23-", "24-", "50-", "faults/F01", "faults/F05"))
    func addresses(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        let renaming = AddressRenaming(capture, &random)
        try await Law(name: "addresses").check(trial, capture, [renaming.applied(to: capture)]) { $0.rewriting(renaming.applied) }
    }

    @Test("SSRCs renamed", arguments: Trial.of("01-", "05-", "06-", "12-", "14-", "16-", "23-", "24-", "faults/F01", "faults/F05"))
    func ssrcs(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        // Their packets are authenticated.
        guard !capture.contains("RTP/SAVP") else { return }
        let renaming = SSRCRenaming(capture, &random)
        try await Law(name: "SSRCs").check(trial, capture, [renaming.applied(to: capture)]) { $0.rewriting(renaming.applied) }
    }
}
