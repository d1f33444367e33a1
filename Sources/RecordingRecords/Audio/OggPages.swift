/// One logical stream of Ogg (RFC 3533): packets in, pages out.
///
///     "OggS"  version 0   8 bits   flags: 1 continued, 2 first, 4 last   8 bits
///     granule position   64 bits;  serial, page number, CRC   32 bits each;  segments   8 bits and as many lengths
struct OggPages: Sendable {
    /// Segments that a page has room for.
    private static let mostSegments = 255

    private let serial: UInt32
    private var number: UInt32 = 0
    private var lengths: [UInt8] = []
    private var body: [UInt8] = []
    private var isContinued = false
    /// Of the last packet that ends on this page; nil where none does.
    private var granule: UInt64?

    init(serial: UInt32) { self.serial = serial }

    /// True where nothing waits for its page.
    var isEmpty: Bool { lengths.isEmpty }

    /// Takes a packet that ends at `granule`; appends to `out` the pages that this fills.
    mutating func add(_ packet: [UInt8], granule: UInt64, into out: inout [UInt8]) {
        // A page that breaks no packet is easier to seek in.
        if !lengths.isEmpty, lengths.count + packet.count / 255 + 1 > Self.mostSegments { flush(into: &out) }
        var rest = packet[...]
        var isOver = false
        while !isOver {
            if lengths.count == Self.mostSegments {
                flush(into: &out)
                isContinued = true
            }
            let part = rest.prefix(255)
            lengths.append(UInt8(part.count))
            body += part
            rest = rest.dropFirst(part.count)
            // A packet of a whole number of segments ends with an empty one.
            isOver = part.count < 255
        }
        self.granule = granule
    }

    /// Appends the page that is begun. `granule` overrides that of the last packet.
    mutating func flush(isLast: Bool = false, granule end: UInt64? = nil, into out: inout [UInt8]) {
        var page: [UInt8] = Array("OggS".utf8) + [0, (isContinued ? 1 : 0) | (number == 0 ? 2 : 0) | (isLast ? 4 : 0)]
        page.append(little: end ?? granule ?? .max, count: 8)
        page.append(little: UInt64(serial), count: 4)
        page.append(little: UInt64(number), count: 4)
        page.append(little: 0, count: 4)
        page.append(UInt8(lengths.count))
        page += lengths
        page += body
        let check = Self.check(page)
        for index in 0..<4 { page[22 + index] = UInt8(truncatingIfNeeded: check >> (8 * index)) }
        out += page
        number &+= 1
        lengths.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        isContinued = false
        granule = nil
    }

    /// Polynomial 0x04C11DB7, not reflected, starting from zero (RFC 3533 section 6).
    static func check(_ octets: [UInt8]) -> UInt32 {
        var value: UInt32 = 0
        for octet in octets { value = value << 8 ^ table[Int(UInt8(truncatingIfNeeded: value >> 24) ^ octet)] }
        return value
    }

    private static let table: [UInt32] = (0..<256).map { index in
        var value = UInt32(index) << 24
        for _ in 0..<8 { value = value & 0x8000_0000 != 0 ? value << 1 ^ 0x04C1_1DB7 : value << 1 }
        return value
    }
}

extension [UInt8] {
    /// Appends the lowest `count` octets of `value`, the lowest first.
    package mutating func append(little value: UInt64, count: Int) {
        for index in 0..<count { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
}
