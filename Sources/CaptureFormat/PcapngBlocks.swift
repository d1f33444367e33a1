import Evidence

/// Block types of draft-ietf-opsawg-pcapng section 11.1 that are read; all others are passed over.
enum BlockType {
    static let section: UInt32 = 0x0A0D_0D0A
    static let interface: UInt32 = 1
    /// Obsolete, appendix A.
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let statistics: UInt32 = 5
    static let enhancedPacket: UInt32 = 6
    static let secrets: UInt32 = 10
    static let byteOrder: UInt32 = 0x1A2B_3C4D

    /// Types that are written by anybody: what a search after damage believes.
    static func isKnown(_ type: UInt32) -> Bool {
        switch type {
        case section, 1...10, 0x0BAD, 0x4000_0BAD, 0x201...0x20F: true
        default: false
        }
    }

    static func isRead(_ type: UInt32) -> Bool {
        switch type {
        case section, interface, packet, simplePacket, statistics, enhancedPacket, secrets: true
        default: false
        }
    }
}

/// The blocks of pcapng: type 4, total length 4, body, total length again 4; everything in the byte order of its section.
extension CaptureParser {
    mutating func nextBlock(in bytes: RawSpan, at place: Place) -> CaptureStep {
        let start = place.start
        if skipRemaining > 0 {
            let step = min(UInt64(place.available), skipRemaining)
            if place.isFinal, step < skipRemaining {
                // Told from the block's start, so that it reads the same however the octets came.
                let whole = place.fileOffset &+ skipRemaining &- skipStart
                stop()
                let there = place.fileOffset &+ step &- skipStart
                remark(.cap001, at: skipStart, "the file ends \(there) bytes into a block that needs at least \(whole)")
                return .end
            }
            guard step > 0 else { return .needMore(atLeast: 1) }
            skipRemaining -= step
            return .skip(to: start + Int(step))
        }
        guard place.available >= 12 else { return short(12, at: place, "a block", in: bytes) }
        let type = word(bytes, start)
        if type == BlockType.section {
            switch (bytes.le32(start + 8), bytes.be32(start + 8)) {
            case (BlockType.byteOrder, _): isBigEndian = false
            case (_, BlockType.byteOrder): isBigEndian = true
            default:
                guard place.available >= 28 || place.isFinal else { return .needMore(atLeast: 28) }
                // The length tells the order as well.
                let little = Int(bytes.le32(start + 4))
                isBigEndian = !(28...4096).contains(little)
                let length = isBigEndian ? Int(bytes.be32(start + 4)) : little
                guard (28...4096).contains(length) else {
                    return resynchronise(in: bytes, at: place, "a section header without a byte-order magic")
                }
                guard length <= place.available else { return short(length, at: place, "a section header", in: bytes) }
                guard Int(word(bytes, start + length - 4)) == length else {
                    return resynchronise(in: bytes, at: place, "a section header without a byte-order magic")
                }
                remark(.cap002, at: place.fileOffset, "a section header without a byte-order magic; its length shows the byte order")
            }
        } else if !isInSection {
            return resynchronise(in: bytes, at: place, "a block before the first section header")
        }
        let length = Int(word(bytes, start + 4))
        guard length >= 12, length % 4 == 0, length <= Self.blockCeiling else {
            return repair(type, in: bytes, at: place, "a block of type \(type) claims \(length) bytes")
        }
        if length > Self.recordCeiling {
            guard !BlockType.isRead(type) else { return repair(type, in: bytes, at: place, "a block of type \(type) claims \(length) bytes") }
            skipRemaining = UInt64(length)
            skipStart = place.fileOffset
            return nextBlock(in: bytes, at: place)
        }
        guard length <= place.available else {
            if place.isFinal, case .length = lengthByTail(in: bytes, at: start, isFinal: true) {
                return repair(type, in: bytes, at: place, "a block of type \(type) claims \(length) bytes, beyond the end of the file")
            }
            return short(length, at: place, "a block of type \(type)", in: bytes)
        }
        if Int(word(bytes, start + length - 4)) != length {
            return repair(type, length, in: bytes, at: place, "a block of type \(type) has length \(length) at its start and a different one at its end")
        }
        return read(type, length, in: bytes, at: place)
    }

