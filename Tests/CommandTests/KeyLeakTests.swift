import Foundation
import TestSupport
import Testing

/// No key that a capture, a key file, a key log or a secrets block holds is in anything that a command says or writes.
@Suite struct KeyLeakTests {
    private static let secured = ["08-sdes-32-aes256-mki", "18-seq-and-ts-wrap", "50-plain-call-sdes-opus"]
    private static let handshakes = ["dtls12-sha80", "dtls12-gcm256", "dtls12-rsa"]

    /// The ways in which a key could be written, as octets to look for. Parts count: a salt or a master key alone is a secret too.
    private func forms(of secret: [UInt8]) -> [Data] {
        let hex = secret.map { String(format: "%02x", $0) }
        let texts = [hex.joined(), hex.joined().uppercased(), hex.joined(separator: ":"), hex.joined(separator: ":").uppercased(), hex.joined(separator: " ")]
        // Without the end, where base64 of a longer text would go on otherwise.
        let base64 = String(Data(secret).base64EncodedString().prefix(secret.count / 3 * 4))
        return texts.map { Data($0.utf8) } + [
            Data(base64.utf8), Data(base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").utf8), Data(secret),
        ]
    }

    private func expectNone(of secrets: [[UInt8]], in runs: [CommandRun], _ folders: [String], _ what: String) throws {
        #expect(!secrets.isEmpty && secrets.allSatisfy { $0.count >= 12 })
        var places: [(String, Data)] = []
        for (number, run) in runs.enumerated() {
            #expect(run.status < 2, "\(what): \(run.errors.prefix(300))")
            places += [("stdout \(number)", Data(run.output.utf8)), ("stderr \(number)", Data(run.errors.utf8))]
        }
        for folder in folders {
            for name in Tree.files(folder) { places.append((name, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))) }
        }
        #expect(folders.isEmpty || places.count > 2 * runs.count)
        for secret in secrets {
            for form in forms(of: secret) { for (name, octets) in places where octets.range(of: form) != nil { Issue.record("\(what): a key is in \(name)") } }
        }
    }

