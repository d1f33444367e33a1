import Foundation
import Testing

@Suite struct SelectionTests {
    private var inputs: [String] {
        get throws { try ["01-basic-pcmu-udp", "14-blind-transfer"].map { try #require(Checkout.capture(of: $0).first) } }
    }

    private func kept(_ options: [String]) throws -> (status: Int32, callIDs: Set<String>) {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct"] + inputs + ["-o", scratch.path("a")] + options)
        let dialogs = try Tree.recordings(scratch.path("a")).flatMap { $0["dialogs"] as? [[String: Any]] ?? [] }
        return (run.status, Set(dialogs.compactMap { $0["callID"] as? String }))
    }

    private let basic = "ec392e4e08a659c4190b@rs.src.example.com"
    private let transfer = "f7e0ae2dd332b8f148b3@rs.src.example.com"

    @Test("without selection everything comes out") func everything() throws { #expect(try kept([]).callIDs == [basic, transfer]) }

    @Test("--call-id selects") func callID() throws { #expect(try kept(["--call-id", transfer]).callIDs == [transfer]) }

    @Test(
        "--aor selects, whatever scheme and case",
        arguments: ["sip:tina.kowalski@pbx.example.org", "Tina.Kowalski@PBX.example.org"])
    func addressOfRecord(aor: String) throws { #expect(try kept(["--aor", aor]).callIDs == [basic]) }

    @Test("--ssrc selects") func ssrc() throws { #expect(try kept(["--ssrc", "0xe8c180ce"]).callIDs == [transfer]) }

    @Test("--until and --since cut by packet time")
    func time() throws {
        #expect(try kept(["--until", "2026-11-22T21:12:00Z"]).callIDs == [basic])
        #expect(try kept(["--since", "2026-11-22T21:12:00Z"]).callIDs == [transfer])
    }

    /// The basic capture once more as Linux cooked capture.
    private func cooked(_ scratch: Scratch) throws -> String {
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: try inputs[0])))
        func le32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }
        var out = Array(octets[..<20]) + le32(113)
        var at = 24
        while at + 16 <= octets.count {
            let count = (0..<4).reduce(0) { $0 | Int(octets[at + 8 + $1]) << (8 * $1) }
            let packet = octets[(at + 16 + 14)..<(at + 16 + count)]
            out += octets[at..<at + 8] + le32(packet.count + 16) + le32(packet.count + 16)
            out += [0, 0, 0, 1, 0, 6] + [UInt8](repeating: 2, count: 8) + [8, 0] + packet
            at += 16 + count
        }
        try Data(out).write(to: URL(fileURLWithPath: scratch.path("cooked.pcap")))
        return scratch.path("cooked.pcap")
    }

    private func filtered(
        _ expression: String, _ files: [String], _ scratch: Scratch, _ name: String
    ) throws -> (run: CommandRun, recordings: [[String: Any]]) {
        let run = try CommandRun(["reconstruct"] + files + ["-o", scratch.path(name), "--filter", expression])
        return (run, try Tree.recordings(scratch.path(name)))
    }

    @Test("--filter works within files of different link types, and what does not fit one is said")
    func filter() throws {
        let scratch = try Scratch()
        let both = [try inputs[1], try cooked(scratch)]
        let all = try filtered("udp", both, scratch, "all")
        #expect(all.recordings.count == 2, "\(all.run.errors)")
        // Only the signalling of both: no packet of media is looked at.
        let signalling = try filtered("port 5060", both, scratch, "signalling")
        #expect(signalling.run.status == 1)
        let flows = signalling.recordings.flatMap { ($0["streams"] as? [[String: Any]] ?? []).flatMap { $0["flows"] as? [Any] ?? [] } }
        #expect(flows.isEmpty)
        // Cooked captures have no destination of the link layer: the filter does not compile for them, and none of their packets passes.
        let ethernet = try filtered("udp and not ether broadcast", both, scratch, "ethernet")
        #expect(ethernet.run.errors.contains("CAP014"))
        #expect(ethernet.run.errors.contains("LINUX_SLL"))
        let dialogs = ethernet.recordings.flatMap { $0["dialogs"] as? [[String: Any]] ?? [] }
        #expect(dialogs.compactMap { $0["callID"] as? String } == [transfer])
        let wrong = try CommandRun(["reconstruct"] + both + ["-o", scratch.path("wrong"), "--filter", "udp and and"])
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("--filter"))
    }

    @Test("a selection that matches nothing ends with status 1")
    func nothing() throws {
        let result = try kept(["--call-id", "no-such-call"])
        #expect(result.status == 1)
        #expect(result.callIDs.isEmpty)
    }

    @Test("--since after --until is a usage error") func reversed() throws {
        #expect(try kept(["--since", "@1800000000", "--until", "@1700000000"]).status == 2)
    }
}

@Suite struct InspectTests {
    @Test("inspect --json tells recordings, participants, streams and flows, and writes nothing")
    func json() throws {
        let scratch = try Scratch()
        let path = try #require(Checkout.capture(of: "14-blind-transfer").first)
        let run = try CommandRun(["inspect", "--json", path], in: scratch.url)
        #expect(run.status == 0)
        #expect(Tree.files(scratch.url.path).isEmpty)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(report["schema"] as? String == "siprecap.inspect/1")
        let recording = try #require((report["recordings"] as? [[String: Any]])?.first)
        #expect((recording["participants"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["Umar Siddiqui", "Bob Lindqvist", "Zoe Laurent"])
        let flows = (recording["streams"] as? [[String: Any]] ?? []).flatMap { $0["flows"] as? [[String: Any]] ?? [] }
        #expect(flows.compactMap { $0["packets"] as? Int } == [822, 333, 345])
    }

