import Foundation
import Testing

/// One capture of `Fixtures/faults`, reconstructed by the command. The captures are our own; each has a test file of its own.
struct FaultRun {
    let scratch: Scratch
    let run: CommandRun
    /// The `recording.json` files by the path of their folder.
    let recordings: [(folder: String, record: [String: Any])]

    init(_ name: String, _ options: [String] = []) throws {
        scratch = try Scratch()
        let folder = scratch.path("out")
        run = try CommandRun(["reconstruct", Self.path(name), "-o", folder] + options)
        recordings = try Tree.files(folder).filter { $0.hasSuffix("/recording.json") }.sorted().map {
            (folder + "/" + String($0.dropLast("/recording.json".count)), try Tree.object(folder + "/" + $0))
        }
    }

    static func path(_ name: String) -> String {
        Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures/faults/\(name).pcap.gz").path
    }

    /// The only recording.
    var only: (folder: String, record: [String: Any]) {
        get throws {
            try #require(recordings.count == 1, "\(recordings.map(\.folder)) \(run.errors)")
            return recordings[0]
        }
    }

    /// The findings of the run; those of a recording are in its record.
    func findings() throws -> [[String: Any]] {
        let value = try Tree.object(scratch.path("out") + "/run.json")
        return try #require(value["findings"] as? [[String: Any]])
    }

    /// Samples of a WAV file of 16 bits and one channel, at its own rate.
    static func samples(_ path: String) throws -> (rate: Int, samples: [Int16]) {
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(octets[at + $1]) << (8 * $1) } }
        var at = 12
        var rate = 0
        while at + 8 <= octets.count {
            let size = number(at + 4, 4)
            switch String(decoding: octets[at..<at + 4], as: UTF8.self) {
            case "fmt ": rate = number(at + 12, 4)
            case "data":
                let body = octets[(at + 8)..<min(octets.count, at + 8 + size)]
                return (
                    rate,
                    stride(from: body.startIndex, to: body.endIndex - 1, by: 2).map { Int16(bitPattern: UInt16(octets[$0]) | UInt16(octets[$0 + 1]) << 8) }
                )
            default: break
            }
            at += 8 + size + size % 2
        }
        throw CocoaError(.fileReadCorruptFile)
    }
}

/// The RTP packets of one source in a capture of Ethernet, IPv4 and UDP without options.
struct FaultPackets {
    /// Payloads with their timestamps, in order of capture.
    let payloads: [(timestamp: UInt32, payload: [UInt8])]

    init(_ name: String, ssrc: UInt32) throws {
        let scratch = try Scratch()
        let copy = scratch.path("capture.pcap.gz")
        try FileManager.default.copyItem(atPath: FaultRun.path(name), toPath: copy)
        _ = try CommandRun(URL(fileURLWithPath: "/bin/gzip"), ["-d", copy])
        let octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("capture.pcap"))))
        func little(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(octets[at + $1]) << (8 * $1) } }
        func big(_ at: Int) -> UInt32 { (0..<4).reduce(0) { $0 << 8 | UInt32(octets[at + $1]) } }
        var found: [(timestamp: UInt32, payload: [UInt8])] = []
        var at = 24
        while at + 16 <= octets.count {
            let size = little(at + 8)
            let rtp = at + 16 + 42
            if size > 54, octets[rtp] == 0x80, big(rtp + 8) == ssrc { found.append((big(rtp + 4), Array(octets[(rtp + 12)..<(at + 16 + size)]))) }
            at += 16 + size
        }
        payloads = found
    }

    /// What PCMU at 8 kHz sounds like when each packet stands where its timestamp says, from the lowest on.
    var soundOfPCMU: [Int16] {
        guard let first = payloads.first?.timestamp else { return [] }
        var out: [Int16] = []
        for (timestamp, payload) in payloads {
            let start = Int(timestamp &- first)
            if out.count < start + payload.count { out += [Int16](repeating: 0, count: start + payload.count - out.count) }
            for (index, code) in payload.enumerated() { out[start + index] = Self.expanded(code) }
        }
        return out
    }

    /// ITU-T G.711, 14 bits put in the upper part of 16.
    static func expanded(_ code: UInt8) -> Int16 {
        let bits = ~code
        let magnitude = ((Int(bits & 0x0F) << 3) + 0x84) << Int((bits & 0x70) >> 4) - 0x84
        return Int16(bits & 0x80 == 0 ? magnitude : -magnitude)
    }
}
