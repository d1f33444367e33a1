import Foundation
import Testing

/// Keys from files: a capture that starts in the middle of a call, without its signalling, with rollover counters 1 and 5.
@Suite struct KeyFileTests {
    private static let fixtures = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures")
    private let capture = fixtures.appendingPathComponent("mid-call-srtp.pcap").path

    /// A copy that only its owner may read, since a checkout may have any permissions.
    private func keys(_ scratch: Scratch, _ change: (String) -> String = { $0 }) throws -> String {
        let text = try Tree.text(Self.fixtures.appendingPathComponent("mid-call-srtp.keys.yaml").path)
        let path = scratch.path("keys.yaml")
        try Data(change(text).utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return path
    }

    private var secrets: [String] {
        get throws {
            try Tree.text(Self.fixtures.appendingPathComponent("mid-call-srtp.keys.yaml").path).components(separatedBy: "key: \"").dropFirst()
                .map { String($0.prefix(20)) }
        }
    }

    private func security(_ folder: String) throws -> [(authenticated: Int, failed: Int)] {
        try Tree.recordings(folder).flatMap { $0["streams"] as? [[String: Any]] ?? [] }.compactMap { $0["security"] as? [String: Any] }
            .map { ($0["authenticated"] as? Int ?? -1, $0["failed"] as? Int ?? -1) }
    }

    @Test(
        "keys of a file open a late capture without signalling; the rollover counter is found; no key is shown",
        arguments: ["as it is", "without selectors", "of a dialog that was not captured"])
    func lateCapture(selectors: String) throws {
        let scratch = try Scratch()
        let file = try keys(scratch) { text in
            switch selectors {
            case "without selectors": text.split(separator: "\n").filter { !$0.contains("ssrc") }.joined(separator: "\n")
            case "as it is": text
            default: text.replacingOccurrences(of: "    ssrc:", with: "    callID: \"gone@test\"\n    label: \"1\"\n    ssrc:")
            }
        }
        let run = try CommandRun(["reconstruct", capture, "--keys", file, "-o", scratch.path("a")])
        // The media goes on beyond both ends of the capture.
        #expect(run.status == 1)
        #expect(run.errors.contains("SRT009") && run.errors.contains("SRT010") && !run.errors.contains("SRT018"))
        let streams = try security(scratch.path("a"))
        #expect(streams.count == 2)
        for stream in streams { #expect(stream.authenticated > 200 && stream.failed == 0) }
        var everything = run.output + run.errors
        for name in Tree.files(scratch.path("a")) where !name.hasSuffix(".wav") { everything += try Tree.text(scratch.path("a/" + name)) }
        let hidden = try secrets
        #expect(hidden.count == 2)
        for secret in hidden { #expect(!everything.contains(secret)) }
    }

    @Test("damaged packets are lost alone: the others open")
    func damagedPackets() throws {
        let scratch = try Scratch()
        var octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: capture)))
        var position = 24
        var number = 0
        var damaged = 0
        while position + 16 <= octets.count {
            let length = Int(octets[position + 8]) | Int(octets[position + 9]) << 8 | Int(octets[position + 10]) << 16
            // Every 33rd packet, in its payload; not the first ones of each stream.
            if number > 8, number % 33 == 0 {
                octets[position + 16 + length - 30] ^= 1
                damaged += 1
            }
            position += 16 + length
            number += 1
        }
        try Data(octets).write(to: scratch.url.appendingPathComponent("damaged.pcap"))
        _ = try CommandRun(["reconstruct", scratch.path("damaged.pcap"), "--keys", try keys(scratch), "-o", scratch.path("a")])
        let whole = try CommandRun(["reconstruct", capture, "--keys", try keys(scratch), "-o", scratch.path("b")])
        #expect(whole.status == 1)
        let all = try security(scratch.path("b")).reduce(0) { $0 + $1.authenticated }
        let streams = try security(scratch.path("a"))
        #expect(damaged > 10)
        #expect(streams.reduce(0) { $0 + $1.failed } == damaged)
        #expect(streams.reduce(0) { $0 + $1.authenticated } == all - damaged)
    }

