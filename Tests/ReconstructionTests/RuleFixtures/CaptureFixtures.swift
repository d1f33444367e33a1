import CaptureFormat
import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import TestSupport
import Testing

/// `CAP`: the file itself.
extension RuleFixture {
    /// A frame of Ann's that is shorter than it says, captured as if it were whole.
    private static func shortFrame(by octets: Int) -> [UInt8] {
        var script = CaptureScript()
        script.datagram(0, from: Scene.annSource.source, to: Scene.annSource.destination, Scene.annSource.packet(0))
        return Array(script.frames[0].octets.dropLast(octets))
    }

    static let capture: [RuleFixture] = [
        RuleFixture(.cap001) { $0.writeFile { Array($0.dropLast(7)) } },
        // The length that a record claims, four octets behind its time.
        RuleFixture(.cap002) { $0.writeFile { $0.replacing(at: 24 + 8, with: [0xFF, 0xFF, 0xFF, 0x7F]) } },
        RuleFixture(
            .cap003, frame: 5,
            raises: { $0.beside.datagram(501_000, from: Scene.annSource.source, to: Scene.annSource.destination, Scene.annSource.packet(0), kept: 60) },
            silent: { $0.beside.datagram(501_000, from: Scene.annSource.source, to: Scene.annSource.destination, Scene.annSource.packet(0)) }),
        RuleFixture(
            .cap040, frame: 5, raises: { $0.beside.add(shortFrame(by: 8), at: 501_000) }, silent: { $0.beside.add(shortFrame(by: 0), at: 501_000) }),
        RuleFixture(.cap004, of: blocks, frame: 1, raises: { $0.writeBlocks(interface: 3) }),
        RuleFixture(
            .cap005, of: blocks, raises: { $0.writeBlocks(after: Blocks.statistics(dropped: 4)) },
            silent: { $0.writeBlocks(after: Blocks.statistics(dropped: 0)) }),
        // Two files' frames one behind the other, the later ones first.
        RuleFixture(.cap006, frame: 48) { scene in
            scene.write = { script in
                let later = script.pcap { $0 >= 60 }
                return [MemoryInput(script.pcap { $0 < 2 } + later.dropFirst(24) + script.pcap { (2..<60).contains($0) }.dropFirst(24))]
            }
            scene.end(at: 4)
            for index in 25..<50 {
                scene.ann[index].microseconds += 2_000_000
                scene.bob[index].microseconds += 2_000_000
            }
        },
        RuleFixture(.cap007) { $0.write = { _ in [MemoryInput(Array("This is a letter, not a capture.\n".utf8))] } },
        RuleFixture(
            .cap008, of: blocks, frame: 106,
            raises: { $0.writeBlocks(after: Blocks.block(3, Blocks.le32(60) + [UInt8](repeating: 0, count: 60))) }),
        RuleFixture(.cap009) { $0.writeFile { $0.replacing(at: 4, with: [9, 0]) } },
        RuleFixture(
            .cap010, of: blocks, raises: { $0.writeBlocks(after: Array(repeating: Blocks.interface, count: 65_536).flatMap(\.self)) },
            silent: { $0.writeBlocks(after: Blocks.interface) }),
        RuleFixture(
            .cap011, of: blocks, raises: { $0.writeBlocks(after: Blocks.secrets(0x5353_484B)) },
            silent: { $0.writeBlocks(after: Blocks.secrets(0x544C_534B)) }),
        RuleFixture(
            .cap012, raises: { $0.write = { [MemoryInput($0.pcap(), failsAt: 4000)] } },
            silent: { $0.write = { [MemoryInput($0.pcap(), failsAt: .max)] } }),
        RuleFixture(.cap013, of: blocks, raises: { $0.writeBlocks(section: Blocks.section(Blocks.comment("the customer complains of one-way audio"))) }),
        RuleFixture(.cap014, raises: { $0.options.filter = SceneFilter(refuses: true) }, silent: { $0.options.filter = SceneFilter(refuses: false) }),
        RuleFixture(.cap015) { scene in
            scene.write = { _ in
                let message = "2026-01-01 00:00:00.000000 U 192.0.2.1:5060 -> 192.0.2.2:5060\nOPTIONS sip:a@b SIP/2.0\nCall-ID: x\n\n"
                return [MemoryInput(Array(message.utf8), name: "sip.log")]
            }
        },
        // A billion and one nanoseconds.
        RuleFixture(.cap016, frame: 1) { $0.writeFile { $0.replacing(at: 24 + 4, with: CaptureScript.le32(1_000_000_001)) } },
        RuleFixture(
            .cap018, frame: 60, raises: { $0.writeFile { ClockStepTests.stepped($0, by: -20, after: 59) } },
            silent: { $0.writeFile { ClockStepTests.stepped($0, by: 0, after: 59) } }),
        // A mirror port shows a packet before and behind a switch.
        RuleFixture(
            .cap030, frame: 4,
            raises: { scene in scene.ann += scene.ann.map { $0.later(by: 30) } },
            silent: { scene in
                for index in scene.ann.indices { scene.ann[index].identification = 2 * index }
                scene.ann += scene.ann.map { packet in
                    var again = packet.later(by: 30)
                    again.identification += 1
                    return again
                }
            }),
        RuleFixture(
            .cap031, raises: { $0.writeTwice(clockBehind: 700_000) }, silent: { $0.writeTwice(clockBehind: 40) }),
    ]

