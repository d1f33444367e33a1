import TestSupport

/// One frame of a capture.
struct Frame: Equatable, Sendable {
    /// Nanoseconds since 1970.
    var time: Int64
    var octets: [UInt8]
    /// Octets on the wire; more than `octets` if the capture cut the frame.
    var original: Int

    init(time: Int64, octets: [UInt8], original: Int? = nil) {
        self.time = time
        self.octets = octets
        self.original = original ?? octets.count
    }
}

/// A capture file as a value: what transformations take and give.
struct Capture: Equatable, Sendable {
    /// LINKTYPE_ number.
    var linkType: UInt32
    /// In the file's order.
    var frames: [Frame]

    static let second: Int64 = 1_000_000_000
    static let millisecond: Int64 = 1_000_000

    var start: Int64 { frames.map(\.time).min() ?? 0 }

    /// The frames in order of time; those of one time stay as they are.
    func sorted() -> Capture {
        let order = frames.indices.sorted { (frames[$0].time, $0) < (frames[$1].time, $1) }
        return Capture(linkType: linkType, frames: order.map { frames[$0] })
    }

    /// A nanosecond pcap file, little-endian.
    func pcap() -> [UInt8] {
        var out = Array(CaptureScript.header.dropLast(4)) + CaptureScript.le32(Int(linkType))
        out.reserveCapacity(frames.reduce(24) { $0 + $1.octets.count + 16 })
        func append(_ value: Int) { for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: value >> shift)) } }
        for frame in frames {
            append(Int(frame.time / Self.second))
            append(Int(frame.time % Self.second))
            append(frame.octets.count)
            append(frame.original)
            out += frame.octets
        }
        return out
    }
}

extension Capture {
    struct Unreadable: Error {}

    /// Reads a pcap file of any byte order and resolution, or a pcapng file whose interfaces have one link type.
    init(parsing file: [UInt8]) throws {
        guard file.count >= 24 else { throw Unreadable() }
        func word(_ at: Int, _ isBig: Bool) -> Int {
            guard at + 4 <= file.count else { return 0 }
            return (0..<4).reduce(0) { $0 | Int(file[at + $1]) << (isBig ? 24 - 8 * $1 : 8 * $1) }
        }
        if word(0, true) == 0x0A0D_0D0A {
            try self.init(blocks: file, word)
            return
        }
        let magics: [Int: (isBig: Bool, unit: Int64)] = [
            0xA1B2_C3D4: (true, 1000), 0xD4C3_B2A1: (false, 1000), 0xA1B2_3C4D: (true, 1), 0x4D3C_B2A1: (false, 1),
        ]
        guard let (isBig, unit) = magics[word(0, true)] else { throw Unreadable() }
        self.init(linkType: UInt32(word(20, isBig) & 0xFFFF), frames: [])
        var at = 24
        while at + 16 <= file.count {
            let length = word(at + 8, isBig)
            guard length <= file.count - at - 16 else { break }
            let time = Int64(word(at, isBig)) * Self.second + Int64(word(at + 4, isBig)) * unit
            frames.append(Frame(time: time, octets: Array(file[(at + 16)..<(at + 16 + length)]), original: word(at + 12, isBig)))
            at += 16 + length
        }
    }

    /// Section headers, interfaces and enhanced packets; of the options only `if_tsresol`.
    private init(blocks file: [UInt8], _ word: (Int, Bool) -> Int) throws {
        var isBig = false
        var interfaces: [(link: UInt32, ticks: Int64)] = []
        var links: Set<UInt32> = []
        self.init(linkType: 1, frames: [])
        var at = 0
        while at + 12 <= file.count {
            if word(at, true) == 0x0A0D_0D0A {
                isBig = word(at + 8, true) == 0x1A2B_3C4D
                interfaces = []
            }
            let length = word(at + 4, isBig)
            guard length >= 12, at + length <= file.count else { break }
            switch word(at, isBig) {
            case 1:
                func half(_ at: Int) -> Int { isBig ? Int(file[at]) << 8 | Int(file[at + 1]) : Int(file[at + 1]) << 8 | Int(file[at]) }
                var ticks: Int64 = 1_000_000
                var option = at + 16
                while option + 4 <= at + length - 4, half(option) != 0 {
                    if half(option) == 9 { ticks = (0..<Int64(file[option + 4] & 0x7F)).reduce(1) { product, _ in product * 10 } }
                    option += 4 + (half(option + 2) + 3) / 4 * 4
                }
                interfaces.append((UInt32(half(at + 8)), ticks))
            case 6:
                let interface = word(at + 8, isBig)
                guard interface < interfaces.count else { throw Unreadable() }
                let stamp = Int64(word(at + 12, isBig)) << 32 | Int64(word(at + 16, isBig))
                let ticks = interfaces[interface].ticks
                let captured = word(at + 20, isBig)
                guard captured <= length - 32, ticks <= Self.second else { throw Unreadable() }
                let time = stamp / ticks * Self.second + stamp % ticks * (Self.second / ticks)
                frames.append(Frame(time: time, octets: Array(file[(at + 28)..<(at + 28 + captured)]), original: word(at + 24, isBig)))
                links.insert(interfaces[interface].link)
            default: break
            }
            at += length
        }
        guard links.count == 1, let link = links.first else { throw Unreadable() }
        linkType = link
    }
}
