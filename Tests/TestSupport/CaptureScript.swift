/// A transport address of a test's own network.
public struct Socket: Hashable, Sendable {
    public let address: UInt32
    public let port: UInt16

    public init(_ address: UInt32, _ port: UInt16) {
        self.address = address
        self.port = port
    }
}

/// Frames of a capture, written as a nanosecond pcap file of Ethernet frames in order of time.
public struct CaptureScript: Sendable {
    public struct Frame: Sendable {
        public let microseconds: Int
        public var octets: [UInt8]
        /// Octets on the wire; more than `octets` where the capture cut the packet.
        public var original: Int
    }

    /// Second 0 of every script: 2026-01-01T00:00:00Z.
    public static let epoch = 1_767_225_600
    public private(set) var frames: [Frame] = []

    public init() {}

    /// Adds a UDP datagram over IPv4; `kept` octets of the frame stay in the capture.
    public mutating func datagram(_ microseconds: Int, from source: Socket, to destination: Socket, _ payload: [UInt8], kept: Int? = nil) {
        let ethernet = [UInt8](repeating: 2, count: 12) + [0x08, 0x00]
        let length = payload.count + 8
        var ip: [UInt8] = [0x45, 0] + Self.be16(length + 20) + [0, 1, 0, 0, 64, 17, 0, 0]
        ip += Self.be32(source.address) + Self.be32(destination.address)
        let udp = Self.be16(Int(source.port)) + Self.be16(Int(destination.port)) + Self.be16(length) + [0, 0]
        let whole = ethernet + ip + udp + payload
        frames.append(Frame(microseconds: microseconds, octets: Array(whole.prefix(kept ?? whole.count)), original: whole.count))
    }

    /// Adds an IPv4 packet with any protocol.
    public mutating func packet(_ microseconds: Int, from source: UInt32, to destination: UInt32, proto: UInt8, _ payload: [UInt8]) {
        let ethernet = [UInt8](repeating: 2, count: 12) + [0x08, 0x00]
        let head: [UInt8] = [0x45, 0] + Self.be16(payload.count + 20) + [0, 1, 0, 0, 64, proto, 0, 0]
        let whole = ethernet + head + Self.be32(source) + Self.be32(destination) + payload
        frames.append(Frame(microseconds: microseconds, octets: whole, original: whole.count))
    }

    /// Adds a TCP segment; `flags` as in RFC 9293 section 3.1.
    public mutating func segment(
        _ microseconds: Int, from source: Socket, to destination: Socket, sequence: UInt32, acknowledgement: UInt32 = 0, flags: UInt8 = 0x10,
        _ payload: [UInt8]
    ) {
        let ports = Self.be16(Int(source.port)) + Self.be16(Int(destination.port))
        let head: [UInt8] = ports + Self.be32(sequence) + Self.be32(acknowledgement) + [0x50, flags, 1, 0, 0, 0, 0, 0]
        packet(microseconds, from: source.address, to: destination.address, proto: 6, head + payload)
    }

    public mutating func datagram(_ microseconds: Int, from source: Socket, to destination: Socket, _ text: String) {
        datagram(microseconds, from: source, to: destination, Array(text.utf8))
    }

    /// The file of those frames whose index, in order of time, `isIncluded` accepts.
    public func pcap(where isIncluded: (Int) -> Bool = { _ in true }) -> [UInt8] {
        var out = Self.header
        let ordered = frames.enumerated().sorted { ($0.element.microseconds, $0.offset) < ($1.element.microseconds, $1.offset) }.map(\.element)
        for (index, frame) in ordered.enumerated() where isIncluded(index) {
            out += Self.le32(Self.epoch + frame.microseconds / 1_000_000) + Self.le32(frame.microseconds % 1_000_000 * 1000)
            out += Self.le32(frame.octets.count) + Self.le32(frame.original) + frame.octets
        }
        return out
    }

    /// The head of a nanosecond pcap file, little-endian, link type Ethernet.
    public static let header: [UInt8] = le32(0xA1B2_3C4D) + [2, 0, 4, 0] + [UInt8](repeating: 0, count: 8) + le32(65535) + le32(1)

    public static func be16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
    public static func be32(_ value: UInt32) -> [UInt8] { be16(Int(value >> 16)) + be16(Int(value & 0xFFFF)) }
    public static func le32(_ value: Int) -> [UInt8] { be32(UInt32(truncatingIfNeeded: value)).reversed() }
}

/// What one source sends: RTP packets of PCMU, 20 ms each, whose octets are known by their place.
public struct ToneSource: Sendable {
    public var source: Socket
    public var destination: Socket
    public var ssrc: UInt32
    public var firstSequence: UInt16
    public var firstTimestamp: UInt32
    public var payloadType: UInt8 = 0
    /// Tells the sources of one test apart.
    public var seed: Int

    public init(from source: Socket, to destination: Socket, ssrc: UInt32, firstSequence: UInt16 = 1000, firstTimestamp: UInt32 = 5000, seed: Int) {
        self.source = source
        self.destination = destination
        self.ssrc = ssrc
        self.firstSequence = firstSequence
        self.firstTimestamp = firstTimestamp
        self.seed = seed
    }

    /// The octet at a place of the whole tone. 0x7F and 0xFF, which mean silence, do not occur.
    public func code(_ place: Int) -> UInt8 { UInt8((place * 7 + place / 160 * 13 + seed * 31) % 127) + (place % 3 == 0 ? 0x80 : 0) }

    public func payload(_ packet: Int) -> [UInt8] { (0..<160).map { code(packet * 160 + $0) } }

    public func packet(_ number: Int) -> [UInt8] {
        let sequence = Int(firstSequence &+ UInt16(truncatingIfNeeded: number))
        let timestamp = firstTimestamp &+ UInt32(truncatingIfNeeded: number * 160)
        return [0x80, payloadType] + CaptureScript.be16(sequence) + CaptureScript.be32(timestamp) + CaptureScript.be32(ssrc) + payload(number)
    }

    /// Sends packets `numbers`; the one with number 0 would leave at `start`.
    public func send(_ numbers: Range<Int>, at start: Int, without lost: Set<Int> = [], into script: inout CaptureScript) {
        for number in numbers where !lost.contains(number) {
            script.datagram(start + number * 20_000, from: source, to: destination, packet(number))
        }
    }

    /// What packets `numbers` sound like, by the formula of ITU-T G.711.
    public func samples(_ numbers: Range<Int>) -> [Int16] { numbers.flatMap { payload($0).map(Self.linear) } }

    /// G.711 mu-law by the recommendation's text: sign, three bits of segment, four of step; all bits inverted on the wire; 14 bits, here as 16.
    public static func linear(_ code: UInt8) -> Int16 {
        let bits = Int(~code)
        let segment = bits >> 4 & 7
        let step = bits & 15
        let magnitude = ((2 * step + 33) << segment) - 33
        return Int16((bits & 0x80 != 0 ? -magnitude : magnitude) * 4)
    }
}
