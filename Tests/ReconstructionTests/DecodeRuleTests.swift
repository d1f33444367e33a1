import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// `--decode-as`.
struct DecodeRuleTests {
    @Test("rules are read as documented")
    func parsing() throws {
        let rule = try DecodeRule(parsing: "udp.port==5004,rtp:97=pcmu/8000")
        #expect(rule.port == 5004)
        guard case .codec(let type, let codec) = rule.kind else {
            Issue.record("\(rule.kind)")
            return
        }
        #expect(type == PayloadType(97))
        #expect("\(codec)".contains("PCMU"))
        #expect(try DecodeRule(parsing: "udp.port==5004,rtp").kind == .rtp)
        #expect(try DecodeRule(parsing: "udp.port==5070,sip").kind == .sip)
        #expect(try DecodeRule(parsing: "udp.port==5004,rtp:111=OPUS/48000/2").port == 5004)
    }

    @Test(
        "what can not be understood is explained with an example",
        arguments: [
            "", "rtp", "udp.port==5004", "udp.port=5004,rtp", "tcp.port==5004,sip", "udp.port==0,rtp", "udp.port==70000,rtp", "udp.port==5004,rtcp",
            "udp.port==5004,rtp:128=PCMU/8000", "udp.port==5004,rtp:97", "udp.port==5004,rtp:97=PCMU", "udp.port==5004,rtp:97=PCMU/0",
            "udp.port==5004,rtp:97=PCMU/8000/9", "udp.port==5004,rtp:97=NOSUCH/8000",
        ])
    func refusal(text: String) throws {
        let fault = try #require(throws: DecodeRule.Fault.self) { try DecodeRule(parsing: text) }
        #expect(fault.description.contains("for example udp.port==5004,rtp:96=OPUS/48000/2"))
    }

    private static func unsignalled(packets: Int) -> [UInt8] {
        var script = CaptureScript()
        var source = SessionScript.ann
        source.payloadType = 97
        source.send(0..<packets, at: 0, into: &script)
        return script.pcap()
    }

    @Test("a dynamic payload type without signalling is played once its codec is named")
    func unsignalledCodec() async throws {
        let octets = Self.unsignalled(packets: 50)
        let without = await Reconstructed.run(octets)
        #expect(without.recordings.allSatisfy { $0.audio.values.allSatisfy { !$0.parts.contains { $0.samples.contains { $0 != 0 } } } })
        var options = ReconstructionOptions()
        options.decodeAs = [try DecodeRule(parsing: "udp.port==6000,rtp:97=PCMU/8000")]
        let recording = try await Reconstructed.run(octets, options: options).only
        #expect(recording.audio.values.map(\.samples) == [SessionScript.ann.samples(0..<50)])
        #expect(try recording.sidecar.provenance.options["decode-as"] == .list(["udp.port==6000,rtp:97=PCMU/8000"]))
    }

    @Test("a codec that was negotiated wrong is overruled")
    func overruled() async throws {
        var session = SessionScript()
        session.open(ports: 1, extra: ["a=rtpmap:97 L16/44100"])
        var source = SessionScript.ann
        source.payloadType = 97
        source.send(0..<50, at: 500_000, into: &session.script)
        var options = ReconstructionOptions()
        options.decodeAs = [try DecodeRule(parsing: "udp.port==6000,rtp:97=PCMU/8000")]
        let recording = try await Reconstructed.run([MemoryInput(session.script.pcap())], options: options).only
        #expect(try recording.samples(of: "PA") == SessionScript.ann.samples(0..<50))
    }

    @Test("few packets are media where the user says so")
    func fewPackets() async throws {
        let octets = Self.unsignalled(packets: 6)
        #expect(await Reconstructed.run(octets).recordings.isEmpty)
        var options = ReconstructionOptions()
        options.decodeAs = [try DecodeRule(parsing: "udp.port==4000,rtp:97=PCMU/8000")]
        #expect(await Reconstructed.run(octets, options: options).recordings.count == 1)
    }
}