    private static let blocks: @Sendable () -> Scene = {
        var scene = Scene()
        scene.writeBlocks()
        return scene
    }
}

/// A filter that takes every packet, or can not be compiled for the link type.
private struct SceneFilter: FrameFilter {
    let refuses: Bool
    let expression = "udp"
    var refusals: [(linkType: UInt32, reason: String)] { refuses ? [(1, "no such link")] : [] }
    func accepts(_ bytes: RawSpan, linkType: UInt32, originalLength: Int) -> Bool { true }
}

/// The blocks of a pcapng file, little-endian.
enum Blocks {
    static func le32(_ value: Int) -> [UInt8] { CaptureScript.le32(value) }
    static func le16(_ value: Int) -> [UInt8] { Array(le32(value).prefix(2)) }

    static func block(_ type: UInt32, _ body: [UInt8]) -> [UInt8] {
        let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        let length = le32(padded.count + 12)
        return le32(Int(type)) + length + padded + length
    }

    static func section(_ options: [UInt8] = []) -> [UInt8] {
        block(0x0A0D_0D0A, le32(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8) + options)
    }

    static let interface = block(1, [1, 0, 0, 0] + le32(65535))

    static func packet(_ frame: CaptureScript.Frame, interface: Int) -> [UInt8] {
        let microseconds = CaptureScript.epoch * 1_000_000 + frame.microseconds
        let lengths = le32(frame.octets.count) + le32(frame.original)
        return block(6, le32(interface) + le32(microseconds >> 32) + le32(microseconds & 0xFFFF_FFFF) + lengths + frame.octets)
    }

    static func comment(_ text: String) -> [UInt8] {
        let octets = Array(text.utf8)
        return le16(1) + le16(octets.count) + octets + [UInt8](repeating: 0, count: (4 - octets.count % 4) % 4) + [0, 0, 0, 0]
    }

    /// Of the first interface: what the operating system dropped.
    static func statistics(dropped: Int) -> [UInt8] {
        block(5, [UInt8](repeating: 0, count: 12) + le16(5) + le16(8) + le32(dropped) + le32(0) + le32(0))
    }

    static func secrets(_ type: UInt32) -> [UInt8] { block(10, le32(Int(type)) + le32(4) + Array("#abc".utf8)) }
}

extension Scene {
    mutating func writeFile(_ change: @escaping @Sendable ([UInt8]) -> [UInt8]) { write = { [MemoryInput(change($0.pcap()))] } }

    mutating func writeBlocks(section: [UInt8] = Blocks.section(), interface: Int = 0, after: [UInt8] = []) {
        write = { script in
            let frames = script.frames.sorted { $0.microseconds < $1.microseconds }
            let packets = frames.flatMap { Blocks.packet($0, interface: interface) }
            return [MemoryInput(section + Blocks.interface + packets + after)]
        }
    }

    /// Two probes, one of whose clocks is behind.
    mutating func writeTwice(clockBehind microseconds: Int) {
        write = { script in
            var other = CaptureScript()
            for frame in script.frames { other.add(frame.octets, at: frame.microseconds + microseconds) }
            return [MemoryInput(script.pcap(), name: "east.pcap"), MemoryInput(other.pcap(), name: "west.pcap")]
        }
    }
}

extension [UInt8] {
    func replacing(at offset: Int, with octets: [UInt8]) -> [UInt8] { Array(self[..<offset] + octets + self[(offset + octets.count)...]) }
}
