import Foundation
import Testing

/// Several captures as one timeline, and what the user says of them.
@Suite struct TimelineTests {
    private var sample: String { get throws { try #require(Checkout.capture(of: "01-basic-pcmu-udp").first) } }

    /// The same capture in two folders under one name, as two probes would leave it.
    private func probes(_ scratch: Scratch) throws -> [String] {
        let folders = ["p1", "p2"].map(scratch.path)
        for folder in folders {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: try sample, toPath: folder + "/day.pcap")
        }
        return folders
    }

    private func flows(_ folder: String) throws -> [[String: Any]] {
        try Tree.recordings(folder).flatMap { ($0["streams"] as? [[String: Any]] ?? []).flatMap { $0["flows"] as? [[String: Any]] ?? [] } }
    }

    @Test("a capture given twice sounds as it does alone, and every packet counts once")
    func twice() throws {
        let scratch = try Scratch()
        let folders = try probes(scratch)
        #expect(try CommandRun(["reconstruct", try sample, "-o", scratch.path("one")]).status == 0)
        let run = try CommandRun(["reconstruct"] + folders + ["-o", scratch.path("two")])
        #expect(run.status == 0, "\(run.errors)")
        let back = try CommandRun(["reconstruct"] + folders.reversed() + ["-o", scratch.path("back"), "--jobs", "2"])
        #expect(back.status == 0)
        #expect(try Tree.text(scratch.path("two/manifest-sha256.txt")) == Tree.text(scratch.path("back/manifest-sha256.txt")))
        func audio(_ folder: String) throws -> [String] {
            try Tree.text(scratch.path(folder + "/manifest-sha256.txt")).split(separator: "\n").filter { $0.hasSuffix(".wav") }.map(String.init)
        }
        #expect(try audio("one") == audio("two"))
        #expect(try !audio("one").isEmpty)
        let single = try flows(scratch.path("one"))
        let double = try flows(scratch.path("two"))
        #expect(single.map { $0["packets"] as? Int } == double.map { $0["packets"] as? Int })
        #expect(single.allSatisfy { $0["copies"] == nil })
        #expect(double.allSatisfy { $0["copies"] as? Int == $0["packets"] as? Int })
        #expect(double.allSatisfy { $0["duplicates"] as? Int == 0 })
    }

    @Test("a correction goes for the folder that it names, and is told")
    func correction() throws {
        let scratch = try Scratch()
        let folders = try probes(scratch)
        let run = try CommandRun(["reconstruct"] + folders + ["-o", scratch.path("out"), "--clock-offset", "p2=2.5"])
        #expect(run.errors.contains("CAP031"))
        let captures = try #require(try Tree.object(scratch.path("out/run.json"))["captures"] as? [[String: Any]])
        let clocks = captures.compactMap { $0["clock"] as? [String: Any] }
        #expect(clocks.count == 1)
        #expect(clocks.first?["corrected"] as? Double == 2.5)
        #expect(clocks.first?["offset"] as? Double == 2.5)
        for name in ["day.pcap", "p3"] {
            let refused = try CommandRun(["reconstruct"] + folders + ["-o", scratch.path("no"), "--clock-offset", "\(name)=2.5"])
            #expect(refused.status == 2)
            #expect(refused.errors.contains(name))
        }
    }

    @Test(
        "what the options can not mean is a usage error that says what to write",
        arguments: [
            ["--limit", "flow=5"], ["--limit", "flows=0"], ["--decode-as", "udp.port=5004,rtp"], ["--clock-offset", "day.pcap"], ["--memory-limit", "12M"],
        ])
    func usage(options: [String]) throws {
        let run = try CommandRun(["inspect", try sample] + options)
        #expect(run.status == 2)
        #expect(run.errors.contains(options[0]))
        #expect(run.errors.contains("Usage"))
    }

    @Test("a bound that is reached is a finding, and the value is in run.json")
    func bound() throws {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct", try sample, "-o", scratch.path("out"), "--limit", "flows=1", "--memory-limit", "1G"])
        #expect(run.errors.contains("NET004"))
        let options = try #require(try Tree.object(scratch.path("out/run.json"))["options"] as? [String: Any])
        #expect((options["limit"] as? [String])?.contains("flows=1") == true)
    }
}
