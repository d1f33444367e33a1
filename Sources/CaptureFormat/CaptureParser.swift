public import Evidence

/// Reads pcap, pcapng and snoop from octets that the caller holds: no file, no clock.
///
/// The caller keeps a buffer (1 MiB is good), calls `next` from one position to the following, and on `.needMore` moves the rest to the
/// front, refills and calls again. Damage and cut files never throw: they are `remarks`, and everything before them has been handed out.
///
/// Bounds: `interfaceLimit` interfaces, `secretLimit` octets of secrets, `remarkLimit` remarks, records of up to `recordCeiling` octets.
@usableFromInline
package struct CaptureParser: Sendable {
    /// The families of capture files, with their names in sidecars.
    package enum Format: String, Sendable {
        case pcap, pcapng
        /// RFC 1761.
        case snoop
        /// A text log of SIP messages; the parser reads what `SIPMessageLog` makes of it, which is pcap.
        case sipMessageLog = "sipmsg-log"
    }

    package let format: Format
    /// Numbers in this section are big-endian.
    @usableFromInline internal var isBigEndian = false
    /// pcap with its file header read and plain 16-octet record headers.
    @usableFromInline internal var hasPlainRecords = false
    /// pcapng within a section.
    @usableFromInline internal var isInSection = false
    @usableFromInline internal var number: UInt32 = 0
    @usableFromInline package internal(set) var linkType = LinkType(0)
    /// Nanoseconds of one unit of a pcap record's fraction: 1 or 1000.
    @usableFromInline internal var fractionScale: Int64 = 1000
    /// A pcap record that claims more octets is damage.
    @usableFromInline internal var recordLimit = 0
    /// A pcap record whose fraction reaches this holds no true time.
    @usableFromInline internal var fractionLimit: UInt32 = 1_000_000
    /// Seconds of the last pcap record: what comes after damage should be near.
    @usableFromInline internal var lastSeconds: UInt32 = 0
    /// pcap before version 2.4 wrote the two lengths the other way round, 2.3 either way.
    internal var lengthOrder = LengthOrder.usual
    /// Looking for the next believable record: where the damage begins, and what was wrong there.
    internal var damage: (start: UInt64, problem: String)?
    /// Remarked once: a time that can not be.
    internal var hasOddTimes = false
    internal var comments = 0
    /// Interfaces before the current section's first.
    @usableFromInline internal var sectionBase = 0
    /// As `interfaces`, trivial.
    @usableFromInline internal var clocks: ContiguousArray<InterfaceClock> = []
    /// Octets of a pcap record header: 16, or 24 in Kuznetzov's modified format; 0 while the file header is unread.
    internal var recordHeader = 0
    /// Octets of a huge block of no interest still to pass over.
    internal var skipRemaining: UInt64 = 0
    /// Offset in the file of the block that is being passed over.
    var skipStart: UInt64 = 0
    internal var hasEnded = false
    internal var hasTimelessFrames = false
    internal var secretOctets = 0
    internal let limits: Limits

    /// In order of file offset; the first `remarkLimit`.
    package internal(set) var remarks: [CaptureRemark] = []
    /// Remarks beyond the bound.
    package internal(set) var remarksRefused = 0
    /// Of all sections, in file order; `CapturedFrame.interface` indexes it.
    package internal(set) var interfaces: [CaptureInterface] = []
    /// Programs, systems and devices that wrote the sections, each once (draft-ietf-opsawg-pcapng section 4.1).
    package internal(set) var writers = CaptureWriters()
    /// In file order.
    package internal(set) var secrets: [DecryptionSecrets] = []

    /// Largest record or block that is read as a whole: 16 MiB.
    @inlinable package static var recordCeiling: Int { 16 << 20 }
    /// Largest block that is believed at all: 64 MiB.
    package static var blockCeiling: Int { 64 << 20 }
    package static var interfaceLimit: Int { 65_536 }
    package static var secretLimit: Int { 16 << 20 }
    package static var remarkLimit: Int { 256 }
    /// Comments that are handed on; further ones are counted only.
    package static var commentLimit: Int { 32 }

    package init(format: Format, limits: Limits = Limits()) {
        self.format = format
        self.limits = limits
    }

    /// Frames read so far.
    package var frameCount: UInt32 { number }

    @inlinable @inline(__always)
    internal func word(_ bytes: RawSpan, _ offset: Int) -> UInt32 { isBigEndian ? bytes.be32(offset) : bytes.le32(offset) }

    /// The frame at `start` where it stands in a plain pcap record of a little-endian file, as most do; nil where `next` is to be asked. Goes on behind
    /// the frame's octets.
    @inlinable @inline(__always)
    package mutating func nextPlain(in bytes: RawSpan, from start: Int) -> CapturedFrame? {
        let available = bytes.byteCount &- start
        guard hasPlainRecords, !isBigEndian, start >= 0, available >= 16 else { return nil }
        let captured = Int(bytes.le32(start &+ 8))
        let original = Int(bytes.le32(start &+ 12))
        let fraction = bytes.le32(start &+ 4)
        guard captured > 0, captured <= original, captured <= recordLimit, captured <= available &- 16, fraction < fractionLimit else { return nil }
        number &+= 1
        lastSeconds = bytes.le32(start)
        let time = Int64(lastSeconds) &* 1_000_000_000 &+ Int64(fraction) &* fractionScale
        return CapturedFrame(
            time: CaptureTime(nanoseconds: time), number: number, linkType: linkType, interface: 0, bodyStart: start &+ 16, capturedLength: captured,
            originalLength: original)
    }

    /// The record or block at `start`.
    ///
    /// `fileOffset` is the place in the file of the span's octet 0. With `isFinal` no octets will come after this span: a record that is cut
    /// by its end is remarked (CAP001) and ends the file.
    @inlinable @inline(__always)
    package mutating func next(in bytes: RawSpan, from start: Int, fileOffset: UInt64, isFinal: Bool) -> CaptureStep {
        let available = bytes.byteCount &- start
        if hasPlainRecords, start >= 0, available >= 16 {
            let captured = Int(word(bytes, start &+ 8))
            let original = Int(word(bytes, start &+ 12))
            let fraction = word(bytes, start &+ 4)
            if captured > 0, captured <= original, captured <= recordLimit, captured <= available &- 16, fraction < fractionLimit {
                number &+= 1
                lastSeconds = word(bytes, start)
                let time = Int64(lastSeconds) &* 1_000_000_000 &+ Int64(fraction) &* fractionScale
                return .frame(
                    CapturedFrame(
                        time: CaptureTime(nanoseconds: time), number: number, linkType: linkType, interface: 0, bodyStart: start &+ 16,
                        capturedLength: captured, originalLength: original),
                    next: start &+ 16 &+ captured)
            }
        } else if isInSection, start >= 0, available >= 32, word(bytes, start) == 6 {
            // An Enhanced Packet Block without options; anything else goes the long way.
            let length = Int(word(bytes, start &+ 4))
            let interface = Int(word(bytes, start &+ 8)) &+ sectionBase
            let captured = Int(word(bytes, start &+ 20))
            if length <= available, length == 32 &+ (captured &+ 3) & ~3, length <= Self.recordCeiling, interface < clocks.count,
                Int(word(bytes, start &+ length &- 4)) == length
            {
                number &+= 1
                let clock = clocks[interface]
                let ticks = UInt64(word(bytes, start &+ 12)) << 32 | UInt64(word(bytes, start &+ 16))
                return .frame(
                    CapturedFrame(
                        time: CaptureTime(nanoseconds: clock.nanoseconds(ticks)), number: number, linkType: clock.linkType,
                        interface: UInt32(truncatingIfNeeded: interface), bodyStart: start &+ 28, capturedLength: captured,
                        originalLength: Int(word(bytes, start &+ 24))),
                    next: start &+ length)
            }
        }
        return carefulNext(in: bytes, from: start, fileOffset: fileOffset, isFinal: isFinal)
    }

    /// Everything that is not the common case.
    @usableFromInline
    package mutating func carefulNext(in bytes: RawSpan, from start: Int, fileOffset: UInt64, isFinal: Bool) -> CaptureStep {
        guard !hasEnded, start >= 0, start <= bytes.byteCount else { return .end }
        let place = Place(start: start, available: bytes.byteCount - start, fileOffset: fileOffset &+ UInt64(start), isFinal: isFinal)
        if damage != nil { return scan(in: bytes, at: place) }
        switch format {
        case .pcap, .sipMessageLog: return nextRecord(in: bytes, at: place)
        case .snoop: return nextSnoopRecord(in: bytes, at: place)
        case .pcapng: return nextBlock(in: bytes, at: place)
        }
    }
}

