import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RTPSyntax
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import TestSupport
import Testing

/// `RTP`, `PLY`, `AUD`: packets and what is heard of them.
extension RuleFixture {
    static let rtp: [RuleFixture] = [
        // The padding bit, and 255 octets of padding in a packet of 172.
        RuleFixture(.rtp001, frame: 44) { scene in
            scene.ann[20].octets[0] |= 0x20
            scene.ann[20].octets[171] = 0xFF
        },
        // A receiver report that claims a block which is not there.
        RuleFixture(.rtp001, "RTCP", frame: 4, raises: { $0.addReport(blocks: 1) }, silent: { $0.addReport(blocks: 0) }),
        RuleFixture(.rtp002, frame: 4) { scene in for index in scene.ann.indices { scene.ann[index].payloadType = 8 } },
        RuleFixture(
            .rtp003, frame: 54, raises: { scene in for index in 25..<50 { scene.ann[index].ssrc = 0xC } }),
        RuleFixture(
            .rtp006, frame: 4,
            raises: { scene in
                for index in scene.ann.indices { scene.ann[index].identification = 2 * index }
                scene.ann += scene.ann.map { packet in
                    var again = packet.later(by: 30)
                    again.identification += 1
                    return again
                }
            },
            silent: { scene in scene.ann += scene.ann.map { $0.later(by: 30) } }),
        RuleFixture(
            .rtp007, frame: 4, raises: { $0.speakLong() },
            silent: { scene in
                scene.speakLong()
                for (shift, ssrc) in [(0, UInt32(0xA)), (2, 0xB)] {
                    let report = [0x80, 201, 0, 1] + CaptureScript.be32(ssrc) + [0x81, 202, 0, 2] + CaptureScript.be32(ssrc) + [1, 1, 0x61, 0]
                    scene.beside.datagram(
                        5_000_000, from: Socket(0xC000_0201, UInt16(4001 + shift)), to: Socket(0xC000_0202, UInt16(6001 + shift)), report)
                }
            }),
        // Two senders with one SSRC: their numbers are far apart.
        RuleFixture(.rtp008, frame: 4) { scene in for index in scene.ann.indices where index % 2 == 1 { scene.ann[index].sequence &+= 20_000 } },
    ]

    static let playout: [RuleFixture] = [
        RuleFixture(.ply001) { $0.ann.removeSubrange(20..<25) },
        RuleFixture(.ply002) { scene in
            for index in 25..<50 {
                scene.ann[index].sequence &+= 9000
                scene.ann[index].timestamp &+= 400_000_000
            }
        },
        // Timestamps that go on although the sender was silent for five seconds.
        RuleFixture(
            .ply003,
            raises: { scene in
                for index in 25..<50 { scene.ann[index].microseconds += 5_000_000 }
                scene.end(at: 8)
            },
            silent: { scene in
                for index in 25..<50 {
                    scene.ann[index].microseconds += 5_000_000
                    scene.ann[index].timestamp += 40_000
                }
                scene.end(at: 8)
            }),
        RuleFixture(
            .ply004,
            raises: { scene in
                scene.speakLong()
                scene.ann[20].microseconds += 1_600_000
            },
            silent: { scene in
                scene.speakLong()
                scene.ann[20].microseconds += 600_000
            }),
        // Each packet of 20 ms is followed 10 ms later by the next timestamp.
        RuleFixture(.ply005) { scene in for index in 25..<50 { scene.ann[index].timestamp -= 80 } },
        RuleFixture(
            .ply006,
            raises: { scene in
                scene.options.limits.gapSeconds = 1
                scene.pause(seconds: 5)
            },
            silent: { $0.pause(seconds: 5) }),
        // Ann speaks for four seconds; Bob's packets end before, and no signalling says why.
        RuleFixture(
            .ply007,
            raises: { scene in
                scene.ann = ScenePacket.speech(Scene.annSource, 0..<200)
                scene.end(at: 5)
            },
            silent: { scene in
                scene.ann = ScenePacket.speech(Scene.annSource, 0..<200)
                scene.bob = ScenePacket.speech(Scene.bobSource, 0..<150)
                scene.end(at: 5)
            }),
        RuleFixture(
            .ply008, of: opus,
            raises: { scene in
                scene.options.concealment = .plc
                scene.ann.remove(at: 20)
            },
            silent: { $0.ann.remove(at: 20) }),
        // PCMU of 20 ms whose timestamps count 16 000 a second.
        RuleFixture(.ply009) { scene in for index in scene.ann.indices { scene.ann[index].timestamp = UInt32(index) * 320 } },
        RuleFixture(.ply010) { scene in for index in scene.ann.indices { scene.ann[index].timestamp = 77 } },
    ]

