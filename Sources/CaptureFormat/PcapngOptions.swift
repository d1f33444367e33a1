import Evidence

/// One option of a block: draft-ietf-opsawg-pcapng section 3.5.
struct PcapngOption {
    let code: UInt16
    /// Place of the value in the span, without padding.
    let value: Range<Int>
}

/// Walks the options in `position..<end`; stops at opt_endofopt and at an option that does not fit.
struct PcapngOptionCursor {
    private var position: Int
    private let end: Int
    private let isBigEndian: Bool

    init(from start: Int, to end: Int, isBigEndian: Bool) {
        position = start
        self.end = end
        self.isBigEndian = isBigEndian
    }

    mutating func next(in bytes: RawSpan) -> PcapngOption? {
        guard end - position >= 4 else { return nil }
        let code = isBigEndian ? bytes.be16(position) : bytes.le16(position)
        let length = Int(isBigEndian ? bytes.be16(position + 2) : bytes.le16(position + 2))
        guard code != 0, length <= end - position - 4 else { return nil }
        let value = position + 4..<position + 4 + length
        position = min(end, position + 4 + (length + 3) & ~3)
        return PcapngOption(code: code, value: value)
    }
}

extension CaptureParser {
    /// Octets of an option's text that are kept.
    private static var textLimit: Int { 256 }

    func text(_ option: PcapngOption, in bytes: RawSpan) -> String {
        let end = min(option.value.upperBound, option.value.lowerBound + Self.textLimit)
        return String(decoding: bytes.array(option.value.lowerBound..<end).prefix { $0 != 0 }, as: UTF8.self)
    }

    /// An eight-octet number; nil for any other length.
    func number64(_ option: PcapngOption, in bytes: RawSpan) -> UInt64? {
        guard option.value.count == 8 else { return nil }
        let first = UInt64(word(bytes, option.value.lowerBound))
        let second = UInt64(word(bytes, option.value.lowerBound + 4))
        return isBigEndian ? first << 32 | second : second << 32 | first
    }
}
