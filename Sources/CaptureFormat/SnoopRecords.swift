import Evidence

/// The format of the Solaris tool snoop, RFC 1761; all numbers are big-endian.
///
///      file header: "snoop" and three zeros 8, version 4, datalink type 4
///      record:      original length 4, included length 4, record length 4, drops so far 4, seconds 4, microseconds 4, octets, padding
enum SnoopFormat {
    static let magic: [UInt8] = Array("snoop\u{0}\u{0}\u{0}".utf8)

    /// RFC 1761 section 3, and what Solaris has added since.
    static func linkType(_ datalink: UInt32) -> LinkType? {
        switch datalink {
        case 0, 4, 0x13, 0x14: .ethernet
        case 2: LinkType(6)
        case 8: LinkType(10)
        case 0x12: LinkType(123)
        case 0x1A: LinkType(242)
        case 0x8000_0001: .ipv4
        case 0x8000_0002: .ipv6
        case 0x8000_0003: LinkType(226)
        default: nil
        }
    }
}

extension CaptureParser {
    mutating func nextSnoopRecord(in bytes: RawSpan, at place: Place) -> CaptureStep {
        let start = place.start
        guard recordHeader > 0 else {
            guard place.available >= 16 else { return short(16, at: place, "the file header", in: bytes) }
            isBigEndian = true
            recordHeader = 24
            recordLimit = Self.usualRecordLimit
            let version = bytes.be32(start + 8)
            if version != 2 { remark(.cap009, at: place.fileOffset, "snoop version \(version), read as 2") }
            let datalink = bytes.be32(start + 12)
            // Numbers of other media are far from those of pcap; none is mistaken for another.
            linkType = SnoopFormat.linkType(datalink) ?? LinkType(0x534E_0000 | datalink & 0xFFFF)
            declare(CaptureInterface(linkType: linkType, snapLength: 0), at: place.fileOffset)
            return .skip(to: start + 16)
        }
        guard place.available >= 24 else { return short(24, at: place, "a record header", in: bytes) }
        let captured = Int(bytes.be32(start + 4))
        let size = Int(bytes.be32(start + 8))
        guard captured <= recordLimit, size >= 24 + captured, size <= recordLimit + 4096 else {
            return resynchronise(in: bytes, at: place, "record \(number &+ 1) claims \(captured) captured bytes in \(size)")
        }
        // What is missing may be padding only.
        guard 24 + captured <= place.available, size <= place.available || place.isFinal else {
            return short(place.isFinal ? 24 + captured : size, at: place, "record \(number &+ 1)", in: bytes)
        }
        if captured > Int(bytes.be32(start)) || size > 24 + captured + 64 {
            // Lengths that are odd are believed where they lead to a record, or to the end of the file, and the padding hides no record.
            if place.available < size + 24, !place.isFinal { return .needMore(atLeast: size + 24) }
            let rest = place.available - size
            let usual = 24 + (captured + 3) & ~3
            let isUsualRight = min(size, place.available) - usual >= 24 && recordSize(bytes, start + usual) != nil
            if isUsualRight || rest != 0 && (rest < 24 || recordSize(bytes, start + size) == nil) {
                return resynchronise(in: bytes, at: place, "record \(number &+ 1) claims \(captured) captured bytes in \(size)")
            }
        }
        number &+= 1
        let dropped = UInt64(bytes.be32(start + 12))
        if dropped > 0, interfaces.count == 1, dropped > interfaces[0].dropped ?? 0 { interfaces[0].dropped = dropped }
        lastSeconds = bytes.be32(start + 16)
        let time = Int64(lastSeconds) * 1_000_000_000 + Int64(bytes.be32(start + 20)) * 1000
        let frame = CapturedFrame(
            time: CaptureTime(nanoseconds: time), number: number, linkType: linkType, interface: 0, bodyStart: start + 24, capturedLength: captured,
            originalLength: Int(bytes.be32(start)))
        return .frame(frame, next: start + min(size, place.available))
    }
}