    static let audio: [RuleFixture] = [
        RuleFixture(
            .aud001, raises: { $0.code("VMR-WB/16000", step: 320, payload: [UInt8](repeating: 7, count: 40)) },
            silent: { $0.code("L16/8000", step: 160, payload: [UInt8](repeating: 7, count: 320)) }),
        RuleFixture(
            .aud002, of: opus, frame: 44,
            // Code 3 of RFC 6716 section 3.2.5 with no frame.
            raises: { $0.ann[20].payload = [0xFF, 0x00] }),
        RuleFixture(.aud003, of: Scene.unsignalled) { scene in
            for index in scene.ann.indices {
                scene.ann[index].payloadType = 97
                scene.ann[index].payload = Array(scene.ann[index].payload.prefix(33 + index % 5))
            }
        },
        RuleFixture(
            .aud004, of: Scene.unsignalled, frame: 1,
            raises: { scene in
                for index in scene.ann.indices {
                    scene.ann[index].payloadType = 111
                    scene.ann[index].timestamp = UInt32(index) * 960
                    scene.ann[index].payload = [0xF8, 0xFF, 0xFE]
                }
            }),
        RuleFixture(
            .aud005, frame: 4, raises: { $0.code("G726-40/8000", step: 160, payload: adaptive) },
            silent: { $0.code("AAL2-G726-40/8000", step: 160, payload: adaptive) }),
        RuleFixture(
            .aud010, "storage", frame: 4, raises: { $0.code("AMR/8000", step: 160, payload: [0x3C] + fullRate) },
            silent: { $0.code("AMR/8000\na=fmtp:97 octet-align=1", step: 160, payload: [0xF0, 0x3C] + fullRate) }),
        RuleFixture(
            .aud010, "alignment", frame: 4, raises: { $0.code("AMR/8000", step: 160, payload: [0xF0, 0x3C] + fullRate) },
            silent: { $0.code("AMR/8000\na=fmtp:97 octet-align=1", step: 160, payload: [0xF0, 0x3C] + fullRate) }),
        RuleFixture(
            .aud010, "byte order", frame: 4, raises: { $0.code("L16/8000", step: 160, payload: ramp.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) },
            silent: { $0.code("L16/8000", step: 160, payload: ramp.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) }),
    ]

    /// Speech of AMR at 12.2 kbit/s: any bits will do.
    private static let fullRate = [UInt8](repeating: 0x5A, count: 30) + [0x50]
    /// A slow wave of positive samples.
    private static let ramp: [Int] = (0..<160).map { 1000 + 40 * min($0, 160 - $0) }

    /// 500 Hz by ffmpeg's encoder of G.726 at 40 kbit/s, high bits first.
    private static let adaptive: [UInt8] =
        Hex.decode(
            "fadef73125d5695be35e194e73189feeb39ceb7f194c63149feeb39cef9f114c63147feef3acebbf110c63109ff6f59d6bbe110c531441f6b5aceb9ff948631063e7"
                + "75acf37ff8ca529461ff35ad6bbdf908530cbfff37ad6b7ff8ca429461ff75bd6f7f") ?? []

    private static let opus: @Sendable () -> Scene = {
        var scene = Scene()
        scene.code("opus/48000/2", step: 960, payload: [0xF8, 0xFF, 0xFE])
        return scene
    }
}

extension Scene {
    /// Ann's packets are of this encoding.
    mutating func code(_ encoding: String, step: UInt32, payload: [UInt8]) {
        invite.replace("m=audio 4000 RTP/AVP 0\na=rtpmap:0 PCMU/8000", "m=audio 4000 RTP/AVP 97\na=rtpmap:97 \(encoding)")
        ok.replace("m=audio 6000 RTP/AVP 0\na=rtpmap:0 PCMU/8000", "m=audio 6000 RTP/AVP 97\na=rtpmap:97 \(encoding)")
        for index in ann.indices {
            ann[index].payloadType = 97
            ann[index].timestamp = UInt32(index) * step
            ann[index].payload = payload
        }
    }

    /// A receiver report of Ann's, beside her media.
    mutating func addReport(blocks: UInt8) {
        beside.datagram(450_000, from: Socket(0xC000_0201, 4001), to: Socket(0xC000_0202, 6001), [0x80 | blocks, 201, 0, 1, 0, 0, 0, 0xA])
    }

    /// Half a minute and two seconds.
    mutating func speakLong() {
        ann = ScenePacket.speech(Self.annSource, 0..<1600)
        bob = ScenePacket.speech(Self.bobSource, 0..<1600, from: 0.505)
        end(at: 40)
    }

    /// Ann is silent in the middle; a marker and her timestamps tell of it.
    mutating func pause(seconds: Int) {
        for index in 25..<50 {
            ann[index].microseconds += seconds * 1_000_000
            ann[index].timestamp += UInt32(seconds * 8000)
        }
        end(at: Double(3 + seconds))
    }
}
