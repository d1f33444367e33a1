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

    static func isKnown(_ value: UInt32) -> Bool { value == microseconds || value == nanoseconds || value == modified }
}

extension CaptureParser {
    /// libpcap's own largest snap length; records may exceed a smaller declared one because of offloading.
    private static var usualRecordLimit: Int { 262_144 }

    mutating func nextRecord(in bytes: RawSpan, at place: Place) -> CaptureStep {
        if recordHeader == 0 { return readFileHeader(in: bytes, at: place) }
        guard place.available >= recordHeader else { return short(recordHeader, at: place, "a record header") }
        let captured = Int(word(bytes, place.start + 8))
        guard captured <= recordLimit else {
            return resynchronise(in: bytes, at: place, "record \(number &+ 1) claims \(captured) captured octets")
        }
        guard captured <= place.available - recordHeader else { return short(recordHeader + captured, at: place, "a record") }
        number &+= 1
        let time = Int64(word(bytes, place.start)) * 1_000_000_000 + Int64(word(bytes, place.start + 4)) * fractionScale
        let body = place.start + recordHeader
        let frame = CapturedFrame(
            time: CaptureTime(nanoseconds: time), number: number, linkType: linkType, interface: 0, bodyStart: body, capturedLength: captured,
            originalLength: Int(word(bytes, place.start + 12)))
        return .frame(frame, next: body + captured)
    }

    private mutating func readFileHeader(in bytes: RawSpan, at place: Place) -> CaptureStep {
        guard place.available >= 24 else { return short(24, at: place, "the file header") }
        let start = place.start
        isBigEndian = PcapMagic.isKnown(bytes.be32(start))
        let magic = word(bytes, start)
        guard PcapMagic.isKnown(magic) else { return resynchronise(in: bytes, at: place, "no pcap file header") }
        let major = isBigEndian ? bytes.be16(start + 4) : bytes.le16(start + 4)
        let minor = isBigEndian ? bytes.be16(start + 6) : bytes.le16(start + 6)
        if major != 2 { remark(.cap009, at: place.fileOffset, "pcap version \(major).\(minor), read as 2.4") }
        let snapLength = word(bytes, start + 16)
        linkType = LinkType(word(bytes, start + 20) & 0x03FF_FFFF)
        fractionScale = magic == PcapMagic.nanoseconds ? 1 : 1000
        recordLimit = max(Self.usualRecordLimit, min(Int(snapLength), Self.recordCeiling))
        recordHeader = magic == PcapMagic.modified ? 24 : 16
        hasPlainRecords = magic != PcapMagic.modified
        declare(
            CaptureInterface(
                linkType: linkType, snapLength: snapLength, resolution: magic == PcapMagic.nanoseconds ? .nanoseconds : .microseconds),
            at: place.fileOffset)
        return .skip(to: start + 24)
    }
}
