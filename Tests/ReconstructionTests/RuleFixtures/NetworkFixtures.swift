import CaptureSurvey
import Evidence
import NetworkLayers
import PacketInput
import RecordingPlan
import TestSupport
import Testing

/// `NET`: what lies between the frames and the messages.
extension RuleFixture {
    static let network: [RuleFixture] = [
        RuleFixture(
            .net001, frame: 4, raises: { $0.addFragments([(0, 0..<80), (160, 160..<172)]) },
            silent: { $0.addFragments([(0, 0..<80), (80, 80..<160), (160, 160..<172)]) }),
        RuleFixture(
            .net002, raises: { $0.addFragments([(0, 0..<96), (80, 0..<80), (160, 160..<172)]) },
            silent: { $0.addFragments([(0, 0..<96), (80, 80..<160), (160, 160..<172)]) }),
        RuleFixture(.net003, of: byTCP, raises: { $0.drop(frame: 3) }),
        RuleFixture(.net004, raises: { $0.options.limits.flows = 1 }, silent: { $0.options.limits.flows = 2 }),
        // LINKTYPE_USB_DARWIN has no IP.
        RuleFixture(.net005, frame: 1) { $0.writeFile { $0.replacing(at: 20, with: CaptureScript.le32(266)) } },
        RuleFixture(
            .net006, frame: 4, raises: { $0.beside.packet(450_000, from: 1, to: 2, proto: 17, [0, 1, 0]) },
            silent: { $0.beside.packet(450_000, from: 1, to: 2, proto: 17, [0, 1, 0, 2, 0, 8, 0, 0]) }),
        RuleFixture(
            .net007, of: byTCP, frame: 5, raises: { $0.repeatSegment(2, changed: true) }, silent: { $0.repeatSegment(2, changed: false) }),
        RuleFixture(.net008, raises: { $0.addConnection(firstOctet: 0x17) }, silent: { $0.addConnection(firstOctet: 0x47) }),
        RuleFixture(
            .net009, of: { Scene().carried(by: .sctp) }, frame: 1, raises: { $0.drop(frame: 2) }),
        RuleFixture(
            .net010, of: { Scene().carried(by: .webSocket) }, raises: { $0.options.limits.sipMessageOctets = 500 },
            silent: { $0.options.limits.sipMessageOctets = 5000 }),
        RuleFixture(.net011, frame: 4, raises: { $0.addNested(20) }, silent: { $0.addNested(2) }),
        RuleFixture(
            .net012, frame: 4, raises: { $0.beside.packet(450_000, from: 1, to: 2, proto: 50, [UInt8](repeating: 9, count: 60)) },
            silent: { $0.beside.packet(450_000, from: 1, to: 2, proto: 103, [UInt8](repeating: 9, count: 60)) }),
        RuleFixture(
            .net013, frame: 1, raises: { $0.writeWireless(isProtected: true) }, silent: { $0.writeWireless(isProtected: false) }),
        // "OPTIONS sip:a@b SIP/2.0", CR, LF twice, by zlib.
        RuleFixture(
            .net014, of: Scene.nothing, frame: 1,
            raises: { scene in
                scene.addCapsule(packed: [0x78, 0x9C, 0xF3, 0x0F, 0x08, 0xF1, 0xF4, 0xF7])
            },
            silent: { scene in
                scene.addCapsule(packed: [
                    0x78, 0x9C, 0xF3, 0x0F, 0x08, 0xF1, 0xF4, 0xF7, 0x0B, 0x56, 0x28, 0xCE, 0x2C, 0xB0, 0x4A, 0x74, 0x48, 0x52, 0x08, 0xF6, 0x0C, 0xD0, 0x37,
                    0xD2, 0x33, 0xE0, 0xE5, 0xE2, 0xE5, 0x02, 0x00, 0x6F, 0xE7, 0x06, 0xCF,
                ])
            }),
    ]

    private static let byTCP: @Sendable () -> Scene = { Scene().carried(by: .tcp) }
}

extension Scene {
    /// The session with its signalling over another transport; the frames can no more be told apart, so they stand in `beside`.
    func carried(by transport: TransportScript.Signalling, segment: Int = 700) -> Scene {
        var out = Scene.nothing()
        out.beside = TransportScript(script, signalling: transport, media: .udp, segment: segment).script
        return out
    }