    /// A block of which one length is wrong. The tail's is taken where it counts back to the head and another block follows it; else the head's,
    /// `claimed`, where that leads to another block; else the search begins. So one damaged length costs nothing.
    private mutating func repair(_ type: UInt32, _ claimed: Int? = nil, in bytes: RawSpan, at place: Place, _ problem: String) -> CaptureStep {
        guard BlockType.isKnown(type) else { return resynchronise(in: bytes, at: place, problem) }
        switch lengthByTail(in: bytes, at: place.start, isFinal: place.isFinal) {
        case .needMore(let needed): return .needMore(atLeast: needed)
        case .length(let length):
            remark(.cap002, at: place.fileOffset, "\(problem); its trailing length is \(length), and another block follows there")
            return read(type, length, in: bytes, at: place)
        case .no: break
        }
        guard let claimed, claimed < place.available || !place.isFinal else { return resynchronise(in: bytes, at: place, problem) }
        if claimed == place.available { return .needMore(atLeast: claimed + 12) }
        switch block(in: bytes, at: place.start + claimed) {
        case .yes:
            remark(.cap002, at: place.fileOffset, problem)
            return read(type, claimed, in: bytes, at: place)
        case .needMore(let more) where !place.isFinal: return .needMore(atLeast: claimed + more)
        case .no, .needMore: return resynchronise(in: bytes, at: place, problem)
        }
    }

    private mutating func read(_ type: UInt32, _ length: Int, in bytes: RawSpan, at place: Place) -> CaptureStep {
        let next = place.start + length
        switch type {
        case BlockType.section:
            guard length >= 28 else { break }
            beginSection(in: bytes, at: place)
            readComments(from: place.start + 24, to: next - 4, "section", in: bytes, at: place)
            readWriters(from: place.start + 24, to: next - 4, in: bytes)
            return .skip(to: next)
        case BlockType.interface:
            guard length >= 20 else { break }
            readInterface(length, in: bytes, at: place)
            return .skip(to: next)
        case BlockType.enhancedPacket:
            guard length >= 32 else { break }
            return readEnhancedPacket(length, in: bytes, at: place)
        case BlockType.simplePacket:
            guard length >= 16 else { break }
            return readSimplePacket(length, in: bytes, at: place)
        case BlockType.packet:
            guard length >= 32 else { break }
            return readObsoletePacket(length, in: bytes, at: place)
        case BlockType.statistics:
            guard length >= 24 else { break }
            readStatistics(length, in: bytes, at: place)
            return .skip(to: next)
        case BlockType.secrets:
            guard length >= 20 else { break }
            readSecrets(length, in: bytes, at: place)
            return .skip(to: next)
        default:
            return .skip(to: next)
        }
        // Both lengths agree, so the next block is where they say; only this one is unreadable.
        remark(.cap002, at: place.fileOffset, "a block of type \(type) with only \(length) bytes")
        return .skip(to: next)
    }

    private mutating func beginSection(in bytes: RawSpan, at place: Place) {
        let major = isBigEndian ? bytes.be16(place.start + 12) : bytes.le16(place.start + 12)
        let minor = isBigEndian ? bytes.be16(place.start + 14) : bytes.le16(place.start + 14)
        if major != 1 { remark(.cap009, at: place.fileOffset, "pcapng version \(major).\(minor), read as 1.0") }
        isInSection = true
        sectionBase = interfaces.count
    }

