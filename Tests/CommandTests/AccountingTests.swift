import Foundation
import Testing

/// `siprecap verify --accounting`: holds for what siprecap writes, and objects to every number that is changed.
@Suite struct AccountingTests {
    private static let options: [[String]] = [
        [], ["--native"], ["--mix", "multichannel"], ["--format", "opus"], ["--format", "flac"], ["--timeline", "trimmed"], ["--kinds", "siprec"],
        ["--by", "dialog"],
        ["--include-paused"], ["--conceal", "plc"], ["--redact", "dtmf"], ["--jobs", "1"],
    ]

    @Test("the law holds over every sample and every capture on which audio was lost before", arguments: options)
    func samples(options: [String]) throws {
        let scratch = try Scratch()
        let faults = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures/faults")
        let names = try FileManager.default.contentsOfDirectory(atPath: faults.path).filter { $0.hasSuffix(".gz") }.sorted()
        var inputs = Checkout.sampleNames.map { ($0, Checkout.capture(of: $0)) }
        inputs += names.map { ($0, [faults.path + "/" + $0]) }
        // With options a few that differ most, as each is a run of its own.
        if !options.isEmpty { inputs = inputs.filter { input in ["04", "11", "15", "50", "H03"].contains { input.0.hasPrefix($0) } } }
        for (name, files) in inputs {
            for keys in [[], Self.keys(of: name)] where keys.isEmpty || !Self.keys(of: name).isEmpty {
                let folder = scratch.path("\(name)\(keys.count)")
                let run = try CommandRun(["reconstruct"] + files + ["-o", folder] + keys + options)
                guard FileManager.default.fileExists(atPath: folder + "/run.json") else {
                    Issue.record("\(name) \(options): \(run.errors)")
                    continue
                }
                let proof = try CommandRun(["verify", "--accounting", folder])
                #expect(proof.status == 0, "\(name) \(keys) \(options): \(proof.output)")
            }
        }
    }

    private static func keys(of sample: String) -> [String] {
        let file = Checkout.samples.appendingPathComponent(sample).appendingPathComponent("keys.yaml").path
        return FileManager.default.fileExists(atPath: file) ? ["--keys", file] : []
    }

    private typealias Object = [String: Any]

    /// One number changed in `recording.json`, and what is said of it.
    private static func broken(_ record: inout Object, _ way: Int) throws -> String {
        var streams = try #require(record["streams"] as? [Object])
        let at = try #require(streams.firstIndex { ($0["flows"] as? [Object])?.isEmpty == false && ($0["gaps"] as? [Object])?.isEmpty == false })
        var flows = try #require(streams[at]["flows"] as? [Object])
        var fates = try #require(flows[0]["fates"] as? Object)
        var gaps = try #require(streams[at]["gaps"] as? [Object])
        var files = try #require(record["files"] as? [Object])
        let audio = try #require(files.firstIndex { $0["frames"] != nil })
        let said: String
        switch way {
        case 0:
            fates["heard"] = try #require(fates["heard"] as? Int) - 1
            said = "fates add up to"
        case 1:
            flows[0]["packets"] = try #require(flows[0]["packets"] as? Int) + 1
            said = "fates add up to"
        case 2:
            fates["heard"] = try #require(fates["heard"] as? Int) - 1
            fates["late"] = try #require(fates["late"] as? Int) + 1
            said = "are late, but"
        case 3:
            gaps[0]["offset"] = -5.0
            said = "lies outside of the recording"
        case 4:
            gaps.removeAll { ($0["duration"] as? Double ?? 0) > 0.1 }
            said = "is neither audio nor a gap"
            flows = flows.map { flow in
                var flow = flow
                flow["sound"] = nil
                return flow
            }
        case 5:
            gaps.append(gaps[0])
            said = "overlaps the one before it"
        case 6:
            files[audio]["frames"] = try #require(files[audio]["frames"] as? Int) - 8
            said = "has "
        case 7:
            record["complete"] = try #require(record["complete"] as? Bool) ? false : true
            said = "complete is"
        case 8:
            record["duration"] = 1000
            said = "before the recording does"
        default:
            gaps[0]["cause"] = "network-loss"
            record["complete"] = true
            said = "complete is true, but packets or audio are missing"
        }
        flows[0]["fates"] = fates
        streams[at]["flows"] = flows
        streams[at]["gaps"] = gaps
        record["streams"] = streams
        record["files"] = files
        return said
    }

    @Test("each number that is changed is told", arguments: 0...9)
    func changedNumbers(way: Int) throws {
        let scratch = try Scratch()
        let folder = scratch.path("out")
        _ = try CommandRun(["reconstruct"] + Checkout.capture(of: "11-hold-resume") + ["-o", folder])
        #expect(try CommandRun(["verify", "--accounting", folder]).status == 0)
        let path = folder + "/" + (try #require(Tree.files(folder).first { $0.hasSuffix("/recording.json") }))
        var record = try Tree.object(path)
        let said = try Self.broken(&record, way)
        try JSONSerialization.data(withJSONObject: record).write(to: URL(fileURLWithPath: path))
        let proof = try CommandRun(["verify", "--accounting", folder])
        #expect(proof.status == 1)
        #expect(proof.output.contains(said), "\(proof.output)")
    }

    @Test("a number changed in run.json is told", arguments: ["rtpPackets", "copies", "fates", "recording", "unrecorded", "exitStatus"])
    func changedTotals(what: String) throws {
        let scratch = try Scratch()
        let folder = scratch.path("out")
        // Its second side has no packet: incomplete.
        _ = try CommandRun(["reconstruct", FaultRun.path("H03"), "-o", folder])
        let path = folder + "/run.json"
        var run = try Tree.object(path)
        var totals = try #require(run["totals"] as? Object)
        var recordings = try #require(run["recordings"] as? [Object])
        switch what {
        case "rtpPackets": totals[what] = try #require(totals[what] as? Int) + 1
        case "copies": totals[what] = 1
        case "fates":
            var fates = try #require(totals["fates"] as? [String: Int])
            fates["heard"]? -= 1
            totals["fates"] = fates
        case "recording": recordings[0]["packets"] = 1
        case "unrecorded": run[what] = [["fate": "notWanted", "flows": 1, "packets": 7, "reason": "selection"]]
        default: run[what] = 0
        }
        run["totals"] = totals
        run["recordings"] = recordings
        try JSONSerialization.data(withJSONObject: run).write(to: URL(fileURLWithPath: path))
        let proof = try CommandRun(["verify", "--accounting", folder])
        #expect(proof.status == 1 && proof.output.contains("inconsistent  run.json"), "\(proof.output)")
    }

    @Test func totalsAreTold() throws {
        let scratch = try Scratch()
        let folder = scratch.path("out")
        _ = try CommandRun(["reconstruct", FaultRun.path("H03"), "-o", folder])
        let text = try CommandRun(["verify", "--accounting", folder])
        #expect(text.output.contains("1500 RTP packets: 20 heard, 1480 notDecodable"))
        let printed = try CommandRun(["verify", "--accounting", "--json", folder])
        let value = try #require(try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? Object)
        let account = try #require(value["accounting"] as? Object)
        #expect(account["packets"] as? Int == 1500)
        #expect((account["fates"] as? [String: Int])?["notDecodable"] == 1480)
        #expect(try CommandRun(["verify", "--accounting", folder, "other.pcap"]).status == 2)
    }
}
