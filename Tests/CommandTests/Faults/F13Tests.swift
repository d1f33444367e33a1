import Foundation
import Testing

/// AMR-WB in storage format on one side, octet-aligned against its description on the other.
@Suite struct F13Tests {
    @Test func bothSidesAreDecodedAndTold() throws {
        let fault = try FaultRun("F13")
        defer { withExtendedLifetime(fault) {} }
        let (folder, record) = try fault.only
        let streams = try #require(record["streams"] as? [[String: Any]])
        #expect(streams.count == 2)
        for stream in streams { #expect((stream["gaps"] as? [[String: Any]])?.isEmpty == true) }
        for name in ["nora", "omar"] {
            let sound = try FaultRun.samples(folder + "/audio/\(name).wav")
            #expect(sound.rate == 16_000)
            #expect(abs(Double(sound.samples.count) / 16_000 - 8) < 0.02)
            // Neither silence nor noise at full scale.
            let power = sound.samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(sound.samples.count)
            #expect((100...8000).contains(power.squareRoot()), "\(name): \(power.squareRoot())")
            #expect(sound.samples.count { $0 == .max || $0 == .min } == 0)
        }
        let told = (record["findings"] as? [[String: Any]] ?? []).filter { ($0["rule"] ?? $0["code"]) as? String == "AUD010" }
        #expect(told.count == 2)
        #expect(told.contains { ($0["message"] as? String)?.contains("storage") == true })
        #expect(told.contains { ($0["message"] as? String)?.contains("octet-aligned") == true })
        #expect(told.allSatisfy { ($0["first"] as? [String: Any])?["frame"] != nil }, "\(told)")
    }

    /// The source of what nora said is not at hand. The same frames in octet-aligned payloads are: one octet, the request for a codec mode, before each.
    @Test func storedFramesAreHeardAsTheyWouldBeOctetAligned() throws {
        let fault = try FaultRun("F13")
        let scratch = try Scratch()
        let copy = scratch.path("capture.pcap.gz")
        try FileManager.default.copyItem(atPath: FaultRun.path("F13"), toPath: copy)
        #expect(try CommandRun(URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-d", copy]).status == 0)
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("capture.pcap"))))
        var changed = Array(octets.prefix(24))
        var at = 24
        var packets = 0
        while at + 16 <= octets.count {
            let size = (0..<4).reduce(0) { $0 | Int(octets[at + 8 + $1]) << (8 * $1) }
            var head = Array(octets[at..<at + 16])
            var frame = Array(octets[(at + 16)..<(at + 16 + size)])
            if frame.count > 54, frame[23] == 17, Int(frame[34]) << 8 | Int(frame[35]) == 20_000 {
                frame.insert(0xF0, at: 54)
                for place in [8, 12] { head[place] += 1 }
                for place in [16, 38] {
                    let length = Int(frame[place]) << 8 | Int(frame[place + 1]) + 1
                    (frame[place], frame[place + 1]) = (UInt8(length >> 8), UInt8(length & 255))
                }
                // No checksum of UDP.
                (frame[40], frame[41]) = (0, 0)
                packets += 1
            }
            changed += head + frame
            at += 16 + size
        }
        #expect(packets == 400)
        try Data(changed).write(to: scratch.url.appendingPathComponent("aligned.pcap"))
        let run = try CommandRun(["reconstruct", scratch.path("aligned.pcap"), "-o", scratch.path("out")])
        let name = try #require(Tree.files(scratch.path("out")).first { $0.hasSuffix("/nora.wav") }, "\(run.errors)")
        let aligned = try FaultRun.samples(scratch.path("out") + "/" + name)
        let stored = try FaultRun.samples(try fault.only.folder + "/audio/nora.wav")
        #expect(stored.samples.count == aligned.samples.count && stored.samples.count > 16_000 * 7)
        #expect(stored.samples == aligned.samples)
    }
}