    /// Key and salt of an inline parameter: together, and each alone.
    private func parts(_ text: Substring) throws -> [[UInt8]] {
        let octets = [UInt8](try #require(Data(base64Encoded: String(text))))
        let salt = [28, 44].contains(octets.count) ? 12 : 14
        return [octets, [UInt8](octets.dropLast(salt)), [UInt8](octets.suffix(salt))]
    }

    private func inlineKeys(_ octets: Data) throws -> [[UInt8]] {
        var found: Set<Substring> = []
        let text = String(decoding: octets, as: UTF8.self)
        for piece in text.components(separatedBy: "inline:").dropFirst() { found.insert(piece.prefix { $0.isLetter || $0.isNumber || "+/=".contains($0) }) }
        return try found.flatMap(parts)
    }

    private func runAll(_ inputs: [String], _ options: [String], _ scratch: Scratch) throws -> [CommandRun] {
        var runs: [CommandRun] = []
        runs.append(try CommandRun(["reconstruct"] + inputs + options + ["-o", scratch.path("out")]))
        for command in [["inspect"], ["inspect", "--json"], ["check"]] { runs.append(try CommandRun(command + inputs + options)) }
        return runs
    }

    @Test("keys of session descriptions", arguments: secured)
    func descriptions(sample: String) throws {
        let scratch = try Scratch()
        let inputs = Checkout.capture(of: sample)
        let secrets = try inputs.flatMap { try inlineKeys(Data(contentsOf: URL(fileURLWithPath: $0))) }
        try expectNone(of: secrets, in: try runAll(inputs, [], scratch), [scratch.path("out")], sample)
    }

    @Test("keys of a key file, good ones and such as do not fit")
    func keyFile() throws {
        let scratch = try Scratch()
        let fixtures = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures")
        let capture = fixtures.appendingPathComponent("mid-call-srtp.pcap").path
        let text = try Tree.text(fixtures.appendingPathComponent("mid-call-srtp.keys.yaml").path)
        let secrets = try text.components(separatedBy: "key: \"").dropFirst().flatMap { try parts($0.prefix { $0 != "\"" }) }
        for (number, suite) in ["AES_CM_128_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM", "NO_SUCH_SUITE"].enumerated() {
            let file = scratch.path("\(number).yaml")
            try Data(text.replacingOccurrences(of: "AES_CM_128_HMAC_SHA1_80", with: suite).utf8).write(to: URL(fileURLWithPath: file))
            let out = scratch.path("out\(number)")
            var runs = [try CommandRun(["reconstruct", capture, "--keys", file, "-o", out]), try CommandRun(["inspect", "--json", capture, "--keys", file])]
            for json in [[], ["--json"]] { runs.append(try CommandRun(["keys", "check"] + json + [file, capture])) }
            try expectNone(of: secrets, in: runs, [out], suite)
        }
        // Broken in the middle of a key: what can not be read is not quoted either.
        try Data(text.replacingOccurrences(of: "\"\n", with: "\n", options: [], range: text.range(of: "\"\n")).utf8).write(
            to: scratch.url.appendingPathComponent("bad.yaml"))
        let bad = try CommandRun(["keys", "check", scratch.path("bad.yaml"), capture])
        try expectNone(of: secrets, in: [bad], [], "broken file")
    }

    @Test("secrets of a key log and of a secrets block", arguments: handshakes)
    func handshake(name: String) throws {
        let scratch = try Scratch()
        let text = try Tree.text(Checkout.root.appendingPathComponent("Tests/TLSDecryptionTests/Fixtures/\(name).txt").path)
        var log = ""
        var secrets: [[UInt8]] = []
        var script = CaptureScript()
        let (client, server) = (Socket(0xC000_0201, 4000), Socket(0xC000_0202, 6000))
        for (number, line) in text.split(separator: "\n").enumerated() {
            let words = line.split(separator: " ", maxSplits: 1)
            switch words[0] {
            case "key":
                log += words[1] + "\n"
                secrets.append(octets(try #require(words[1].split(separator: " ").last)))
            case "export":
                // Client key, server key, client salt, server salt (RFC 5764 section 4.2).
                let all = octets(words[1])
                let key = all.count == 88 ? 32 : 16
                secrets += [all, Array(all[..<key]), Array(all[key..<2 * key]), Array(all[(2 * key)...])]
            case ">": script.datagram(number * 1000, from: client, to: server, octets(words[1]))
            case "<": script.datagram(number * 1000, from: server, to: client, octets(words[1]))
            default: continue
            }
        }
        var random = SeededRandom(seed: 8)
        for number in 0..<40 {
            let head: [UInt8] = [0x80, 0] + CaptureScript.be16(number) + CaptureScript.be32(UInt32(number * 160)) + CaptureScript.be32(7)
            script.datagram(1_000_000 + number * 20_000, from: client, to: server, head + random.bytes(170))
        }
        try Data(script.pcap()).write(to: scratch.url.appendingPathComponent("a.pcap"))
        try Data(log.utf8).write(to: scratch.url.appendingPathComponent("keys.log"))
        try Data(pcapng(script, log)).write(to: scratch.url.appendingPathComponent("a.pcapng"))
        let runs = try runAll([scratch.path("a.pcap")], ["--tls-keylog", scratch.path("keys.log")], scratch)
        // These packets are chance, so the exported keys open none of them: a wrong key, and no noise.
        #expect(runs[0].errors.contains("SRT001"))
        #expect(!Tree.files(scratch.path("out")).contains { $0.hasSuffix(".wav") })
        try expectNone(of: secrets, in: runs, [scratch.path("out")], name)
        let second = try Scratch()
        let block = try runAll([scratch.path("a.pcapng")], [], second)
        #expect(block[0].errors.contains("SRT001"))
        try expectNone(of: secrets, in: block, [second.path("out")], name + " in a secrets block")
    }

    private func octets(_ hex: Substring) -> [UInt8] {
        stride(from: 0, to: hex.count - 1, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    /// Section header, interface, decryption secrets (type `TLSK`), then the frames.
    private func pcapng(_ script: CaptureScript, _ log: String) -> [UInt8] {
        func le32(_ value: Int) -> [UInt8] { CaptureScript.le32(value) }
        func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
            let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
            return le32(type) + le32(padded.count + 12) + padded + le32(padded.count + 12)
        }
        var out = block(0x0A0D_0D0A, le32(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 255, count: 8))
        out += block(1, [1, 0, 0, 0] + le32(0)) + block(10, le32(0x544C_534B) + le32(log.utf8.count) + Array(log.utf8))
        for frame in script.frames {
            let time = CaptureScript.epoch * 1_000_000 + frame.microseconds
            out += block(6, le32(0) + le32(time >> 32) + le32(time & 0xFFFF_FFFF) + le32(frame.octets.count) + le32(frame.original) + frame.octets)
        }
        return out
    }
}
