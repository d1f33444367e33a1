import Foundation
import Testing

/// 0.4 s PCMA, then 29.6 s of an encoding for which there is no decoder: the recording lasts to its last packet.
@Suite struct H03Tests {
    @Test func theRecordingLastsToItsLastPacket() throws {
        let fault = try FaultRun("H03")
        let (folder, record) = try fault.only
        #expect(try #require(record["duration"] as? Double) == 30)
        #expect(record["end"] as? String == "2023-11-14T22:13:50.000000000Z")
        #expect(record["complete"] as? Bool == false)
        #expect(fault.run.status == 1)
        let (rate, samples) = try FaultRun.samples(folder + "/audio/ada.wav")
        #expect(rate == 8000 && samples.count == 240_000)
        #expect(samples[..<3200].contains { $0 != 0 })
        #expect(samples[3200...].allSatisfy { $0 == 0 })
    }

    @Test func theTailIsOneGapInsideAndItsPayloadsAreKept() throws {
        let fault = try FaultRun("H03")
        let (folder, record) = try fault.only
        let streams = try #require(record["streams"] as? [[String: Any]])
        let gaps = try #require(streams.first { $0["id"] as? String == "s1" }?["gaps"] as? [[String: Any]])
        #expect(gaps.count == 1)
        #expect(gaps.first?["cause"] as? String == "codec-unsupported")
        #expect(gaps.first?["offset"] as? Double == 0.4)
        #expect(try #require(gaps.first?["duration"] as? Double) == 29.6)
        let files = try #require(record["files"] as? [[String: Any]])
        let raw = try #require(files.first { ($0["path"] as? String)?.hasSuffix(".rtpdump") == true }?["path"] as? String)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + raw)).count > 1480 * 40)
    }

    @Test func everyPacketHasItsFate() throws {
        let fault = try FaultRun("H03")
        let streams = try #require(try fault.only.record["streams"] as? [[String: Any]])
        let flow = try #require((streams.first?["flows"] as? [[String: Any]])?.first)
        let fates = try #require(flow["fates"] as? [String: Int])
        #expect(fates["heard"] == 20 && fates["notDecodable"] == 1480)
        #expect(fates.values.reduce(0, +) == flow["packets"] as? Int)
        let runs = try #require(flow["unheard"] as? [[String: Any]])
        #expect(runs.count == 1 && runs.first?["packets"] as? Int == 1480)
        let explained = try CommandRun(["explain", fault.only.folder])
        #expect(explained.output.contains("notDecodable ×1480: H03.pcap.gz frame 24 to H03.pcap.gz frame 1503, no decoder for it"))
        #expect(try CommandRun(["verify", "--accounting", fault.scratch.path("out")]).status == 0)
    }
}
