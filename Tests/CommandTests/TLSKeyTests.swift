import Foundation
import Testing

/// SIP over secure WebSocket, opened by a key log or by the server's private key: `Scripts/tls-fixtures/wss.py` makes the captures.
@Suite struct TLSKeyTests {
    private static let fixtures = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures")
    private static let pems = Checkout.root.appendingPathComponent("Tests/TLSDecryptionTests/Fixtures")
    private let tls13 = fixtures.appendingPathComponent("wss-tls13.pcap").path
    private let rsa = fixtures.appendingPathComponent("wss-rsa.pcap").path

    /// A copy that only its owner may read, since a checkout may have any permissions.
    private func secret(_ source: URL, in scratch: Scratch, mode: Int = 0o600, _ change: (String) -> String = { $0 }) throws -> String {
        let path = scratch.path(source.lastPathComponent)
        try Data(change(try Tree.text(source.path)).utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func log(_ name: String, in scratch: Scratch, mode: Int = 0o600, _ change: (String) -> String = { $0 }) throws -> String {
        try secret(Self.fixtures.appendingPathComponent(name), in: scratch, mode: mode, change)
    }

    /// The third word of each line that is no comment.
    private static func secrets(_ log: String) -> [Substring] {
        log.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: " ").dropFirst(2).first }
    }

    private func keys(_ folder: String) throws -> [[String: String]] {
        try Tree.recordings(folder).compactMap { $0["provenance"] as? [String: Any] }.flatMap { $0["keys"] as? [[String: String]] ?? [] }
    }

    private func transports(_ folder: String) throws -> [String] {
        try Tree.recordings(folder).flatMap { $0["dialogs"] as? [[String: Any]] ?? [] }.compactMap { $0["transport"] as? String }
    }

