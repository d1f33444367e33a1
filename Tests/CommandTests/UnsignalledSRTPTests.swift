import Foundation
import Testing

/// The samples without their signalling: what was encrypted is no noise, what was clear is heard.
@Suite struct UnsignalledSRTPTests {
    private static let encrypted = ["08-sdes-32-aes256-mki", "18-seq-and-ts-wrap", "50-plain-call-sdes-opus"]
    /// Messages of these samples go over UDP and TCP port 5060 and 5062 to 5090.
    private static let onlyMedia = "udp and not portrange 5060-5099"

    private func streams(_ folder: String) throws -> [[String: Any]] { try Tree.recordings(folder).flatMap { $0["streams"] as? [[String: Any]] ?? [] } }

    @Test("SRTP whose signalling is missing is silence of cause no-key, and said so", arguments: encrypted)
    func stripped(sample: String) throws {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct"] + Checkout.capture(of: sample) + ["--filter", Self.onlyMedia, "-o", scratch.path("a")])
        #expect(run.status == 1)
        #expect(run.errors.contains("SRT021"))
        let all = try streams(scratch.path("a"))
        let suspected = all.filter { ($0["security"] as? [String: Any])?["suspected"] != nil }
        #expect(suspected.count == ["08-sdes-32-aes256-mki": 3, "18-seq-and-ts-wrap": 1, "50-plain-call-sdes-opus": 2][sample])
        for stream in suspected {
            #expect(Set((stream["gaps"] as? [[String: Any]] ?? []).compactMap { $0["cause"] as? String }) == ["no-key"])
            #expect((stream["files"] as? [String]) == [])
        }
        let clear = all.count - suspected.count
        #expect(Tree.files(scratch.path("a")).filter { $0.hasSuffix(".wav") }.count == clear)
    }

    @Test("clear media without signalling is no ciphertext: speech, Opus, keys, comfort noise, hold")
    func clear() throws {
        for sample in Checkout.sampleNames where !Self.encrypted.contains(sample) {
            let scratch = try Scratch()
            let run = try CommandRun(["reconstruct"] + Checkout.capture(of: sample) + ["--filter", Self.onlyMedia, "-o", scratch.path("a")])
            #expect(!run.errors.contains("SRT021"), "\(sample)")
            let all = try streams(scratch.path("a"))
            #expect(!all.isEmpty && all.allSatisfy { $0["security"] == nil }, "\(sample)")
            #expect(!Tree.files(scratch.path("a")).filter { $0.hasSuffix(".wav") }.isEmpty, "\(sample)")
        }
    }

    @Test("with the keys of its signalling in a key file it is heard, SRTCP included", arguments: encrypted)
    func keyed(sample: String) throws {
        let scratch = try Scratch()
        var lines: [Substring] = []
        for path in Checkout.capture(of: sample) {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            lines += text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("a=crypto:") }
        }
        #expect(!lines.isEmpty)
        try Data(lines.joined(separator: "\n").utf8).write(to: scratch.url.appendingPathComponent("keys.txt"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("keys.txt"))
        let run = try CommandRun(
            ["reconstruct"] + Checkout.capture(of: sample) + ["--filter", Self.onlyMedia, "--keys", scratch.path("keys.txt"), "-o", scratch.path("a")])
        #expect(!run.errors.contains("SRT021"))
        let secured = try streams(scratch.path("a")).filter { $0["security"] != nil }
        #expect(!secured.isEmpty)
        for stream in secured {
            let security = try #require(stream["security"] as? [String: Any])
            #expect((security["authenticated"] as? Int ?? 0) > 300 && security["failed"] as? Int == 0)
            let flows = stream["flows"] as? [[String: Any]] ?? []
            let controls = flows.compactMap { $0["control"] as? [String: Any] }
            #expect(!controls.isEmpty)
            for control in controls { #expect(control["authenticated"] as? Int == control["tried"] as? Int && control["cname"] != nil) }
        }
    }
}