extension CaptureParser {
    /// Where the parser stands.
    struct Place {
        let start: Int
        /// Octets of the span from `start`.
        let available: Int
        /// Of `start`.
        let fileOffset: UInt64
        let isFinal: Bool
    }

    /// The answer when `needed` octets from here are not in the span: ask for more, end cleanly, or remark the cut.
    ///
    /// A length that was damaged can reach beyond the end just as that of a cut record: believable records after it tell them apart.
    mutating func short(_ needed: Int, at place: Place, _ what: String, in bytes: RawSpan) -> CaptureStep {
        guard place.isFinal else { return .needMore(atLeast: needed) }
        if place.available > 0 {
            if let next = firstChain(in: bytes, from: place.start + 1) {
                remark(
                    .cap002, at: place.fileOffset,
                    "\(what) claims \(needed) bytes, beyond the end of the file; \(Self.skipped(place.fileOffset, next - place.start))")
                return .skip(to: next)
            }
            remark(.cap001, at: place.fileOffset, "the file ends \(place.available) bytes into \(what), which needs at least \(needed)")
        }
        stop()
        return .end
    }

    mutating func remark(_ rule: Rule, at fileOffset: UInt64, _ message: String) {
        guard remarks.count < Self.remarkLimit else {
            remarksRefused += 1
            return
        }
        remarks.append(CaptureRemark(rule, fileOffset: fileOffset, frame: number, message))
    }

    /// Takes over a complaint that was made before the octets came here.
    package mutating func add(_ other: CaptureRemark) { remark(other.rule, at: other.fileOffset, other.message) }

    /// Adds an interface unless there are too many.
    mutating func declare(_ interface: CaptureInterface, at fileOffset: UInt64) {
        guard interfaces.count < Self.interfaceLimit else {
            remark(.cap010, at: fileOffset, "more than \(Self.interfaceLimit) interfaces")
            return
        }
        interfaces.append(interface)
        clocks.append(InterfaceClock(interface))
    }

    mutating func stop() {
        hasEnded = true
        hasPlainRecords = false
        isInSection = false
    }
}