    @Test("SIP over secure WebSocket is read with a key log; the sidecar names each line that opened it and no secret")
    func keyLog() throws {
        let scratch = try Scratch()
        let file = try log("wss-tls13.keys.log", in: scratch)
        let run = try CommandRun(["reconstruct", tls13, "--tls-keylog", file, "-o", scratch.path("a")])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try transports(scratch.path("a")) == ["wss"])
        let sidecars = Tree.files(scratch.path("a")).filter { $0.hasSuffix("/recording.json") }.map { scratch.path("a/" + $0) }
        let schema = Checkout.root.path + "/docs/schema/recording.schema.json"
        let valid = try CommandRun(Checkout.root.appendingPathComponent("Scripts/validate-schema"), [schema] + sidecars)
        #expect(valid.status == 0, "\(valid.output)\(valid.errors)")
        let lines = try Tree.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        let traffic = lines.indices.filter { lines[$0].hasPrefix("CLIENT_TRAFFIC") || lines[$0].hasPrefix("SERVER_TRAFFIC") }
        let named = try keys(scratch.path("a"))
        for index in traffic { #expect(named.contains { $0["kind"] == "tls-secret" && $0["source"] == "wss-tls13.keys.log line \(index + 1)" }) }
        var everything = run.output + run.errors
        for name in Tree.files(scratch.path("a")) where !name.hasSuffix(".wav") { everything += try Tree.text(scratch.path("a/" + name)) }
        let hidden = Self.secrets(try Tree.text(file))
        #expect(hidden.count >= 5)
        for secret in hidden { #expect(!everything.contains(secret.prefix(16))) }
    }

    @Test("an encrypted private key opens RSA key transport with its passphrase from a file, and nothing without or with another")
    func privateKey() throws {
        let scratch = try Scratch()
        // The certificate's own key is clear; encrypted here, so that key, capture and passphrase belong together.
        let clear = Self.pems.appendingPathComponent("rsa.pem").path
        let file = scratch.path("server.key")
        let arguments = ["rsa", "-aes256", "-passout", "pass:correct horse", "-in", clear, "-out", file]
        #expect(try CommandRun(URL(fileURLWithPath: "/usr/bin/openssl"), arguments).status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        for (phrase, status) in [("correct horse\n", Int32(0)), ("wrong\n", 2), (nil, 2)] {
            var options = ["reconstruct", rsa, "--rsa-key", file, "-o", scratch.path("a\(phrase ?? "")".filter { $0 != "\n" })]
            if let phrase {
                try phrase.write(toFile: scratch.path("phrase"), atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("phrase"))
                options += ["--rsa-passphrase-file", scratch.path("phrase")]
            }
            let run = try CommandRun(options)
            #expect(run.status == status, "\(run.errors)")
            #expect(!run.errors.contains("correct horse"))
            if phrase == nil { #expect(run.errors.contains("--rsa-passphrase-file")) }
        }
        #expect(try keys(scratch.path("acorrect horse")).map { [$0["kind"], $0["source"]] } == [["rsa-key", "server.key"]])
    }

    @Test("a closed connection is told of once: NET008 without any secret, TLS001 with those of another")
    func oneFinding() throws {
        let scratch = try Scratch()
        let none = try CommandRun(["reconstruct", tls13, "-o", scratch.path("a")])
        #expect(none.errors.contains("NET008") && !none.errors.contains("TLS0"))
        #expect(none.errors.contains("no secret for client random"))
        let other = try CommandRun(["reconstruct", tls13, "--tls-keylog", try log("wss-rsa.keys.log", in: scratch), "-o", scratch.path("b")])
        #expect(other.errors.contains("TLS001") && !other.errors.contains("NET008"))
        // And the log belongs to no connection.
        #expect(other.errors.contains("TLS011"))
    }

    @Test("malformed lines are counted by number, others are used; who may read the file is told")
    func malformedLines() throws {
        let scratch = try Scratch()
        let file = try log("wss-tls13.keys.log", in: scratch, mode: 0o644) { "# comment\nrubbish\n" + $0 + "CLIENT_RANDOM 00 11\n" }
        let run = try CommandRun(["reconstruct", tls13, "--tls-keylog", file, "-o", scratch.path("a")])
        let count = try Tree.text(file).split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(run.errors.contains("TLS010") && run.errors.contains("line 2, \(count - 1)"), "\(run.errors)")
        #expect(run.errors.contains("SRT018"))
        #expect(try transports(scratch.path("a")) == ["wss"])
    }

    @Test("keys check tells a key log's mistakes, unknown labels, what each line opened and what belongs to nothing")
    func checkOfKeyLogs() throws {
        let scratch = try Scratch()
        let random = String(repeating: "ab", count: 32)
        let file = try log("wss-tls13.keys.log", in: scratch) {
            $0 + "CLIENT_RANDOM \(random) \(String(repeating: "cd", count: 48))\nECH_SECRET \(random) \(random)\nCLIENT_RANDOM zz\n"
        }
        let alone = try CommandRun(["keys", "check", file])
        #expect(alone.status == 1)
        let count = try Tree.text(file).split(separator: "\n").count
        #expect(alone.output.contains("1 unreadable line: line \(count)"), "\(alone.output)")
        #expect(alone.output.contains("1 line with label ECH_SECRET"))
        let both = try CommandRun(["keys", "check", file, tls13, rsa])
        #expect(both.output.contains("opened by wss-tls13.keys.log line"), "\(both.output)")
        #expect(both.output.contains("1 secret without a connection in the captures: line \(count - 2)"))
        // The other capture's connection is still closed, and its client random is what is needed.
        #expect(both.output.contains("not decrypted: TLS 1.2 with TLS_RSA_WITH_AES_128_CBC_SHA256: no secret for client random"))
        for secret in Self.secrets(try Tree.text(file)) where secret != random { #expect(!both.output.contains(secret.prefix(16))) }
        let json = try CommandRun(["keys", "check", "--json", file, tls13])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let connections = try #require((report["tls"] as? [String: Any])?["connections"] as? [[String: Any]])
        #expect(connections.map { $0["handshake"] as? String } == ["TLS 1.3 with TLS_AES_256_GCM_SHA384"])
    }

    @Test("keys check tells which connections a private key opens, and why not the others")
    func checkOfPrivateKeys() throws {
        let scratch = try Scratch()
        let file = try secret(Self.pems.appendingPathComponent("rsa.pem"), in: scratch)
        let run = try CommandRun(["keys", "check", file, rsa, tls13])
        #expect(run.status == 1)
        #expect(run.output.contains("rsa.pem: RSA private key, opens 1 connection"), "\(run.output)")
        #expect(run.output.contains("not decrypted: TLS 1.3 with TLS_AES_256_GCM_SHA384: an RSA key cannot decrypt forward secrecy"))
        #expect(try CommandRun(["keys", "check", file]).status == 0)
    }

    /// The packets of a pcap file as pcapng, and secrets blocks behind them.
    private static func pcapng(_ pcap: [UInt8], secrets: [(type: UInt32, octets: [UInt8])]) -> [UInt8] {
        func le(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
            let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
            return le(type) + le(UInt32(padded.count + 12)) + padded + le(UInt32(padded.count + 12))
        }
        var out = block(0x0A0D_0D0A, le(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)) + block(1, [1, 0, 0, 0] + le(65_535))
        var start = 24
        while start + 16 <= pcap.count {
            let words = (0..<4).map { index in (0..<4).reduce(UInt32(0)) { $0 | UInt32(pcap[start + 4 * index + $1]) << UInt32(8 * $1) } }
            let count = Int(words[2])
            let time = UInt64(words[0]) * 1_000_000 + UInt64(words[1])
            let head = le(0) + le(UInt32(time >> 32)) + le(UInt32(truncatingIfNeeded: time)) + le(words[2]) + le(words[3])
            out += block(6, head + pcap[start + 16..<start + 16 + count])
            start += 16 + count
        }
        for secret in secrets { out += block(10, le(secret.type) + le(UInt32(secret.octets.count)) + secret.octets) }
        return out
    }

    @Test("a secrets block behind the packets opens them; one of another type is named and kept out")
    func secretsBlocks() throws {
        let scratch = try Scratch()
        let packets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: tls13)))
        let log = [UInt8](try Data(contentsOf: Self.fixtures.appendingPathComponent("wss-tls13.keys.log")))
        let octets = Self.pcapng(packets, secrets: [(0x5747_4B4C, Array("wireguard".utf8)), (0x1234_5678, [1, 2, 3]), (0x544C_534B, log)])
        try Data(octets).write(to: URL(fileURLWithPath: scratch.path("dsb.pcapng")))
        let run = try CommandRun(["reconstruct", scratch.path("dsb.pcapng"), "-o", scratch.path("a")])
        #expect(try transports(scratch.path("a")) == ["wss"], "\(run.errors)")
        #expect(run.errors.contains("TLS012") && run.errors.contains("a WireGuard key log") && run.errors.contains("type 0x12345678"))
        #expect(!run.errors.contains("NET008") && !run.errors.contains("TLS011"))
        #expect(try keys(scratch.path("a")).allSatisfy { $0["source"]?.hasPrefix("dsb.pcapng line ") == true })
    }
}
