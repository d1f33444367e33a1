import Foundation
import Testing

/// `siprecap carve`: what it writes is read back by this program and, where it is installed, by tshark.
struct CarveTests {
    private func carve(_ sample: String, _ scratch: Scratch, _ options: [String] = []) throws -> String {
        let file = scratch.path("carved.pcapng")
        let run = try CommandRun(["carve"] + Checkout.capture(of: sample) + ["-o", file] + options)
        #expect(run.status == 0, "\(run.errors)")
        return file
    }

    private func inspect(_ paths: [String]) throws -> [String: Any] {
        let run = try CommandRun(["inspect", "--json"] + paths)
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// Recording id, and packets of each flow by SSRC.
    private func content(_ paths: [String]) throws -> [String: [String: Int]] {
        var out: [String: [String: Int]] = [:]
        for recording in try inspect(paths)["recordings"] as? [[String: Any]] ?? [] {
            var packets: [String: Int] = [:]
            for stream in recording["streams"] as? [[String: Any]] ?? [] {
                for flow in stream["flows"] as? [[String: Any]] ?? [] { packets[try #require(flow["ssrc"] as? String)] = flow["packets"] as? Int }
            }
            out[try #require(recording["id"] as? String)] = packets
        }
        return out
    }

    @Test(arguments: ["01-basic-pcmu-udp", "05-tcp-big-metadata", "06-udp-ip-fragments", "08-sdes-32-aes256-mki", "14-blind-transfer"])
    func `a carved capture holds the same recording with the same packets`(sample: String) throws {
        let scratch = try Scratch()
        let file = try carve(sample, scratch, ["--include-secrets"])
        let before = try content(Checkout.capture(of: sample))
        #expect(!before.isEmpty)
        #expect(try content([file]) == before)
    }

    @Test func `only the recording that is asked for is taken`() throws {
        let scratch = try Scratch()
        let inputs = ["01-basic-pcmu-udp", "15-codec-change"].flatMap(Checkout.capture(of:))
        let all = try content(inputs)
        let id = try #require(all.keys.sorted().first)
        let file = scratch.path("one.pcapng")
        let unclear = try CommandRun(["carve"] + inputs + ["-o", file])
        #expect(unclear.status == 1)
        #expect(unclear.errors.contains("2 recordings match"))
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try CommandRun(["carve"] + inputs + ["-o", file, "--recording", String(id.prefix(6))]).status == 0)
        #expect(try content([file]) == [id: all[id] ?? [:]])
    }

    @Test func `keys are covered, lengths and checksums stay`() throws {
        let scratch = try Scratch()
        let source = try #require(Checkout.capture(of: "08-sdes-32-aes256-mki").first)
        let file = try carve("08-sdes-32-aes256-mki", scratch)
        let original = try Data(contentsOf: URL(fileURLWithPath: source))
        let text = String(decoding: original, as: Unicode.ASCII.self)
        let keys = text.matches(of: /inline:([A-Za-z0-9+\/=]+)/).map { String($0.output.1) }
        #expect(keys.count >= 2)
        let carved = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: Unicode.ASCII.self)
        for key in keys { #expect(!carved.contains(key)) }
        #expect(carved.contains("secrets covered"))
        // The same number of frames of the same sizes, less what is not the recording's.
        #expect(try inspect([file])["counts"] as? [String: Int] == (try inspect([source])["counts"] as? [String: Int]))
    }

    @Test func `opened media is plain RTP with the same sound`() throws {
        let scratch = try Scratch()
        let sample = "08-sdes-32-aes256-mki"
        let file = try carve(sample, scratch, ["--decrypted"])
        for (inputs, folder) in [(Checkout.capture(of: sample), "before"), ([file], "after")] {
            // SDES lines stay in the carved signalling, with covered keys; what is in clear now is told by the port.
            _ = try CommandRun(["reconstruct"] + inputs + ["-o", scratch.path(folder), "--kinds", folder == "after" ? "media,siprec" : "siprec"])
        }
        let streams = try Tree.recordings(scratch.path("after")).flatMap { $0["streams"] as? [[String: Any]] ?? [] }
        let before = try Tree.recordings(scratch.path("before")).flatMap { $0["streams"] as? [[String: Any]] ?? [] }
        func packets(_ streams: [[String: Any]]) -> Int {
            streams.flatMap { $0["flows"] as? [[String: Any]] ?? [] }.compactMap { $0["packets"] as? Int }.reduce(0, +)
        }
        #expect(packets(streams) == packets(before))
    }

    @Test func `a file that is there is not touched`() throws {
        let scratch = try Scratch()
        let file = scratch.path("evidence.pcapng")
        try Data("evidence".utf8).write(to: URL(fileURLWithPath: file))
        let run = try CommandRun(["carve"] + Checkout.capture(of: "01-basic-pcmu-udp") + ["-o", file])
        #expect(run.status == 2)
        #expect(run.errors.contains("already exists"))
        #expect(try Tree.text(file) == "evidence")
    }

    private static let tshark = ["/usr/bin/tshark", "/usr/local/bin/tshark"].first(where: FileManager.default.isExecutableFile(atPath:))

    @Test(.enabled(if: tshark != nil, "tshark is not installed; it is a tool of the bench, not needed to build"), arguments: [[], ["--decrypted"]])
    func `tshark counts the same packets and streams, and finds no bad checksum`(options: [String]) throws {
        let scratch = try Scratch()
        let sample = "08-sdes-32-aes256-mki"
        let file = try carve(sample, scratch, options)
        func ask(_ path: String, _ filter: String) throws -> [String] {
            let run = try CommandRun(
                URL(fileURLWithPath: try #require(Self.tshark)),
                ["-n", "-r", path, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-o", "rtp.heuristic_rtp:TRUE"]
                    + ["-Y", filter, "-T", "fields", "-e", "rtp.ssrc"])
            return run.output.split(separator: "\n").map(String.init)
        }
        let source = try #require(Checkout.capture(of: sample).first)
        let before = try ask(source, "rtp")
        #expect(!before.isEmpty)
        #expect(try ask(file, "rtp").sorted() == before.sorted())
        #expect(try ask(file, "sip").count == (try ask(source, "sip").count))
        // Checksums that the capture's own host left to its network card are as wrong as they were.
        let bad = "udp.checksum.status == 0 || ip.checksum.status == 0"
        #expect(try ask(file, bad).count <= (try ask(source, bad).count))
    }
}
