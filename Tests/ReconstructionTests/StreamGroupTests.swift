import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import TestSupport
import Testing

/// Streams that a session description ties together: parity and retransmissions on a line of their own, and the same packets twice.
struct StreamGroupTests {
    private static let ann = SessionScript.ann
    private static let bob = SessionScript.bob
    private static let lost: Set = [20, 21, 50]
    private static let spare = (from: Socket(0xC000_0201, 4010), to: Socket(0xC000_0202, 6010))

    /// Lines for Ann (mid 1), Bob (mid 2) and a third (mid 3) of `format`; `group` ties lines, `own` is added to Ann's.
    private static func session(group: String?, third: [String]?, own: [String] = [], _ send: (inout CaptureScript) -> Void) -> CaptureScript {
        func description(_ address: String, ports: [Int], direction: String) -> String {
            var lines = ["v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0"]
            if let group { lines.append("a=group:\(group)") }
            for (index, port) in ports.enumerated() where index < 2 || third != nil {
                let formats = index < 2 ? [index == 0 && !own.isEmpty ? "0 98" : "0", "a=rtpmap:0 PCMU/8000"] : third ?? []
                lines += ["m=audio \(port) RTP/AVP \(formats[0])"] + formats.dropFirst() + ["a=\(direction)", "a=mid:\(index + 1)"]
                if index < 2 { lines.append("a=label:\(index + 1)") }
                if index == 0 { lines += own }
            }
            return lines.joined(separator: "\r\n") + "\r\n"
        }
        var session = SessionScript()
        session.sip.open(
            0, offer: description("192.0.2.1", ports: [4000, 4002, 4010], direction: "sendonly"),
            answer: description("192.0.2.2", ports: [6000, 6002, 6010], direction: "recvonly"), metadata: SIPScript.annAndBob, into: &session.script)
        send(&session.script)
        bob.send(0..<100, at: 500_000, into: &session.script)
        session.sip.close(4_000_000, into: &session.script)
        return session.script
    }

    private static func annWithLoss(_ script: inout CaptureScript) { ann.send(0..<100, at: 500_000, without: lost, into: &script) }

    /// A packet of parity behind every two of Ann's, on the third line.
    private static func parity(_ script: inout CaptureScript) {
        for number in stride(from: 2, to: 100, by: 2) {
            let parity = RepairTests.parity([ann.packet(number - 1), ann.packet(number)])
            let head: [UInt8] = [0x80, 98] + CaptureScript.be16(3000 + number / 2) + ann.packet(number)[4..<8] + CaptureScript.be32(0xFEC)
            script.datagram(501_000 + 20_000 * number, from: spare.from, to: spare.to, head + parity)
        }
    }

    private static let parityLine = ["98", "a=rtpmap:98 ulpfec/8000"]

    private func check(_ script: CaptureScript, _ path: KeyPath<FlowRecord.Recovered, Int?>) async throws {
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(try recording.samples(of: "PA") == Self.ann.samples(0..<100))
        #expect(try recording.samples(of: "PB") == Self.bob.samples(0..<100))
        let streams = try recording.sidecar.streams
        #expect(streams.count == 2)
        let flow = try #require(streams.first { $0.label == "1" }?.flows.first { $0.ssrc.lowercased() == "0x0000000a" })
        #expect(flow.recovered?[keyPath: path] == 3)
        #expect(flow.lost == 0 && streams.allSatisfy(\.gaps.isEmpty))
        #expect(!run.plan.findings.sorted.contains { [.mat004, .rtp003].contains($0.rule) })
    }

    @Test(arguments: ["FEC-FR 1 3", "FEC 1 3", "FEC-FR 3 1"]) func parityOnALineOfItsOwn(group: String) async throws {
        try await check(
            Self.session(group: group, third: Self.parityLine) {
                Self.annWithLoss(&$0)
                Self.parity(&$0)
            }, \.parity)
    }

    @Test func retransmissionsOnALineOfTheirOwn() async throws {
        let script = Self.session(group: "FID 1 3", third: ["97", "a=rtpmap:97 rtx/8000", "a=fmtp:97 apt=0;rtx-time=200"]) { script in
            Self.annWithLoss(&script)
            for number in Self.lost {
                let original = Self.ann.packet(number)
                let packet: [UInt8] =
                    [0x80, 97] + CaptureScript.be16(7000 + number) + original[4..<8] + CaptureScript.be32(0xAA) + original[2..<4] + original[12...]
                script.datagram(600_000 + 20_000 * number, from: Self.spare.from, to: Self.spare.to, packet)
            }
        }
        try await check(script, \.retransmission)
    }