    private mutating func readInterface(_ length: Int, in bytes: RawSpan, at place: Place) {
        let start = place.start
        var resolution = TimestampResolution.microseconds
        var offset: Int64 = 0
        var name: String?
        var operatingSystem: String?
        var fcsLength: Int?
        var options = PcapngOptionCursor(from: start + 16, to: start + length - 4, isBigEndian: isBigEndian)
        while let option = options.next(in: bytes) {
            switch option.code {
            case 2: name = text(option, in: bytes)
            case 9 where option.value.count == 1: resolution = TimestampResolution(octet: bytes.u8(option.value.lowerBound))
            case 1: comment(text(option, in: bytes), on: "interface \(interfaces.count - sectionBase)", at: place)
            case 12: operatingSystem = text(option, in: bytes)
            case 13 where option.value.count == 1: fcsLength = Int(bytes.u8(option.value.lowerBound))
            case 14: offset = number64(option, in: bytes).map { Int64(bitPattern: $0) } ?? 0
            default: break
            }
        }
        let type = isBigEndian ? bytes.be16(start + 8) : bytes.le16(start + 8)
        declare(
            CaptureInterface(
                linkType: LinkType(UInt32(type)), snapLength: word(bytes, start + 12), resolution: resolution, offsetSeconds: offset, name: name,
                operatingSystem: operatingSystem, fcsLength: fcsLength),
            at: place.fileOffset)
    }

    private mutating func readEnhancedPacket(_ length: Int, in bytes: RawSpan, at place: Place) -> CaptureStep {
        let start = place.start
        let captured = Int(word(bytes, start + 20))
        let step = frame(
            interface: Int(word(bytes, start + 8)), high: word(bytes, start + 12), low: word(bytes, start + 16), captured: captured,
            original: Int(word(bytes, start + 24)), header: 28, length: length, in: bytes, at: place)
        guard case .frame(let frame, _) = step else { return step }
        var options = PcapngOptionCursor(from: start + 28 + (captured + 3) & ~3, to: start + length - 4, isBigEndian: isBigEndian)
        while let option = options.next(in: bytes) {
            if option.code == 1 { comment(text(option, in: bytes), on: "frame \(frame.number)", at: place) }
            // epb_dropcount: lost between this packet and the one before.
            if option.code == 4, let dropped = number64(option, in: bytes), dropped > 0 {
                interfaces[Int(frame.interface)].add(dropped: dropped, before: frame.time)
            }
        }
        return step
    }

    private mutating func readObsoletePacket(_ length: Int, in bytes: RawSpan, at place: Place) -> CaptureStep {
        let start = place.start
        let dropped = isBigEndian ? bytes.be16(start + 10) : bytes.le16(start + 10)
        let step = frame(
            interface: Int(isBigEndian ? bytes.be16(start + 8) : bytes.le16(start + 8)), high: word(bytes, start + 12),
            low: word(bytes, start + 16), captured: Int(word(bytes, start + 20)), original: Int(word(bytes, start + 24)), header: 28,
            length: length, in: bytes, at: place)
        // 0xFFFF says that the number is not known.
        if case .frame(let frame, _) = step, dropped > 0, dropped < 0xFFFF {
            interfaces[Int(frame.interface)].add(dropped: UInt64(dropped), before: frame.time)
        }
        return step
    }

    private mutating func readSimplePacket(_ length: Int, in bytes: RawSpan, at place: Place) -> CaptureStep {
        let original = Int(word(bytes, place.start + 8))
        var captured = min(original, length - 16)
        if sectionBase < clocks.count, clocks[sectionBase].snapLength > 0 { captured = min(captured, Int(clocks[sectionBase].snapLength)) }
        let step = frame(
            interface: 0, high: nil, low: 0, captured: captured, original: original, header: 12, length: length, in: bytes, at: place)
        if case .frame = step, !hasTimelessFrames {
            hasTimelessFrames = true
            remark(.cap008, at: place.fileOffset, "frame \(number) is in a Simple Packet Block, which has no timestamp")
        }
        return step
    }

