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
