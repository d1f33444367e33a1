import Foundation
import SRTPDecryption
import SRTPTestSupport
import Siprecap
import TestSupport
import Testing

/// Media under SRTP, when the key is at hand.
@Suite(.serialized) struct ProtectionLaws {
    private static let suites: [(SRTPSuite, String)] = [
        (.AES_CM_128_HMAC_SHA1_80, "AES_CM_128_HMAC_SHA1_80"), (.AES_CM_128_HMAC_SHA1_32, "AES_CM_128_HMAC_SHA1_32"),
        (.AES_256_CM_HMAC_SHA1_80, "AES_256_CM_HMAC_SHA1_80"), (.AEAD_AES_128_GCM, "AEAD_AES_128_GCM"), (.AEAD_AES_256_GCM, "AEAD_AES_256_GCM"),
    ]

    /// Signalling over TCP or in fragments cannot take longer messages; a sequence that begins anew would need another key.
    private static func isSuitable(_ capture: Capture) -> Bool {
        capture.hasOnlyUDP && !capture.hasFragments && capture.isWhole && !capture.contains("RTP/SAVP")
    }

    @Test("SRTP with the key in the session description", arguments: Trial.of("01-", "11-", "12-", "13-", "14-", "15-", "23-", "24-", "faults/F09"))
    func signalled(trial: Trial) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        guard Self.isSuitable(capture) else { return }
        let (suite, name) = Self.suites[Int.random(in: 0..<Self.suites.count, using: &random)]
        let changed = try capture.protected(suite, seed: trial.seed).signallingKey(suite, name: name, seed: trial.seed)
        try await Law(name: "SRTP, key in SDP").check(trial, capture, [changed])
    }

    @Test("SRTP with the key in a file", arguments: Trial.of("01-", "11-", "13-", "14-", "24-", "faults/F09"), [true, false])
    func keyFile(trial: Trial, namesSources: Bool) async throws {
        var random = trial.random
        let capture = try trial.sample.load()
        guard Self.isSuitable(capture) else { return }
        let (suite, name) = Self.suites[Int.random(in: 0..<Self.suites.count, using: &random)]
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("siprecap-laws-\(UUID().uuidString).yaml")
        let entry = "  - suite: \(name)\n    key: \"\(Data(keyAndSalt(suite, seed: trial.seed)).base64EncodedString())\"\n"
        let sources = Set(capture.flows().map(\.flow.ssrc)).sorted()
        let entries = namesSources ? sources.map { "\(entry)    ssrc: \"\($0)\"\n" } : [entry]
        try Data(("keys:\n" + entries.joined()).utf8).write(to: file)
        defer { if Setting.dump == nil { try? FileManager.default.removeItem(at: file) } }
        var options = Options()
        options.keys.srtpKeyFiles = [file.path]
        let law = Law(name: namesSources ? "SRTP, key file of sources" : "SRTP, key file of all")
        try await law.check(trial, capture, [try capture.protected(suite, seed: trial.seed)], options: options)
    }
}
