import Foundation
import Testing

/// Frames that hold 8 octets fewer than their IP length says.
@Suite struct F06Tests {
    @Test func whatTheShortFramesHoldIsHeard() throws {
        let fault = try FaultRun("F06")
        defer { withExtendedLifetime(fault) {} }
        let (folder, record) = try fault.only
        let stream = try #require((record["streams"] as? [[String: Any]])?.first { ($0["files"] as? [String]) == ["audio/nora.wav"] })
        let gaps = try #require(stream["gaps"] as? [[String: Any]])
        #expect(gaps.count == 50)
        for gap in gaps {
            #expect(gap["cause"] as? String == "capture-drop")
            #expect(abs((gap["duration"] as? Double ?? 0) - 0.001) < 1e-9)
            #expect((gap["reason"] as? String)?.isEmpty == false)
        }
        let sound = try FaultRun.samples(folder + "/audio/nora.wav")
        #expect(sound.rate == 8000)
        // The source is in the capture: what was sent as mu-law is what has to be there.
        let sent = try Self.payloads(of: 20000)
        #expect(sent.count == 200)
        #expect(sent.count { $0.count == 152 } == 50)
        var wrong: [Int] = []
        for (index, payload) in sent.enumerated() {
            let start = 160 * index
            guard start + 160 <= sound.samples.count else {
                wrong.append(index)
                continue
            }
            let heard = sound.samples[start..<start + 160]
            let right = payload.map(Self.linear) + [Int16](repeating: 0, count: 160 - payload.count)
            if Array(heard) != right { wrong.append(index) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func aFindingNamesTheFrames() throws {
        let found = try FaultRun("F06").findings().filter { $0["rule"] as? String == "CAP040" || $0["code"] as? String == "CAP040" }
        #expect(found.count == 1)
        #expect(found.first?["count"] as? Int == 50)
        #expect((found.first?["message"] as? String)?.contains("102, 104") == true)
    }

    /// Payloads of the RTP packets from a UDP port, as far as they were captured.
    private static func payloads(of port: Int) throws -> [[UInt8]] {
        let scratch = try Scratch()
        let copy = scratch.path("capture.pcap.gz")
        try FileManager.default.copyItem(atPath: FaultRun.path("F06"), toPath: copy)
        #expect(try CommandRun(URL(fileURLWithPath: "/usr/bin/env"), ["gzip", "-d", copy]).status == 0)
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("capture.pcap"))))
        var out: [[UInt8]] = []
        var at = 24
        while at + 16 <= octets.count {
            let size = (0..<4).reduce(0) { $0 | Int(octets[at + 8 + $1]) << (8 * $1) }
            let frame = Array(octets[(at + 16)..<min(octets.count, at + 16 + size)])
            if frame.count > 54, frame[23] == 17, Int(frame[34]) << 8 | Int(frame[35]) == port { out.append(Array(frame[54...])) }
            at += 16 + size
        }
        return out
    }

    /// ITU-T G.711 table 2a.
    private static func linear(_ octet: UInt8) -> Int16 {
        let value = ~octet
        let magnitude = ((Int(value & 15) << 3) + 132) << Int(value >> 4 & 7)
        return Int16(value & 0x80 != 0 ? 132 - magnitude : magnitude - 132)
    }
}
