import Evidence

/// The way on after damage: octet by octet to the first place where records follow one another again.
///
/// What is decided depends on the octets of the file alone, never on where a buffer ends: where octets are missing, more are asked for. Each
/// place costs a look at no more than three record headers, so the search is linear; it looks at most some 512 KiB ahead.
extension CaptureParser {
    /// Longest record or block that is believed during a search.
    private static var believedOctets: Int { 262_144 }
    /// Seconds between records around damage that are believed: captures are joined over months, not over decades.
    private static var believedSeconds: Int64 { 400 * 86400 }
    /// Seconds between records in a row that believe one another where the last one before the damage had a damaged time itself.
    private static var neighbourSeconds: Int64 { 3600 }
    /// Octets of a block whose head gives a wrong length and whose tail is looked for: descriptions of interfaces and packets of calls fit.
    private static var tailOctets: Int { 2048 }

    enum Chain { case yes, no, needMore(Int) }

    static func skipped(_ start: UInt64, _ count: Int) -> String { "\(count) bytes from \(start) to \(start &+ UInt64(count)) are skipped" }

    /// Called where a length or type can not be true: looks for the next believable record.
    mutating func resynchronise(in bytes: RawSpan, at place: Place, _ problem: String) -> CaptureStep {
        damage = (place.fileOffset, problem)
        hasPlainRecords = false
        isInSection = false
        return scan(in: bytes, at: place)
    }

    mutating func scan(in bytes: RawSpan, at place: Place) -> CaptureStep {
        guard let (begin, problem) = damage else { return .skip(to: place.start) }
        var at = place.start + (place.fileOffset == begin ? 1 : 0)
        loop: while at < bytes.byteCount {
            switch chain(in: bytes, at: at, isFinal: place.isFinal) {
            case .yes:
                let count = Int(clamping: place.fileOffset &- begin) + at - place.start
                damage = nil
                remark(.cap002, at: begin, "\(problem); \(Self.skipped(begin, count))")
                hasPlainRecords = usesPlainRecords && format != .pcapng
                isInSection = format == .pcapng
                return .skip(to: at)
            case .no: at += 1
            case .needMore(let needed):
                if at == place.start { return .needMore(atLeast: needed) }
                break loop
            }
        }
        guard place.isFinal, at >= bytes.byteCount else {
            return at > place.start ? .skip(to: min(at, bytes.byteCount)) : .needMore(atLeast: place.available + 1)
        }
        let end = place.fileOffset &+ UInt64(place.available)
        remark(.cap002, at: begin, "\(problem); no plausible record follows up to the end of the file at \(end)")
        damage = nil
        stop()
        return .end
    }

    /// The first place from `start` on where records follow one another, in a span that holds the rest of the file.
    func firstChain(in bytes: RawSpan, from start: Int) -> Int? {
        guard recordHeader > 0 || format == .pcapng, start < bytes.byteCount else { return nil }
        for at in start..<bytes.byteCount {
            if case .yes = chain(in: bytes, at: at, isFinal: true) { return at }
        }
        return nil
    }

    private func chain(in bytes: RawSpan, at: Int, isFinal: Bool) -> Chain {
        format == .pcapng ? blockChain(in: bytes, at: at, isFinal: isFinal) : recordChain(in: bytes, at: at, isFinal: isFinal)
    }

    /// Three headers one after the other, two and a cut one, or whole records up to the very end of the file.
    private func recordChain(in bytes: RawSpan, at: Int, isFinal: Bool) -> Chain {
        var position = at
        var reference: UInt32?
        for count in 0..<3 {
            // Times that are near one another, but not near the last one, are believed of three records only.
            if position == bytes.byteCount, isFinal { return count > 0 && reference == nil ? .yes : .no }
            if position + recordHeader > bytes.byteCount {
                return isFinal ? (count == 2 && reference == nil && position <= bytes.byteCount ? .yes : .no) : .needMore(position + recordHeader - at)
            }
            guard let (size, seconds) = recordHead(bytes, position) else { return .no }
            if !isNear(seconds) {
                guard count == 0 || reference != nil, abs(Int64(seconds) - Int64(reference ?? seconds)) <= Self.neighbourSeconds else { return .no }
                reference = seconds
            }
            position += size
        }
        return .yes
    }

    /// Octets of the record whose header stands at `start`, where that header is believable.
    func recordSize(_ bytes: RawSpan, _ start: Int) -> Int? {
        guard let (size, seconds) = recordHead(bytes, start), isNear(seconds) else { return nil }
        return size
    }