    /// Leaves out one frame of `beside`, counted from 1 in order of time.
    mutating func drop(frame: Int) {
        var out = CaptureScript()
        for (index, item) in ordered.enumerated() where index != frame - 1 { out.add(item.octets, at: item.microseconds) }
        beside = out
    }

    /// Puts a copy of one frame behind it, with or without its last octet changed.
    mutating func repeatSegment(_ frame: Int, changed: Bool) {
        var octets = ordered[frame - 1].octets
        if changed { octets[octets.count - 1] ^= 1 }
        beside.add(octets, at: ordered[frame - 1].microseconds + 1)
    }

    private var ordered: [CaptureScript.Frame] {
        beside.frames.enumerated().sorted { ($0.element.microseconds, $0.offset) < ($1.element.microseconds, $1.offset) }.map(\.element)
    }

    /// Pieces of Ann's first packet in its UDP datagram: where each stands, and which octets it takes.
    mutating func addFragments(_ pieces: [(at: Int, octets: Range<Int>)]) {
        let payload = Self.annSource.packet(900)
        let datagram = CaptureScript.be16(4000) + CaptureScript.be16(6000) + CaptureScript.be16(payload.count + 8) + [0, 0] + payload
        for (index, piece) in pieces.enumerated() {
            let more = piece.octets.upperBound < 172 || piece.at < 160 ? 0x2000 : 0
            let end = piece.octets.upperBound == 172 ? datagram.count : piece.octets.upperBound
            let packet = Encapsulations.ipv4(
                17, Array(datagram[piece.octets.lowerBound..<end]), identification: 77, fragment: more | piece.at / 8)
            beside.add(Encapsulations.ethernet(0x0800, packet), at: 450_000 + index)
        }
    }

    /// A TCP connection that begins in the middle, with five records of this type.
    mutating func addConnection(firstOctet: UInt8) {
        let record: [UInt8] = [firstOctet, 3, 3, 0, 100] + [UInt8](repeating: 1, count: 100)
        let (client, server) = (Socket(0xC000_0203, 40_000), Socket(0xC000_0204, 5061))
        beside.segment(400_000, from: client, to: server, sequence: 0, flags: 2, [])
        for number in 0..<5 { beside.segment(400_001 + number, from: client, to: server, sequence: 1 + UInt32(number * 105), record) }
    }

    /// A packet inside as many others.
    mutating func addNested(_ depth: Int) {
        var packet = Encapsulations.udp(to: 9, [1, 2, 3])
        for _ in 0..<depth { packet = Encapsulations.ipv4(4, packet) }
        beside.add(Encapsulations.ethernet(0x0800, packet), at: 450_000)
    }

    /// As frames of IEEE 802.11, with or without the bit that says that they are encrypted.
    mutating func writeWireless(isProtected: Bool) {
        write = { script in
            let head: [UInt8] = [8, isProtected ? 0x41 : 0x01] + [UInt8](repeating: 0, count: 22)
            let body: ([UInt8]) -> [UInt8] = { isProtected ? $0.map { $0 ^ 0x5C } : [0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + $0 }
            return [MemoryInput(script.pcap(linkType: 105) { packet, _ in [head + body(packet)] })]
        }
    }

    /// A HEP message with a compressed payload.
    mutating func addCapsule(packed: [UInt8]) {
        func chunk(_ type: Int, _ value: [UInt8]) -> [UInt8] { [0, 0] + CaptureScript.be16(type) + CaptureScript.be16(6 + value.count) + value }
        let addresses = chunk(3, [192, 0, 2, 1]) + chunk(4, [192, 0, 2, 2])
        let body = chunk(1, [2]) + chunk(2, [17]) + addresses + chunk(7, [0x13, 0xC4]) + chunk(8, [0x13, 0xC4]) + chunk(16, packed)
        beside.add(
            Encapsulations.ethernet(0x0800, Encapsulations.udp(to: 9060, Array("HEP3".utf8) + CaptureScript.be16(6 + body.count) + body)), at: 0)
    }
}
