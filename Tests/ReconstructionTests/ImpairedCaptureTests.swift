import CaptureSurvey
import Evidence
import Foundation
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Captures whose network, or whose keys, are known: a live recording session of SIPp that a seeded model impaired.
struct ImpairedCaptureTests {
    /// What the model did to one source.
    struct Source: Sendable, CustomTestStringConvertible {
        let ssrc: String
        /// First and last number that are in the capture.
        let numbers: ClosedRange<Int>
        let lost: Set<Int>
        let duplicates: Int
        /// Packets that came after one with a higher number, doubles not counted.
        let overtaken: Int

        var testDescription: String { ssrc }
    }

    /// Of 633 packets each 5 % are lost, some doubled, some late, all delayed by chance. What was lost before the first or after the last is not known.
    static let sources = [
        Source(
            ssrc: "0xbb38e791", numbers: 43_891...44_523,
            lost: [
                43892, 43930, 43950, 43953, 43990, 43997, 44054, 44062, 44068, 44103, 44137, 44151, 44157, 44176, 44182, 44183, 44186, 44226, 44234, 44270,
                44271, 44273, 44306, 44329, 44360, 44382, 44422, 44451, 44458, 44501, 44517,
            ], duplicates: 11, overtaken: 11),
        Source(
            ssrc: "0xdd329b71", numbers: 20_624...21_255,
            lost: [
                20629, 20634, 20685, 20688, 20739, 20740, 20772, 20793, 20871, 20894, 20917, 20931, 20948, 20985, 20988, 20993, 21025, 21048, 21099,
                21101, 21109, 21122, 21182, 21184, 21211, 21217, 21225, 21233, 21245,
            ], duplicates: 7, overtaken: 6),
    ]

    private static func fixture(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return try Array(Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// PCMU payloads of a source by number, read from the file without help of the program: Linux cooked or Ethernet frames, IPv4, UDP.
    private static func payloads(_ pcap: [UInt8], of ssrc: String) -> [Int: [UInt8]] {
        func le32(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(pcap[at + $1]) << (8 * $1) } }
        let link = [1: 14, 113: 16][le32(20)] ?? 14
        var out: [Int: [UInt8]] = [:]
        var at = 24
        while at + 16 <= pcap.count {
            let frame = Array(pcap[at + 16..<at + 16 + le32(at + 8)])
            at += 16 + frame.count
            guard frame.count > link + 40, frame[link + 9] == 17 else { continue }
            let rtp = Array(frame[(link + Int(frame[link] & 15) * 4 + 8)...])
            guard rtp.count > 12, rtp[0] == 0x80, rtp[1] & 0x7F == 0 else { continue }
            let source = "0x" + Hex.encode(Array(rtp[8..<12]))
            if source == ssrc { out[Int(rtp[2]) << 8 | Int(rtp[3])] = Array(rtp[12...]) }
        }
        return out
    }

    @Test(arguments: sources) func everyPacketThatCameIsInItsPlace(source: Source) async throws {
        let capture = try Self.fixture("impaired-call.pcap")
        let recording = try await Reconstructed.run(capture).only
        let stream = try #require(try recording.sidecar.streams.first { $0.flows.contains { $0.ssrc == source.ssrc } })
        let flow = try #require(stream.flows.first)
        let samples = try recording.samples(of: try #require(stream.participants.first))
        let payloads = Self.payloads(capture, of: source.ssrc)
        #expect(Set(payloads.keys) == Set(source.numbers).subtracting(source.lost))
        // One alignment for all: that of the first packet.
        let first = try #require(payloads[source.numbers.lowerBound]).map(ToneSource.linear)
        let shift = try #require((0..<8000).first { samples.count >= $0 + 160 && Array(samples[$0..<$0 + 160]) == first })
        let misplaced = payloads.keys.sorted().filter { number in
            let start = shift + 160 * (number - source.numbers.lowerBound)
            return samples.count < start + 160 || Array(samples[start..<start + 160]) != payloads[number]?.map(ToneSource.linear)
        }
        #expect(misplaced.isEmpty)
        #expect(flow.lost == source.lost.count)
        #expect(flow.duplicates == source.duplicates)
        #expect(flow.reordered == source.overtaken)
        // The gap list is that of the losses, and where they are there is silence.
        let gaps = stream.gaps.filter { $0.cause == .networkLoss }
        let listed = gaps.flatMap { gap -> [Int] in
            let start = Int((gap.offset.value * 8000).rounded()) - shift
            return (0..<gap.packets).map { source.numbers.lowerBound + start / 160 + $0 }
        }
        #expect(listed == source.lost.sorted())
        #expect(gaps.allSatisfy { abs($0.duration.value - 0.02 * Double($0.packets)) < 1e-9 })
        #expect(
            source.lost.allSatisfy { number in
                let start = shift + 160 * (number - source.numbers.lowerBound)
                return samples[start..<start + 160].allSatisfy { $0 == 0 }
            })
    }

    /// Five keys as SIPp sent them, 3.6 s into a stream of speech; their times are those of the RTP timestamps, each lasts 2560 units by its last packet.
    @Test func namedEventsStandWhereTheyWereSent() async throws {
        let recording = try await Reconstructed.run(try Self.fixture("named-events.pcap")).only
        let found = try recording.sidecar.events.filter { $0.type == .dtmf }
        #expect(found.compactMap { $0.detail["digit"] } == ["9", "7", "#", "5", "*"])
        for (event, time) in zip(found, [3.616625, 4.056625, 4.496625, 4.936625, 5.376625]) {
            #expect(abs(event.offset.value - time) <= 0.02)
            let duration = try #require(event.detail["duration"].flatMap { Double($0) })
            #expect(abs(duration - 0.32) <= 0.02)
        }
    }
}
