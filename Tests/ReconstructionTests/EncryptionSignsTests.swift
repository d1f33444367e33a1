import CaptureSurvey
import Evidence
import Foundation
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import TestSupport
import Testing

/// Ciphertext is not played as noise, and no real sound is taken for ciphertext.
struct EncryptionSignsTests {
    private static let from = Socket(0xC000_0201, 4000)
    private static let to = Socket(0xC000_0202, 6000)
    private static let packets = 60

    /// RTP of 20 ms a packet, without signalling unless `session`.
    private static func script(type: UInt8, step: Int = 160, session: Bool = false, _ payload: (Int) -> [UInt8]) -> [UInt8] {
        var session = session ? SessionScript() : nil
        session?.open(ports: 1)
        var script = session?.script ?? CaptureScript()
        for number in 0..<packets {
            let head = [0x80, type] + CaptureScript.be16(100 + number) + CaptureScript.be32(UInt32(number * step)) + CaptureScript.be32(0xA)
            script.datagram(500_000 + number * 20_000, from: from, to: to, head + payload(number))
        }
        return script.pcap()
    }

    private static func sound(_ level: Double, _ shape: @escaping @Sendable (Int, inout SeededRandom) -> Double)
        -> @Sendable (Int, inout SeededRandom) -> [UInt8]
    {
        { number, random in (0..<160).map { encode(level * shape(number * 160 + $0, &random)) } }
    }

    /// G.711 mu-law by the recommendation's text, from -1 to 1.
    private static func encode(_ value: Double) -> UInt8 {
        let magnitude = min(Int(abs(value) * 8159), 8158) + 33
        let segment = max(0, Int.bitWidth - magnitude.leadingZeroBitCount - 6)
        return ~UInt8((value < 0 ? 0x80 : 0) | segment << 4 | magnitude >> (segment + 1) & 15)
    }

    private static func tone(_ place: Int, _ hertz: Double) -> Double { sin(2 * .pi * Double(place) * hertz / 8000) }

    /// Bell-shaped noise of deviation one third.
    private static func noise(_ random: inout SeededRandom) -> Double { (0..<4).reduce(0) { sum, _ in sum + Double.random(in: -0.3...0.3, using: &random) } }

    private static let sounds: [(name: String, payload: @Sendable (Int, inout SeededRandom) -> [UInt8])] = [
        ("silence", { _, _ in [UInt8](repeating: 0xFF, count: 160) }),
        ("A-law silence", { _, _ in [UInt8](repeating: 0xD5, count: 160) }),
        ("tone of 1004 Hz", sound(0.5) { place, _ in tone(place, 1004) }),
        ("soft tone", sound(0.01) { place, _ in tone(place, 440) }),
        ("telephone key 5", sound(0.4) { place, _ in (tone(place, 770) + tone(place, 1336)) / 2 }),
        ("flat noise at full scale", sound(1) { _, random in Double.random(in: -1...1, using: &random) }),
        ("loud noise", sound(1) { _, random in noise(&random) }),
        ("comfort noise", sound(0.01) { _, random in noise(&random) }),
        // Loudness that changes by syllables over a range of 40 dB, as speech has it.
        ("speech-like noise", sound(1) { place, random in noise(&random) * pow(10, -2 * abs(tone(place, 4))) }),
    ]

    @Test("sampled sound is never taken for ciphertext, and is heard", arguments: [UInt8(0), 8], sounds.indices)
    func clear(type: UInt8, index: Int) async throws {
        var random = SeededRandom(seed: 11)
        let run = await Reconstructed.run(Self.script(type: type) { Self.sounds[index].payload($0, &random) })
        #expect(!run.plan.findings.sorted.contains { $0.rule == .srt021 }, "\(Self.sounds[index].name) seed \(random.seed)")
        #expect(try run.only.audio.count == 1)
        #expect(try run.only.sidecar.streams.allSatisfy { $0.security == nil })
    }

    @Test("ciphertext with a tag is a gap of cause no-key, signalled as plain or not signalled", arguments: [4, 10, 16, 14], [false, true])
    func tagged(tag: Int, isSignalled: Bool) async throws {
        var random = SeededRandom(seed: 12)
        for type: UInt8 in isSignalled ? [0] : [0, 8] {
            let run = await Reconstructed.run(Self.script(type: type, session: isSignalled) { _ in random.bytes(160 + tag) })
            let finding = try #require(run.plan.findings.sorted.first { $0.rule == .srt021 }, "seed \(random.seed)")
            #expect(finding.message.contains("confidence high") && finding.message.contains("\(tag) bytes longer"))
            let recording = try run.only
            #expect(recording.audio.isEmpty)
            #expect(try recording.gaps(.noKey).map(\.packets) == [Self.packets])
            #expect(try !recording.sidecar.complete)
            let suspected = try recording.sidecar.streams.compactMap { $0.security?.suspected }
            #expect(suspected.map(\.confidence) == ["high"] && suspected.allSatisfy { !$0.reasons.isEmpty })
            #expect(run.plan.keysNeeded.map(\.ssrc) == [SSRC(0xA)])
        }
    }

    @Test("octets spread by chance are not played even where the length is right")
    func spread() async throws {
        var random = SeededRandom(seed: 13)
        let run = await Reconstructed.run(Self.script(type: 0) { _ in random.bytes(160) })
        #expect(run.plan.findings.sorted.first { $0.rule == .srt021 }?.message.contains("confidence medium") == true, "seed \(random.seed)")
        #expect(try run.only.audio.isEmpty)
    }

    @Test("G.729 looks like ciphertext: only a length that its timestamps forbid tells", arguments: [(20, false), (30, true), (24, true), (36, true)])
    func fixedRate(count: Int, isEncrypted: Bool) async {
        var random = SeededRandom(seed: 14)
        let run = await Reconstructed.run(Self.script(type: 18) { _ in random.bytes(count) })
        #expect(run.plan.findings.sorted.contains { $0.rule == .srt021 } == isEncrypted, "seed \(random.seed)")
    }

    @Test("Opus is judged by how long its packets last")
    func opus() async {
        var random = SeededRandom(seed: 15)
        // Hybrid, 20 ms, one frame, as an encoder writes it: only the first octet is known.
        let clear = await Reconstructed.run(Self.script(type: 111, step: 960) { _ in [0x78] + random.bytes(60 + Int.random(in: 0...40, using: &random)) })
        #expect(!clear.plan.findings.sorted.contains { $0.rule == .srt021 }, "seed \(random.seed)")
        let sealed = await Reconstructed.run(Self.script(type: 111, step: 960) { _ in random.bytes(70 + Int.random(in: 0...40, using: &random)) })
        #expect(sealed.plan.findings.sorted.contains { $0.rule == .srt021 }, "seed \(random.seed)")
    }

    @Test("what the user names the codec of is played as told")
    func forced() async throws {
        var random = SeededRandom(seed: 16)
        var options = ReconstructionOptions()
        options.decodeAs = [try DecodeRule(parsing: "udp.port==6000,rtp:0=PCMU/8000")]
        let run = await Reconstructed.run(Self.script(type: 0) { _ in random.bytes(160) }, options: options)
        #expect(try run.only.audio.count == 1)
    }
}
