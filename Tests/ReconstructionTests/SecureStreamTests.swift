import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// Keys, counters and SRTCP from the capture to the sidecar. libsrtp2 protects what is sent.
struct SecureStreamTests {
    private static let suite = SRTPSuite.AES_CM_128_HMAC_SHA1_80
    private static let (from, to) = (SessionScript.ann.source, SessionScript.ann.destination)
    private static let ssrc: UInt32 = 0xA

    private static func line(seed: UInt64, _ suite: SRTPSuite = suite, _ parameters: String = "") -> String {
        "1 \(suite.rawValue) inline:\(Base64.encode(keyAndSalt(suite, seed: seed)))\(parameters)"
    }

    private func keyFile(_ seeds: [UInt64]) -> ReconstructionOptions {
        var options = ReconstructionOptions()
        let text = seeds.map { "a=crypto:" + Self.line(seed: $0) }.joined(separator: "\n")
        options.keys.entries = KeyFileLines.fields(text, file: "keys", problems: &options.keys.problems).compactMap {
            KeyFileEntry($0, file: "keys", problems: &options.keys.problems)
        }
        return options
    }

    /// A session of Ann alone, signalled with `attributes` on her line.
    private func session(_ attributes: [String], profile: String = "RTP/SAVP") -> SessionScript {
        var session = SessionScript()
        session.sip.open(
            0, offer: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendonly", labels: true, profile: profile, extra: attributes),
            answer: SIPScript.description("192.0.2.2", ports: [6000], direction: "recvonly", profile: profile), metadata: SIPScript.annAndBob,
            into: &session.script)
        return session
    }

    private func send(_ numbers: Range<Int>, _ sender: Protector, into script: inout CaptureScript) throws {
        for number in numbers {
            script.datagram(500_000 + number * 20_000, from: Self.from, to: Self.to, try sender.protect(SessionScript.ann.packet(number)))
        }
    }

    private func messages(_ run: Reconstructed, _ rule: Rule) throws -> [String] {
        try run.only.sidecar.findings.filter { $0.rule == rule.code }.map(\.message)
    }

    // MARK: No key, wrong key

    @Test("without a key the stream is silence of cause no-key, and what is needed is listed by suite, source and time")
    func noKey() async throws {
        var session = session([])
        try send(0..<40, Protector(Self.suite, ssrc: Self.ssrc), into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(try run.only.gaps(.noKey).map(\.packets) == [40])
        #expect(try run.only.audio.isEmpty)
        let needed = try #require(run.plan.keysNeeded.first)
        #expect(needed.ssrc == SSRC(Self.ssrc) && needed.packets == 40)
        #expect(needed.from.rfc3339 == "2026-01-01T00:00:00.500000000Z" && needed.until.rfc3339 == "2026-01-01T00:00:01.280000000Z")
    }

    @Test("one bit of the key wrong: no sound, and the finding names the suite and how many packets were tried", arguments: SRTPSuite.allCases)
    func wrongKey(_ suite: SRTPSuite) async throws {
        var key = keyAndSalt(suite, seed: 1)
        key[3] ^= 1
        var session = session(["a=crypto:1 \(suite.rawValue) inline:\(Base64.encode(key))"])
        try send(0..<40, Protector(suite, ssrc: Self.ssrc), into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(try run.only.audio.isEmpty)
        #expect(try run.only.gaps(.authenticationFailure).map(\.packets) == [40])
        let message = try #require(try messages(run, .srt001).first)
        #expect(message.contains(suite.rawValue) && message.contains("40 packets"))
        #expect(run.plan.keysNeeded.map(\.suites) == [[suite.rawValue]])
    }

    // MARK: Counters

    @Test("the count of a sender report finds a rollover counter that no search reaches; two packets must agree", arguments: [UInt32(5), 5000])
    func counted(roc: UInt32) async throws {
        var script = CaptureScript()
        let sender = try Protector(Self.suite, ssrc: Self.ssrc, roc: roc)
        // Ann's numbers begin at 1000: had she begun at 0, so many packets went before.
        let before = roc << 16 + 1000
        var report: [UInt8] = [0x80, 200, 0, 6] + CaptureScript.be32(Self.ssrc) + [UInt8](repeating: 1, count: 8)
        report += CaptureScript.be32(5000 + 20 * 160) + CaptureScript.be32(before + 20) + CaptureScript.be32(0)
        let name = Array("ann@example".utf8)
        report += [0x81, 202, 0, 5] + CaptureScript.be32(Self.ssrc) + [1, UInt8(name.count)] + name + [0, 0, 0]
        try send(0..<40, sender, into: &script)
        let secured = try sender.protectRTCP(report)
        script.datagram(910_000, from: Socket(Self.from.address, 4001), to: Socket(Self.to.address, 6001), secured)
        let goodbye = try sender.protectRTCP([0x80, 201, 0, 1] + CaptureScript.be32(Self.ssrc) + [0x81, 203, 0, 1] + CaptureScript.be32(Self.ssrc))
        script.datagram(1_400_000, from: Socket(Self.from.address, 4001), to: Socket(Self.to.address, 6001), goodbye)
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: keyFile([1]))
        let recording = try run.only
        #expect(try recording.sidecar.streams.compactMap(\.security).map { [$0.authenticated, $0.failed] } == [[40, 0]])
        #expect(run.plan.findings.sorted.contains { $0.rule == .srt009 && $0.message.contains("from its sender report: \(roc)") } == (roc > 0))
        let flow = try #require(try recording.sidecar.streams.flatMap(\.flows).first)
        let control = try #require(flow.control)
        #expect(control.tried == 2 && control.authenticated == 2 && control.cname == "ann@example")
        #expect(flow.goodbye == "2026-01-01T00:00:01.400000000Z")
        #expect(try recording.sidecar.participants.map(\.id) == ["ann@example"])
    }

    @Test("SRTCP that no key opens tells nothing")
    func forgedControl() async throws {
        var script = CaptureScript()
        try send(0..<40, Protector(Self.suite, ssrc: Self.ssrc), into: &script)
        let other = try Protector(Self.suite, seed: 9, ssrc: Self.ssrc)
        let forged = try other.protectRTCP([0x80, 201, 0, 1] + CaptureScript.be32(Self.ssrc) + [0x81, 203, 0, 1] + CaptureScript.be32(Self.ssrc))
        script.datagram(1_400_000, from: Self.from, to: Self.to, forged)
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: keyFile([1]))
        let flow = try #require(try run.only.sidecar.streams.flatMap(\.flows).first)
        let control = try #require(flow.control)
        #expect(control.tried == 1 && control.authenticated == 0 && control.cname == nil && flow.goodbye == nil)
    }

