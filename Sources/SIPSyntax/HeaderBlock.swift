import Evidence

/// Header fields up to the blank line, of a message or of a body part.
///
/// Line ends may be CRLF or a bare LF, also mixed: only the octets decide where the body begins, and nothing is normalised.
struct HeaderBlock {
    let fields: HeaderFields
    /// First octet after the blank line; the end of the input where there was none.
    let end: Int
    /// Whether the blank line was there.
    let isTerminated: Bool
    let bareLineFeeds: Int
    let firstBareLineFeed: Int
    /// Offset of lines that are no header field.
    let malformedLines: [Int]
    /// Header fields left out because there were too many.
    let dropped: Int

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
        var places: [HeaderPlace] = []
        places.reserveCapacity(Self.usualCount)
        var stop: Int?
        var bareLineFeeds = 0
        var firstBareLineFeed = 0
        var malformedLines: [Int] = []
        var dropped = 0
        var position = start
        while position < end {
            let line = Self.line(raw, from: position, to: end)
            if line.isBare {
                if bareLineFeeds == 0 { firstBareLineFeed = line.next - 1 }
                bareLineFeeds += 1
            }
            if line.content.isEmpty, line.isTerminated {
                stop = line.next
                break
            }
            let field = Self.name(raw, line.content)
            if field == nil, stopsAtText {
                stop = position
                break
            }
            var value = HeaderText.trimmed(raw[(field?.colon ?? line.content.lowerBound - 1) + 1..<line.content.upperBound]).indices
            var next = line.next
            // RFC 3261 section 7.3.1: a line that begins with a blank continues the one before.
            while next < end, raw[next].isBlank {
                let more = Self.line(raw, from: next, to: end)
                if more.isBare { bareLineFeeds += 1 }
                value = value.lowerBound..<more.content.upperBound
                next = more.next
            }
            if places.count < limit {
                // A line without its end is cut, not malformed.
                if field == nil, line.isTerminated { malformedLines.append(position) }
                places.append(HeaderPlace(name: position..<(field?.end ?? position), value: value, isFolded: next > line.next, in: raw))
            } else {
                dropped += 1
            }
            position = next
        }
        fields = HeaderFields(raw: raw, places: places)
        self.end = stop ?? end
        isTerminated = stop != nil
        self.bareLineFeeds = bareLineFeeds
        self.firstBareLineFeed = firstBareLineFeed
        self.malformedLines = malformedLines
        self.dropped = dropped
    }

    /// Header fields that a message has as a rule, at the most.
    private static let usualCount = 16

    /// The end of a name that is a token, and the colon after it; nil for any other line.
    private static func name(_ raw: [UInt8], _ range: Range<Int>) -> (end: Int, colon: Int)? {
        var index = range.lowerBound
        while index < range.upperBound, raw[index].isTokenOctet { index += 1 }
        guard index > range.lowerBound else { return nil }
        let end = index
        while index < range.upperBound, raw[index].isBlank { index += 1 }
        return index < range.upperBound && raw[index] == 0x3A ? (end, index) : nil
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