    @Test("keys check names what each key opens, and what is wrong with a key, and never the key")
    func check() throws {
        let scratch = try Scratch()
        let good = try CommandRun(["keys", "check", try keys(scratch), capture])
        #expect(good.status == 0)
        #expect(good.output.contains("opens 0x9b39d092") && good.output.contains("opens 0xf896061b"))
        let bad = try CommandRun(["keys", "check", try keys(scratch) { $0.replacingOccurrences(of: "AES_CM_128_HMAC_SHA1_80", with: "AEAD_AES_128_GCM") }])
        #expect(bad.status == 1)
        #expect(bad.output.contains("line 2") && bad.output.contains("needs 28"))
        for secret in try secrets { #expect(!(good.output + good.errors + bad.output + bad.errors).contains(secret)) }
        let json = try CommandRun(["keys", "check", "--json", try keys(scratch), capture])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((object["keys"] as? [[String: Any]])?.count == 2)
        #expect(object["schema"] as? String == "siprecap.keys/1")
    }

    /// Samples with keys in their signalling, and which packets of them are taken.
    static let agreements =
        ["08-sdes-32-aes256-mki", "18-seq-and-ts-wrap"].flatMap { sample in ["all", "media", "first key"].map { (sample, $0) } } + [
            ("50-plain-call-sdes-opus", "all")
        ]

    /// A pcap file of Ethernet without what goes over TCP or the ports of signalling.
    private static func media(of pcap: [UInt8]) -> [UInt8] {
        var out = Array(pcap.prefix(24))
        var at = 24
        while at + 16 <= pcap.count {
            let record = pcap[at..<at + 16 + (0..<4).reduce(0) { $0 | Int(pcap[at + 8 + $1]) << (8 * $1) }]
            let frame = Array(record.dropFirst(16))
            at = record.endIndex
            guard frame.count > 42, frame[12] == 8, frame[23] == 17 else { continue }
            let ports = [34, 36].map { Int(frame[$0]) << 8 | Int(frame[$0 + 1]) }
            if !ports.contains(where: { (5060...5099).contains($0) }) { out += record }
        }
        return out
    }

    @Test("keys check, inspect and reconstruct agree on what is encrypted and what opens", arguments: agreements)
    func agreement(sample: String, what: String) throws {
        let scratch = try Scratch()
        let captures = Checkout.capture(of: sample)
        var lines: [Substring] = []
        for path in captures {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
            lines += text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("a=crypto:") }
        }
        if what == "first key" { lines = Array(lines.prefix(1)) }
        try Data(lines.joined(separator: "\n").utf8).write(to: scratch.url.appendingPathComponent("keys.txt"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("keys.txt"))
        var inputs = captures
        if what != "all" {
            inputs = [scratch.path("media.pcap")]
            try Data(Self.media(of: [UInt8](Data(contentsOf: URL(fileURLWithPath: captures[0]))))).write(to: URL(fileURLWithPath: inputs[0]))
        }
        func object(_ arguments: [String]) throws -> [String: Any] {
            let run = try CommandRun(arguments)
            return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
        }
        let check = try CommandRun(["keys", "check", scratch.path("keys.txt")] + inputs)
        let told = try object(["keys", "check", "--json", scratch.path("keys.txt")] + inputs)
        let inspected = try object(["inspect", "--json", "--keys", scratch.path("keys.txt")] + inputs)
        let run = try CommandRun(["reconstruct", "--keys", scratch.path("keys.txt"), "-o", scratch.path("a")] + inputs)
        let needed = told["keysNeeded"] as? [[String: Any]] ?? []
        #expect(needed.count == (inspected["keysNeeded"] as? [Any])?.count)
        let streams = try #require(told["streams"] as? [String: Int])
        #expect(streams["encrypted"] == (streams["decrypted"] ?? 0) + (streams["inPart"] ?? 0) + (streams["closed"] ?? 0))
        #expect(streams["closed"] == needed.count)
        let secured = try Tree.recordings(scratch.path("a")).flatMap { $0["streams"] as? [[String: Any]] ?? [] }.filter { $0["security"] != nil }
        #expect(streams["encrypted"] == secured.count)
        let whole = secured.filter { (($0["security"] as? [String: Any])?["failed"] as? Int) == 0 }
        #expect(streams["decrypted"] == whole.count)
        #expect((check.status == 0) == (whole.count == secured.count))
        #expect(check.output.contains("all encrypted streams can be decrypted") == (whole.count == secured.count), "\(check.output)")
        let unused = (told["keys"] as? [[String: Any]] ?? []).filter { ($0["opens"] as? [Any])?.isEmpty == true }
        #expect(run.errors.components(separatedBy: "SRT012 ").count - 1 == unused.count, "\(run.errors)")
        // A flow is told to be opened or to need a key, never both.
        let opened = (told["keys"] as? [[String: Any]] ?? []).flatMap { $0["opens"] as? [[String: Any]] ?? [] }.compactMap { $0["ssrc"] as? String }
        #expect(Set(opened).isDisjoint(with: needed.compactMap { $0["ssrc"] as? String }))
        #expect(!opened.isEmpty)
    }

    @Test("a key file that is not there ends the run with status 2")
    func missing() throws {
        let run = try CommandRun(["inspect", capture, "--keys", "absent.yaml"])
        #expect(run.status == 2)
        #expect(run.errors.contains("absent.yaml"))
    }

    @Test("a file that others may read is warned of")
    func permissions() throws {
        let scratch = try Scratch()
        let file = try keys(scratch)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(try CommandRun(["inspect", capture, "--keys", file]).errors.contains("SRT018"))
    }
}
