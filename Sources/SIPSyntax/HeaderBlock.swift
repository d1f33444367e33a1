import Evidence

/// Header fields up to the blank line, of a message or of a body part.
///
/// Line ends may be CRLF or a bare LF, also mixed: only the octets decide where the body begins, and nothing is normalised.
struct HeaderBlock {
    var headers: [SIPHeader] = []
    /// First octet after the blank line; the end of the input where there was none.
    var end: Int
    /// Whether the blank line was there.
    var isTerminated = false
    var bareLineFeeds = 0
    var firstBareLineFeed = 0
    /// Offset of lines that are no header field.
    var malformedLines: [Int] = []
    /// Header fields left out because there were too many.
    var dropped = 0

    /// Where a line ends and the next begins.
    struct Line {
        let content: Range<Int>
        let next: Int
        /// Ended by LF without CR.
        let isBare: Bool
        /// Ended by anything at all.
        let isTerminated: Bool
    }

    static func line(_ raw: [UInt8], from start: Int, to end: Int) -> Line {
        var index = start
        while index < end, raw[index] != 0x0A { index += 1 }
        let hasReturn = index > start && raw[index - 1] == 0x0D
        guard index < end else { return Line(content: start..<(hasReturn ? end - 1 : end), next: end, isBare: false, isTerminated: false) }
        return Line(content: start..<(hasReturn ? index - 1 : index), next: index + 1, isBare: !hasReturn, isTerminated: true)
    }

    /// - Parameter stopsAtText: in a body part, the first line that cannot be a header field begins the content: senders forget the blank line.
    init(_ raw: [UInt8], from start: Int, to end: Int, limit: Int, stopsAtText: Bool = false) {
        self.end = end
        var position = start
        while position < end {
            let line = Self.line(raw, from: position, to: end)
            if line.isBare {
                if bareLineFeeds == 0 { firstBareLineFeed = line.next - 1 }
                bareLineFeeds += 1
            }
            if line.content.isEmpty, line.isTerminated {
                self.end = line.next
                isTerminated = true
                return
            }
            var value: [UInt8] = []
            let colon = Self.colon(raw, line.content)
            if colon == nil, stopsAtText {
                self.end = position
                isTerminated = true
                return
            }
            value.append(contentsOf: Self.trimmed(raw, (colon.map { $0 + 1 } ?? line.content.lowerBound)..<line.content.upperBound))
            var next = line.next
            // RFC 3261 section 7.3.1: a line that begins with a blank continues the one before.
            while next < end, raw[next].isBlank {
                let more = Self.line(raw, from: next, to: end)
                if more.isBare { bareLineFeeds += 1 }
                let text = Self.trimmed(raw, more.content)
                if !text.isEmpty, !value.isEmpty { value.append(0x20) }
                value.append(contentsOf: text)
                next = more.next
            }
            if headers.count < limit {
                let name = colon.map { String(decoding: Self.trimmed(raw, line.content.lowerBound..<$0), as: UTF8.self) } ?? ""
                // A line without its end is cut, not malformed.
                if colon == nil, line.isTerminated { malformedLines.append(position) }
                headers.append(SIPHeader(name: name, value: String(decoding: value, as: UTF8.self), offset: position))
            } else {
                dropped += 1
            }
            position = next
        }
    }

    /// The colon after a name that is a token; nil for any other line.
    private static func colon(_ raw: [UInt8], _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound, raw[index].isTokenOctet { index += 1 }
        guard index > range.lowerBound else { return nil }
        while index < range.upperBound, raw[index].isBlank { index += 1 }
        return index < range.upperBound && raw[index] == 0x3A ? index : nil
    }

    static func trimmed(_ raw: [UInt8], _ range: Range<Int>) -> ArraySlice<UInt8> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, raw[low].isBlank || raw[low] == 0x0D { low += 1 }
        while high > low, raw[high - 1].isBlank || raw[high - 1] == 0x0D { high -= 1 }
        return raw[low..<high]
    }
}

extension UInt8 {
    /// `token` of RFC 3261 section 25.1.
    @inlinable
    package var isTokenOctet: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2D, 0x2E, 0x21, 0x25, 0x2A, 0x5F, 0x2B, 0x60, 0x27, 0x7E: true
        default: false
        }
    }
}
