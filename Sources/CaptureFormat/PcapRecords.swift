import Evidence

/// The classic format, draft-ietf-opsawg-pcap: one file header, then records.
///
///      file header: magic 4, major 2, minor 2, reserved 8, snap length 4, link type 4 (upper bits: FCS)
///      record:      seconds 4, micro- or nanoseconds 4, captured length 4, original length 4, octets
enum PcapMagic {
    static let microseconds: UInt32 = 0xA1B2_C3D4
    static let nanoseconds: UInt32 = 0xA1B2_3C4D
    /// Kuznetzov's modified format: eight more octets (interface, protocol, packet type) in each record header.
    static let modified: UInt32 = 0xA1B2_CD34

    /// Ixia's lcap, hardware and software: four octets more in the file header (the size of all records), else as the first.
    static let ixiaHardware: UInt32 = 0x1C00_01AC
    static let ixiaSoftware: UInt32 = 0x1C00_01AB

    static func isKnown(_ value: UInt32) -> Bool {
        switch value {
        case microseconds, nanoseconds, modified, ixiaHardware, ixiaSoftware: true
        default: false
        }
    }
}

/// Which of the two lengths of a record comes first.
enum LengthOrder: Sendable { case usual, swapped, either }

extension CaptureParser {
    /// libpcap's own largest snap length; records may exceed a smaller declared one because of offloading.
    static var usualRecordLimit: Int { 262_144 }

    /// Records may be read by the shortest way.
    var usesPlainRecords: Bool { recordHeader == 16 && lengthOrder == .usual && format != .snoop }

    /// Octets kept, and octets on the wire.
    func lengths(_ bytes: RawSpan, _ start: Int) -> (captured: Int, original: Int) {
        let first = Int(word(bytes, start + 8))
        let second = Int(word(bytes, start + 12))
        switch lengthOrder {
        case .usual: return (first, second)
        case .swapped: return (second, first)
        case .either: return first > second ? (second, first) : (first, second)
        }
    }

    mutating func nextRecord(in bytes: RawSpan, at place: Place) -> CaptureStep {
        if recordHeader == 0 { return readFileHeader(in: bytes, at: place) }
        let start = place.start
        guard place.available >= recordHeader else { return short(recordHeader, at: place, "a record header", in: bytes) }
        let (captured, original) = lengths(bytes, start)
        let seconds = word(bytes, start)
        let fraction = word(bytes, start + 4)
        guard captured <= recordLimit else {
            return resynchronise(in: bytes, at: place, "record \(number &+ 1) claims \(captured) captured bytes")
        }
        if captured == 0, original == 0, seconds == 0, fraction == 0 {
            return resynchronise(in: bytes, at: place, "zeros where record \(number &+ 1) should begin")
        }
        // After a captured length that lost four octets, the end of a packet stands for the seconds and the seconds for the fraction.
        if fraction >= fractionLimit, number > 0, !isNear(seconds) {
            return resynchronise(in: bytes, at: place, "record \(number &+ 1) has an impossible timestamp")
        }
        guard captured <= place.available - recordHeader else { return short(recordHeader + captured, at: place, "record \(number &+ 1)", in: bytes) }
        if captured > original {
            // A length that contradicts itself is believed where it leads to a record, or to the end of the file, and the other one does not.
            let rest = place.available - recordHeader - captured
            if rest < recordHeader, !place.isFinal { return .needMore(atLeast: 2 * recordHeader + captured) }
            let isOriginalRight = captured - original >= recordHeader && recordSize(bytes, start + recordHeader + original) != nil
            if isOriginalRight || rest > 0 && (rest < recordHeader || recordSize(bytes, start + recordHeader + captured) == nil) {
                return resynchronise(in: bytes, at: place, "record \(number &+ 1) claims \(captured) captured bytes of \(original)")
            }
        }
        number &+= 1
        if fraction >= fractionLimit, !hasOddTimes {
            hasOddTimes = true
            remark(.cap016, at: place.fileOffset, "record \(number) has an impossible timestamp: \(fraction) of \(fractionLimit) parts of a second")
        }
        lastSeconds = seconds
        let time = Int64(seconds) * 1_000_000_000 + Int64(fraction) * fractionScale
        let body = start + recordHeader
        let frame = CapturedFrame(
            time: CaptureTime(nanoseconds: time), number: number, linkType: linkType, interface: 0, bodyStart: body, capturedLength: captured,
            originalLength: original)
        return .frame(frame, next: body + captured)
    }

    private mutating func readFileHeader(in bytes: RawSpan, at place: Place) -> CaptureStep {
        let start = place.start
        guard place.available >= 4 else { return short(24, at: place, "the file header", in: bytes) }
        isBigEndian = PcapMagic.isKnown(bytes.be32(start))
        let magic = word(bytes, start)
        let isIxia = magic == PcapMagic.ixiaHardware || magic == PcapMagic.ixiaSoftware
        let size = isIxia ? 28 : 24
        guard place.available >= size else { return short(size, at: place, "the file header", in: bytes) }
        guard PcapMagic.isKnown(magic) else {
            remark(.cap002, at: place.fileOffset, "no pcap file header")
            stop()
            return .end
        }
        let major = isBigEndian ? bytes.be16(start + 4) : bytes.le16(start + 4)
        let minor = isBigEndian ? bytes.be16(start + 6) : bytes.le16(start + 6)
        if major != 2 { remark(.cap009, at: place.fileOffset, "pcap version \(major).\(minor), read as 2.4") }
        if major == 2, magic == PcapMagic.microseconds { lengthOrder = minor < 3 ? .swapped : minor == 3 ? .either : .usual }
        let snapLength = word(bytes, start + 16)
        linkType = LinkType(word(bytes, start + 20) & 0x03FF_FFFF)
        let isFine = magic == PcapMagic.nanoseconds || magic == PcapMagic.ixiaHardware
        fractionScale = isFine ? 1 : 1000
        fractionLimit = isFine ? 1_000_000_000 : 1_000_000
        recordLimit = max(Self.usualRecordLimit, min(Int(snapLength), Self.recordCeiling))
        recordHeader = magic == PcapMagic.modified ? 24 : 16
        hasPlainRecords = usesPlainRecords
        declare(
            CaptureInterface(linkType: linkType, snapLength: snapLength, resolution: isFine ? .nanoseconds : .microseconds), at: place.fileOffset)
        return .skip(to: start + size)
    }
}
