import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// The same call, however its packets were wrapped, makes the same audio.
struct EncapsulationTests {
    private typealias Session = SessionScript
    private let script = Session.plain(packets: 8)

    private func audio(_ octets: [UInt8]) async throws -> [String: MemoryAudio] { try await Reconstructed.run(octets).only.audio }

    @Test(.timeLimit(.minutes(2))) func everyEncapsulationGivesTheAudioOfThePlainCapture() async throws {
        let plain = try await audio(script.pcap())
        try #require(plain.count == 2)
        for link in Encapsulations.links {
            #expect(try await audio(script.pcap(linkType: link.type) { packet, _ in [link.wrap(packet)] }) == plain, "\(link.name)")
        }
        for tunnel in Encapsulations.tunnels {
            let octets = script.pcap(linkType: 1) { packet, _ in [Encapsulations.ethernet(0x0800, tunnel.wrap(packet))] }
            #expect(try await audio(octets) == plain, "\(tunnel.name)")
        }
    }

    @Test func capturedMessagesGiveTheAudioOfThePlainCapture() async throws {
        let plain = try await audio(script.pcap())
        #expect(try await audio(script.pcap(linkType: 252) { packet, _ in [Encapsulations.exported(packet)] }) == plain)
        for version in UInt8(1)...2 {
            let octets = script.pcap(linkType: 101) { packet, _ in [Encapsulations.udp(to: 9060, Encapsulations.hep(version, packet))] }
            #expect(try await audio(octets) == plain, "HEP \(version)")
        }
    }

    /// The agent's time is that of the packet, whenever its copy reached the collector.
    @Test func theTimeOfTheAgentCounts() async throws {
        let plain = try await Reconstructed.run(script.pcap()).only
        let octets = script.pcap(linkType: 101) { packet, frame in
            let seconds = CaptureScript.epoch + frame.microseconds / 1_000_000
            return [Encapsulations.udp(to: 9060, Encapsulations.hep3(packet, seconds: seconds - 3600, microseconds: frame.microseconds % 1_000_000))]
        }
        let copied = try await Reconstructed.run(octets).only
        #expect(copied.audio.mapValues(\.samples) == plain.audio.mapValues(\.samples))
        #expect(try plain.sidecar.start == "2026-01-01T00:00:00.500000000Z")
        #expect(try copied.sidecar.start == "2025-12-31T23:00:00.500000000Z")
    }

    /// Fragments of the packet inside a tunnel, and of the tunnel's own packets, and both.
    @Test func fragmentsInsideAndOutsideOfTunnelsAreJoined() async throws {
        let plain = try await audio(script.pcap())
        var identification = 0
        func fragments(_ packet: [UInt8], of size: Int) -> [[UInt8]] {
            identification = (identification + 1) & 0xFFFF
            let body = Array(packet[20...])
            return stride(from: 0, to: body.count, by: size).map { start in
                let part = Array(body[start..<min(body.count, start + size)])
                let more = start + size < body.count ? 0x2000 : 0
                let total = Encapsulations.be16(20 + part.count)
                return [0x45, 0] + total + Encapsulations.be16(identification) + Encapsulations.be16(more | start / 8) + packet[8..<20] + part
            }
        }
        let tunnel: ([UInt8]) -> [UInt8] = { Encapsulations.udp(to: 4789, [8, 0, 0, 0, 0, 0, 9, 0] + Encapsulations.ethernet(0x0800, $0)) }
        let inside = script.pcap(linkType: 101) { packet, _ in fragments(packet, of: 96).map(tunnel) }
        #expect(try await audio(inside) == plain, "inside")
        let outside = script.pcap(linkType: 101) { packet, _ in fragments(tunnel(packet), of: 96) }
        #expect(try await audio(outside) == plain, "outside")
        let both = script.pcap(linkType: 101) { packet, _ in fragments(packet, of: 96).flatMap { fragments(tunnel($0), of: 80) } }
        #expect(try await audio(both) == plain, "both")
    }

    @Test func whatCanNotBeReadIsNamed() async {
        let run = await Reconstructed.run(
            script.pcap(linkType: 101) { packet, frame in
                var deep = packet
                for _ in 0..<20 { deep = Encapsulations.ipv4(4, deep) }
                return [packet, deep, Encapsulations.ipv4(50, [UInt8](repeating: 9, count: 60))]
            })
        #expect(run.recordings.count == 1)
        let rules = Set(run.survey.findings.sorted.map(\.rule.code))
        #expect(rules.isSuperset(of: ["NET011", "NET012"]), "\(rules)")
        let wireless = await Reconstructed.run(
            script.pcap(linkType: 105) { packet, _ in [[8, 0x41] + [UInt8](repeating: 0, count: 22) + packet.map { $0 ^ 0x5C }] })
        #expect(wireless.survey.findings.sorted.map(\.rule.code) == ["NET013"])
    }
}