    /// Without a group, or with one that says nothing of repair, whose packets the parity protects is not said: it restores none.
    @Test(arguments: [nil, "LS 1 3", "FEC-FR 2 3"]) func parityThatNothingTiesRestoresNothing(group: String?) async throws {
        let script = Self.session(group: group, third: Self.parityLine) {
            Self.annWithLoss(&$0)
            Self.parity(&$0)
        }
        let recording = try await Reconstructed.run(script.pcap()).only
        let ann = try #require(try recording.sidecar.streams.first { $0.label == "1" })
        #expect(ann.flows.allSatisfy { $0.recovered == nil })
        #expect(ann.gaps.map(\.packets) == [2, 1])
        #expect(try recording.samples(of: "PB") == Self.bob.samples(0..<100))
    }

    /// Two sources of one line with parity for one of them: `a=ssrc-group` says for which.
    @Test func parityIsOfTheSourceThatTheGroupNames() async throws {
        let own = ["a=rtpmap:98 ulpfec/8000", "a=ssrc:10 cname:a", "a=ssrc:4076 cname:a", "a=ssrc-group:FEC-FR 10 4076"]
        var script = Self.session(group: nil, third: nil, own: own) { script in
            Self.annWithLoss(&script)
            for number in stride(from: 2, to: 100, by: 2) {
                let parity = RepairTests.parity([Self.ann.packet(number - 1), Self.ann.packet(number)])
                let head: [UInt8] = [0x80, 98] + CaptureScript.be16(3000 + number / 2) + Self.ann.packet(number)[4..<8] + CaptureScript.be32(0xFEC)
                script.datagram(501_000 + 20_000 * number, from: Self.ann.source, to: Self.ann.destination, head + parity)
            }
        }
        // A second source with the same numbers, later: parity that is not its own must not touch it.
        var other = Self.ann
        other.ssrc = 0x77
        other.firstTimestamp &+= 400_000
        other.send(0..<20, at: 2_700_000, without: [5], into: &script)
        let recording = try await Reconstructed.run(script.pcap()).only
        let flows = try #require(try recording.sidecar.streams.first { $0.label == "1" }).flows
        #expect(flows.first { $0.ssrc.hasSuffix("0a") || $0.ssrc.hasSuffix("0A") }?.recovered?.parity == 3)
        #expect(flows.first { $0.ssrc.hasSuffix("77") }?.lost == 1)
    }

    // MARK: duplicates

    private static func duplicate(_ number: Int, ssrc: UInt32) -> [UInt8] {
        var copy = ann
        copy.ssrc = ssrc
        return copy.packet(number)
    }

    private func checkTwins(_ script: CaptureScript) async throws {
        let run = await Reconstructed.run(script.pcap())
        let recording = try run.only
        #expect(try recording.samples(of: "PA") == Self.ann.samples(0..<100))
        let stream = try #require(try recording.sidecar.streams.first { $0.label == "1" })
        #expect(stream.gaps.isEmpty && stream.flows.count == 1)
        #expect(stream.flows.first?.twins?.count == 1)
        #expect(try recording.sidecar.files.count { $0.sampleRate != nil } == 2)
        #expect(run.plan.findings.sorted.contains { $0.rule == .mat012 })
        #expect(!run.plan.findings.sorted.contains { $0.rule == .rtp003 })
    }

    /// Both lose packets, never the same; the second comes `delay` later (RFC 7197).
    @Test(arguments: [0, 100_000, 400_000]) func duplicatesOfAnotherSource(delay: Int) async throws {
        let own = ["a=ssrc:10 cname:a", "a=ssrc:11 cname:a", "a=ssrc-group:DUP 10 11"]
        try await checkTwins(
            Self.session(group: nil, third: nil, own: own) { script in
                Self.annWithLoss(&script)
                for number in 0..<100 where ![4, 30, 31].contains(number) {
                    script.datagram(
                        500_300 + delay + 20_000 * number, from: Self.ann.source, to: Self.ann.destination, Self.duplicate(number, ssrc: 11))
                }
            })
    }

    @Test(arguments: [UInt32(0xA), 0x5555]) func duplicatesOnALineOfTheirOwn(ssrc: UInt32) async throws {
        try await checkTwins(
            Self.session(group: "DUP 1 3", third: ["0", "a=rtpmap:0 PCMU/8000"]) { script in
                Self.annWithLoss(&script)
                for number in 0..<100 where ![4, 30, 31].contains(number) {
                    script.datagram(550_000 + 20_000 * number, from: Self.spare.from, to: Self.spare.to, Self.duplicate(number, ssrc: ssrc))
                }
            })
    }
}