    // MARK: Rekeying, capabilities, parameters

    @Test("a new key whose re-INVITE is missing comes from a key file; packets of both keys are heard")
    func rekeyFromFile() async throws {
        var session = session(["a=crypto:" + Self.line(seed: 1)])
        try send(0..<40, Protector(Self.suite, seed: 1, ssrc: Self.ssrc), into: &session.script)
        try send(40..<100, Protector(Self.suite, seed: 2, ssrc: Self.ssrc), into: &session.script)
        let script = session.script
        let closed = await Reconstructed.run(script.pcap())
        #expect(try closed.only.gaps(.authenticationFailure).map(\.packets) == [60])
        let run = await Reconstructed.run([MemoryInput(script.pcap())], options: keyFile([3, 2]))
        #expect(try run.only.samples(of: "PA") == SessionScript.ann.samples(0..<100))
        #expect(try run.only.sidecar.streams.compactMap(\.security).map { [$0.authenticated, $0.failed] }.first == [100, 0])
    }

    @Test("RTP/AVP with a=crypto, and the key of an accepted capability, open the stream", arguments: ["a=crypto:", "a=acap:1 crypto:"])
    func plainProfile(attribute: String) async throws {
        var session = session([attribute + Self.line(seed: 1)], profile: "RTP/AVP")
        try send(0..<40, Protector(Self.suite, ssrc: Self.ssrc), into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(try run.only.samples(of: "PA") == SessionScript.ann.samples(0..<40))
        #expect(try messages(run, .srt021).isEmpty)
    }

    @Test("RTP/AVP with a=crypto that was not taken up is heard in clear")
    func notTakenUp() async throws {
        var session = session(["a=crypto:" + Self.line(seed: 1)], profile: "RTP/AVP")
        SessionScript.ann.send(0..<40, at: 500_000, into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(try run.only.samples(of: "PA") == SessionScript.ann.samples(0..<40))
    }

    @Test(
        "session parameters are refused, noted or kept with a finding",
        arguments: [(" KDR=1", Rule.srt013, false), (" UNAUTHENTICATED_SRTP", .srt013, false), (" WSH=128", .srt022, true), ("|2^4", .srt023, true)])
    func parameters(_ text: String, _ rule: Rule, _ isOpened: Bool) async throws {
        var session = session(["a=crypto:" + Self.line(seed: 1, Self.suite, text)])
        try send(0..<40, Protector(Self.suite, ssrc: Self.ssrc), into: &session.script)
        let run = await Reconstructed.run(session.script.pcap())
        #expect(try messages(run, rule).count == 1)
        #expect(try run.only.audio.isEmpty != isOpened)
    }
}
