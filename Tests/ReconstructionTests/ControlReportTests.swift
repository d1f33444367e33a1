import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// What is kept of reports, and what is told before anything is rendered.
struct ControlReportTests {
    @Test("a key of the signalling that opens nothing is told without rendering, and once where all is rendered") func foreseen() async throws {
        var scene = try Scene.secured()
        #expect(await scene.run().plan.foreseen.isEmpty)
        scene.invite.replace(Scene.master(1), Scene.master(2))
        let run = await scene.run()
        #expect(run.plan.foreseen.sorted.map(\.rule.code) == ["SRT001"])
        #expect(run.findings.filter { $0.rule.code == "SRT001" }.count == 1)
        let report = CheckReport(survey: run.survey, plan: run.plan, filter: FindingFilter(selected: ["SRT001"], ignored: []))
        #expect(report.totals.errors == 1)
    }

    @Test("reports of a receiver are read under SRTCP with the receiver's own key", arguments: [9, 8] as [UInt64]) func secured(_ seed: UInt64) async throws {
        var scene = try Scene.secured()
        scene.ann.removeSubrange(20..<25)
        let receiver = try Protector(.AES_CM_128_HMAC_SHA1_80, seed: seed, ssrc: 0xF)
        let report = try receiver.protectRTCP(RTCPPart.receiver(0xF, of: 0xA, highest: 1049, lost: 0))
        scene.report(Report(from: 6001, to: 4001, isByServer: true, parts: [report]), at: 1.9)
        #expect(await scene.run().codes.contains("CAP017") == (seed == 9))
    }

    @Test("why a stream has no packet", arguments: ["never sent", "count 10 packets", "wrong port", "no media from its host"]) func absent(_ why: String)
        async throws
    {
        var scene = Scene()
        let lost = scene.bob
        scene.bob = []
        switch why {
        case "count 10 packets": scene.report(.bobSender(name: "bob@host.test"), at: 0.7)
        case "wrong port":
            scene.bob = lost.map { packet in
                var packet = packet
                (packet.source, packet.destination) = (Socket(0xC000_0201, 4444), Socket(0xC000_0202, 6666))
                return packet
            }
        case "no media from its host": scene.ann = []
        default: break
        }
        let message = await scene.run().findings.first { $0.rule.code == "FLW001" && $0.subject.stream == "2" }?.message
        #expect(try #require(message).contains(why))
    }

    @Test("of many reports a part is kept, with the last one") func thinned() async throws {
        var scene = Scene()
        scene.ann = ScenePacket.speech(Scene.annSource, 0..<2500)
        scene.bob = []
        scene.end(at: 60)
        for number in 0..<999 { scene.report(.annReceiver(highest: UInt32(1000 + number), lost: 0), at: 0.6 + Double(number) * 0.05) }
        let trace = try #require(await scene.run().plan.recordings.first?.streams.first?.flows.first?.reception?.trace)
        #expect(trace.reports.count < 256 && trace.reports.count > 100)
        #expect(trace.reports.last?.highest == 1998)
        #expect(zip(trace.reports, trace.reports.dropFirst()).allSatisfy { $0.time < $1.time })
    }
}