    /// A packet block's frame. `high` is nil where the block has no time. Every packet block counts as a frame, even an unreadable one, so
    /// that numbers stay those of other tools.
    private mutating func frame(
        interface: Int, high: UInt32?, low: UInt32, captured: Int, original: Int, header: Int, length: Int, in bytes: RawSpan, at place: Place
    ) -> CaptureStep {
        number &+= 1
        let index = sectionBase + interface
        guard index < clocks.count else {
            remark(.cap004, at: place.fileOffset, "frame \(number) refers to interface \(interface), but \(clocks.count - sectionBase) are declared")
            return .skip(to: place.start + length)
        }
        guard captured <= length - header - 4 else {
            remark(.cap002, at: place.fileOffset, "frame \(number) claims \(captured) captured bytes in a block of \(length)")
            return .skip(to: place.start + length)
        }
        let clock = clocks[index]
        let time = high.map { clock.nanoseconds(UInt64($0) << 32 | UInt64(low)) } ?? 0
        return .frame(
            CapturedFrame(
                time: CaptureTime(nanoseconds: time), number: number, linkType: clock.linkType, interface: UInt32(truncatingIfNeeded: index),
                bodyStart: place.start + header, capturedLength: captured, originalLength: original),
            next: place.start + length)
    }

    private mutating func readStatistics(_ length: Int, in bytes: RawSpan, at place: Place) {
        let index = sectionBase + Int(word(bytes, place.start + 8))
        guard index < interfaces.count else {
            remark(.cap004, at: place.fileOffset, "statistics refer to interface \(index - sectionBase), but \(interfaces.count - sectionBase) are declared")
            return
        }
        var dropped: UInt64?
        var options = PcapngOptionCursor(from: place.start + 20, to: place.start + length - 4, isBigEndian: isBigEndian)
        while let option = options.next(in: bytes) {
            // isb_ifdrop and isb_osdrop: both since the start of the capture, so the latest block is the whole truth.
            guard option.code == 5 || option.code == 7, let count = number64(option, in: bytes) else { continue }
            let (sum, over) = (dropped ?? 0).addingReportingOverflow(count)
            dropped = over ? .max : sum
        }
        if let dropped { interfaces[index].dropped = max(dropped, interfaces[index].dropped ?? 0) }
    }

    private mutating func readSecrets(_ length: Int, in bytes: RawSpan, at place: Place) {
        let claimed = Int(word(bytes, place.start + 12))
        let count = min(claimed, length - 20)
        if count < claimed { remark(.cap002, at: place.fileOffset, "secrets of \(claimed) bytes in a block of \(length)") }
        guard count <= Self.secretLimit - secretOctets else {
            remark(.cap010, at: place.fileOffset, "more than \(Self.secretLimit) bytes of decryption secrets")
            return
        }
        secretOctets += count
        let type = word(bytes, place.start + 8)
        if type != DecryptionSecrets.tlsKeyLog {
            remark(.cap011, at: place.fileOffset, "\(count) bytes of decryption secrets: \(DecryptionSecrets.name(of: type))")
        }
        secrets.append(
            DecryptionSecrets(
                type: word(bytes, place.start + 8), octets: bytes.array(place.start + 16..<place.start + 16 + count), fileOffset: place.fileOffset))
    }

    private mutating func readComments(from start: Int, to end: Int, _ subject: String, in bytes: RawSpan, at place: Place) {
        var options = PcapngOptionCursor(from: start, to: end, isBigEndian: isBigEndian)
        while let option = options.next(in: bytes) {
            if option.code == 1 { comment(text(option, in: bytes), on: subject, at: place) }
        }
    }

    private mutating func readWriters(from start: Int, to end: Int, in bytes: RawSpan) {
        var options = PcapngOptionCursor(from: start, to: end, isBigEndian: isBigEndian)
        while let option = options.next(in: bytes) {
            guard 2...4 ~= option.code else { continue }
            let name = text(option, in: bytes)
            writers.add(option.code, name)
        }
    }

    /// opt_comment: what somebody wrote down while looking at the capture.
    private mutating func comment(_ text: String, on subject: String, at place: Place) {
        comments += 1
        if comments <= Self.commentLimit, !text.isEmpty { remark(.cap013, at: place.fileOffset, "\(subject): \(text)") }
    }
}
