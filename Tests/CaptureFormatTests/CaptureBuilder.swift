import CaptureFormat
import Evidence
import Testing

/// Writes numbers in either byte order.
struct Octets {
    var array: [UInt8] = []
    let isBig: Bool

    init(isBig: Bool) { self.isBig = isBig }

    mutating func u16(_ value: UInt16) { array += isBig ? [UInt8(value >> 8), UInt8(value & 255)] : [UInt8(value & 255), UInt8(value >> 8)] }
    mutating func u32(_ value: UInt32) {
        let high = UInt16(value >> 16)
        let low = UInt16(value & 0xFFFF)
        u16(isBig ? high : low)
        u16(isBig ? low : high)
    }
    mutating func u64(_ value: UInt64) {
        let high = UInt32(value >> 32)
        let low = UInt32(value & 0xFFFF_FFFF)
        u32(isBig ? high : low)
        u32(isBig ? low : high)
    }
}

struct TestPacket: Equatable {
    var seconds: UInt32
    var fraction: UInt32
    var octets: [UInt8]
    var original: UInt32
}

enum CaptureBuilder {
    static func pcap(_ packets: [TestPacket], isBig: Bool = false, magic: UInt32 = 0xA1B2_C3D4, linkType: UInt32 = 1, snap: UInt32 = 65535) -> [UInt8] {
        var out = Octets(isBig: isBig)
        out.u32(magic)
        out.u16(2)
        out.u16(4)
        out.u64(0)
        out.u32(snap)
        out.u32(linkType)
        for packet in packets {
            out.u32(packet.seconds)
            out.u32(packet.fraction)
            out.u32(UInt32(packet.octets.count))
            out.u32(packet.original)
            if magic == 0xA1B2_CD34 { out.u64(0) }
            out.array += packet.octets
        }
        return out.array
    }

    static func block(_ type: UInt32, isBig: Bool = false, _ body: (inout Octets) -> Void) -> [UInt8] {
        var inner = Octets(isBig: isBig)
        body(&inner)
        while inner.array.count % 4 != 0 { inner.array.append(0) }
        var out = Octets(isBig: isBig)
        out.u32(type)
        out.u32(UInt32(inner.array.count + 12))
        out.array += inner.array
        out.u32(UInt32(inner.array.count + 12))
        return out.array
    }

    static func section(isBig: Bool = false) -> [UInt8] {
        block(0x0A0D_0D0A, isBig: isBig) {
            $0.u32(0x1A2B_3C4D)
            $0.u16(1)
            $0.u16(0)
            $0.u64(.max)
        }
    }

    static func option(_ code: UInt16, _ value: [UInt8], into out: inout Octets) {
        out.u16(code)
        out.u16(UInt16(value.count))
        out.array += value
        while out.array.count % 4 != 0 { out.array.append(0) }
    }

    static func interface(linkType: UInt16 = 1, snap: UInt32 = 0, resolution: UInt8? = nil, offset: Int64? = nil, name: String? = nil, isBig: Bool = false)
        -> [UInt8]
    {
        block(1, isBig: isBig) {
            $0.u16(linkType)
            $0.u16(0)
            $0.u32(snap)
            if let name { option(2, Array(name.utf8), into: &$0) }
            if let resolution { option(9, [resolution], into: &$0) }
            if let offset {
                var value = Octets(isBig: isBig)
                value.u64(UInt64(bitPattern: offset))
                option(14, value.array, into: &$0)
            }
            $0.u32(0)
        }
    }

    static func enhanced(_ octets: [UInt8], ticks: UInt64, original: UInt32? = nil, interface: UInt32 = 0, dropped: UInt64? = nil, isBig: Bool = false)
        -> [UInt8]
    {
        block(6, isBig: isBig) {
            $0.u32(interface)
            $0.u32(UInt32(ticks >> 32))
            $0.u32(UInt32(ticks & 0xFFFF_FFFF))
            $0.u32(UInt32(octets.count))
            $0.u32(original ?? UInt32(octets.count))
            $0.array += octets
            while $0.array.count % 4 != 0 { $0.array.append(0) }
            if let dropped {
                var value = Octets(isBig: isBig)
                value.u64(dropped)
                option(4, value.array, into: &$0)
                $0.u32(0)
            }
        }
    }
}

/// A frame with its octets, independent of where they were in a buffer.
struct ReadFrame: Equatable {
    var nanoseconds: Int64
    var number: UInt32
    var linkType: UInt32
    var interface: UInt32
    var octets: [UInt8]
    var original: Int
}

struct ReadResult {
    var frames: [ReadFrame] = []
    var parser: CaptureParser
    /// Calls of `next`.
    var steps = 0
}

extension ReadResult {
    var codes: [String] { parser.remarks.map(\.rule.code) }
}

/// Reads a file as a caller with a buffer does: `refill` octets more each time the parser asks, or the least that it asks for when larger.
func readAll(_ file: [UInt8], format: CaptureParser.Format, refill: Int) -> ReadResult {
    var result = ReadResult(frames: [], parser: CaptureParser(format: format, limits: Limits()))
    var buffer: [UInt8] = []
    var bufferOffset = 0
    var loaded = 0
    var position = 0
    // No file needs more calls than this: guards the test itself against a parser that does not move.
    let stepLimit = 10 * file.count + 100
    while result.steps < stepLimit {
        result.steps += 1
        let isFinal = loaded == file.count
        var other = result.parser
        let plain = other.nextPlain(in: buffer.span.bytes, from: position)
        let step = result.parser.next(in: buffer.span.bytes, from: position, fileOffset: UInt64(bufferOffset), isFinal: isFinal)
        // Where the short way has an answer, it is this one.
        if let plain {
            #expect(step == .frame(plain, next: plain.bodyStart + plain.capturedLength))
            #expect(other.frameCount == result.parser.frameCount)
        }
        switch step {
        case .frame(let frame, let next):
            result.frames.append(
                ReadFrame(
                    nanoseconds: frame.time.nanoseconds, number: frame.number, linkType: frame.linkType.value, interface: frame.interface,
                    octets: Array(buffer[frame.bodyStart..<frame.bodyStart + frame.capturedLength]), original: frame.originalLength))
            position = next
        case .skip(let to): position = to
        case .end: return result
        case .needMore(let least):
            if isFinal { return ReadResult(frames: result.frames, parser: result.parser, steps: .max) }
            buffer.removeFirst(position)
            bufferOffset += position
            position = 0
            let wanted = min(file.count - loaded, max(refill, least - buffer.count > refill ? refill : 1))
            buffer += file[loaded..<loaded + wanted]
            loaded += wanted
        }
    }
    return ReadResult(frames: result.frames, parser: result.parser, steps: .max)
}