    @Test("inspect names the participants and the next command")
    func table() throws {
        let capture = try #require(Checkout.capture(of: "01-basic-pcmu-udp").first)
        let run = try CommandRun(["inspect", "--since", "2026-01-01T00:00:00Z", capture])
        #expect(run.status == 0)
        #expect(run.output.contains("Henry Nakamura <sip:henry.nakamura@pbx.example.org> (signalled)"))
        #expect(run.output.contains("Next: siprecap reconstruct --since 2026-01-01T00:00:00Z \(capture) -o out/"))
    }

    @Test("--dry-run names the audio files and writes none", arguments: [[], ["--mix", "stereo"], ["--mix", "mono", "--format", "flac"]])
    func dryRun(options: [String]) throws {
        let scratch = try Scratch()
        let arguments = ["reconstruct", try #require(Checkout.capture(of: "01-basic-pcmu-udp").first), "-o", scratch.path("a")] + options
        let told = try CommandRun(arguments + ["--dry-run"])
        #expect(told.status == 0)
        #expect(Tree.files(scratch.url.path).isEmpty)
        _ = try CommandRun(arguments)
        let written = Tree.files(scratch.path("a")).compactMap { path in path.firstRange(of: "audio/").map { String(path[$0.lowerBound...]) } }
        let named = told.output.split(separator: "\n").filter { $0.hasPrefix("  audio/") }.map { String($0.dropFirst(2)) }
        #expect(named.sorted() == written.sorted())
        #expect(named.count == (options.isEmpty ? 2 : 3))
    }

    @Test("explain prints a rule's page and refuses what is no rule")
    func explain() throws {
        let page = try CommandRun(["explain", "sdp104"])
        #expect(page.status == 0)
        #expect(page.output.contains("Why it matters for the recording"))
        #expect(try CommandRun(["explain", "XYZ999"]).status == 2)
    }

    @Test("help teaches by example") func help() throws {
        for command in [["--help"], ["reconstruct", "--help"], ["inspect", "--help"]] {
            let run = try CommandRun(command)
            #expect(run.status == 0)
            #expect(run.output.contains("EXAMPLES"))
        }
    }
}