    /// Octets of a record and its seconds, where its header is believable but for the seconds.
    private func recordHead(_ bytes: RawSpan, _ start: Int) -> (size: Int, seconds: UInt32)? {
        if format == .snoop {
            let original = Int(bytes.be32(start))
            let captured = Int(bytes.be32(start + 4))
            let size = Int(bytes.be32(start + 8))
            guard captured > 0, captured <= original, original <= Self.believedOctets, size >= 24 + captured, size <= 24 + captured + 64,
                bytes.be32(start + 20) < 1_000_000, bytes.be32(start + 16) > 0
            else { return nil }
            return (size, bytes.be32(start + 16))
        }
        let (captured, original) = lengths(bytes, start)
        guard captured > 0, captured <= original, original <= max(Self.believedOctets, recordLimit), captured <= Self.believedOctets,
            word(bytes, start + 4) < fractionLimit, word(bytes, start) > 0
        else { return nil }
        return (recordHeader + captured, word(bytes, start))
    }

    /// Whether a record's time is one that may follow the last.
    func isNear(_ seconds: UInt32) -> Bool {
        seconds > 0 && (number == 0 || abs(Int64(seconds) - Int64(lastSeconds)) <= Self.believedSeconds)
    }

    enum TailLook { case length(Int), no, needMore(Int) }

    /// The length of the block at `start` by its tail, where the head's is damaged: the nearest tail that counts back to the head and
    /// has another block, or the end of the file, behind it.
    func lengthByTail(in bytes: RawSpan, at start: Int, isFinal: Bool) -> TailLook {
        guard bytes.byteCount - start >= Self.tailOctets + 12 || isFinal else { return .needMore(Self.tailOctets + 12) }
        let end = min(bytes.byteCount, start + Self.tailOctets)
        var next = start + 12
        while next <= end {
            if Int(word(bytes, next - 4)) == next - start, isFollowed(bytes, at: next) { return .length(next - start) }
            next += 4
        }
        return .no
    }

    private func isFollowed(_ bytes: RawSpan, at next: Int) -> Bool {
        next == bytes.byteCount || bytes.byteCount - next >= 12 && isBlockHead(bytes, next, isBig: isBigEndian)
    }

    /// A block whose two lengths agree, and after it the head of another or the end of the file.
    private func blockChain(in bytes: RawSpan, at: Int, isFinal: Bool) -> Chain {
        switch block(in: bytes, at: at) {
        case .no: return .no
        case .needMore(let needed): return isFinal ? .no : .needMore(needed)
        case .yes(let length, let isBig):
            let next = at + length
            if next + 12 > bytes.byteCount { return isFinal ? .yes : .needMore(length + 12) }
            return isBlockHead(bytes, next, isBig: isBig) ? .yes : .no
        }
    }

    enum BlockLook { case yes(length: Int, isBig: Bool), no, needMore(Int) }

    /// Whether a believable block stands whole at `at`.
    func block(in bytes: RawSpan, at: Int) -> BlockLook {
        guard bytes.byteCount - at >= 12 else { return .needMore(12) }
        var isBig = isBigEndian
        if bytes.be32(at) == BlockType.section { isBig = bytes.be32(at + 8) == BlockType.byteOrder }
        guard isBlockHead(bytes, at, isBig: isBig) else { return .no }
        let length = Int(isBig ? bytes.be32(at + 4) : bytes.le32(at + 4))
        guard length <= bytes.byteCount - at else { return .needMore(length) }
        let tail = Int(isBig ? bytes.be32(at + length - 4) : bytes.le32(at + length - 4))
        return tail == length ? .yes(length: length, isBig: isBig) : .no
    }

    private func isBlockHead(_ bytes: RawSpan, _ at: Int, isBig: Bool) -> Bool {
        let type = isBig ? bytes.be32(at) : bytes.le32(at)
        if type == BlockType.section {
            guard bytes.be32(at + 8) == BlockType.byteOrder || bytes.le32(at + 8) == BlockType.byteOrder else { return false }
            let length = bytes.be32(at + 8) == BlockType.byteOrder ? bytes.be32(at + 4) : bytes.le32(at + 4)
            return length >= 28 && length % 4 == 0 && length <= Self.believedOctets
        }
        let length = Int(isBig ? bytes.be32(at + 4) : bytes.le32(at + 4))
        return BlockType.isKnown(type) && length >= 12 && length % 4 == 0 && length <= Self.believedOctets
    }
}
