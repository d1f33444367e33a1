import CaptureSurvey
import Evidence
import Foundation
import PacketInput
import RecordingPlan
import TestSupport
import Testing

/// `a=fingerprint` and `a=setup` against the handshake that was recorded between OpenSSL's client and server.
struct HandshakeCheckTests {
    private struct Handshake {
        var datagrams: [(isClient: Bool, octets: [UInt8])] = []
        var fingerprint = ""

        init() throws {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            let text = try String(contentsOf: root.appendingPathComponent("TLSDecryptionTests/Fixtures/dtls12-sha80.txt"), encoding: .utf8)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ", maxSplits: 1)
                switch words[0] {
                case "fingerprint": fingerprint = String(words[1])
                case ">", "<": datagrams.append((words[0] == ">", try #require(Hex.decode(words[1]))))
                default: continue
                }
            }
            try #require(!datagrams.isEmpty && fingerprint.count == 64)
        }
    }

    /// Ann's stream with the handshake before it; she is the DTLS server unless `isClient`.
    private func rules(fingerprint: (String) -> String, hash: String = "sha-256", setup: (offer: String, answer: String), isClient: Bool = false) async throws
        -> [String]
    {
        let handshake = try Handshake()
        var session = SessionScript()
        let digest = fingerprint(handshake.fingerprint)
        let pairs = stride(from: 0, to: digest.count, by: 2).map { digest.dropFirst($0).prefix(2).uppercased() }.joined(separator: ":")
        session.sip.open(
            0,
            offer: SIPScript.description(
                "192.0.2.1", ports: [4000], direction: "sendonly", labels: true, profile: "UDP/TLS/RTP/SAVP",
                extra: ["a=setup:\(setup.offer)", "a=fingerprint:\(hash) \(pairs)"]),
            answer: SIPScript.description(
                "192.0.2.2", ports: [6000], direction: "recvonly", profile: "UDP/TLS/RTP/SAVP", extra: ["a=setup:\(setup.answer)"]),
            metadata: SIPScript.annAndBob, into: &session.script)
        for (number, datagram) in handshake.datagrams.enumerated() {
            let isAnn = datagram.isClient == isClient
            let (from, to) = isAnn ? (SessionScript.ann.source, SessionScript.ann.destination) : (SessionScript.ann.destination, SessionScript.ann.source)
            session.script.datagram(200_000 + number * 1000, from: from, to: to, datagram.octets)
        }
        var random = SeededRandom(seed: 3)
        for number in 0..<20 {
            let head = SessionScript.ann.packet(number).prefix(12)
            session.script.datagram(500_000 + number * 20_000, from: SessionScript.ann.source, to: SessionScript.ann.destination, head + random.bytes(170))
        }
        let run = await Reconstructed.run(session.script.pcap())
        return run.plan.findings.sorted.map(\.rule.code).filter { ["SRT019", "SRT020", "SRT002"].contains($0) }.sorted()
    }

    @Test("a certificate that was announced, and roles as agreed, are no finding")
    func matching() async throws {
        #expect(try await rules(fingerprint: { $0 }, setup: ("actpass", "active")) == ["SRT002"])
        #expect(try await rules(fingerprint: { $0 }, setup: ("passive", "active")) == ["SRT002"])
    }

    @Test("another certificate than announced is told")
    func otherCertificate() async throws {
        #expect(try await rules(fingerprint: { "00" + $0.dropFirst(2) }, setup: ("actpass", "active")) == ["SRT002", "SRT019"])
    }

    @Test("a hash that is not known says nothing of the certificate")
    func unknownHash() async throws {
        #expect(try await rules(fingerprint: { "00" + $0.dropFirst(2) }, hash: "md2", setup: ("actpass", "active")) == ["SRT002"])
    }

    @Test("roles other than agreed are told")
    func otherRoles() async throws {
        #expect(try await rules(fingerprint: { $0 }, setup: ("actpass", "passive")) == ["SRT002", "SRT020", "SRT020"])
        // Without a choice in the answer nothing was agreed.
        #expect(try await rules(fingerprint: { $0 }, setup: ("actpass", "actpass")) == ["SRT002"])
    }
}
