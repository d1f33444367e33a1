import Evidence

/// One header field as found (RFC 3261 section 7.3): a view of its octets, whose texts are made when they are asked for.
package struct SIPHeader: Sendable {
    let raw: [UInt8]
    let place: HeaderPlace

    /// The long form of a compact name, else the name as it was written; empty for a line without a colon.
    package var name: String {
        let written = place.writtenName
        return written.count == 1 && place.name != .other ? place.name.text.description : HeaderText.text(raw[written])
    }

    /// Lower-case `name`, for comparison: names are case-insensitive.
    package var key: String { name.lowercased() }

    /// Unfolded, without the blanks around it. Octets that are not UTF-8 become U+FFFD; `SIPMessage.raw` keeps them.
    package var value: String { HeaderText.text(place.content(in: raw)) }

    /// Octets from the start of the message to the line.
    package var offset: Int { Int(place.offset) }
}

/// Where a header field stands. Kept for each field of each message, so it is small: no message comes near 4 GiB.
struct HeaderPlace: Sendable {
    /// Of the line.
    let offset: UInt32
    /// End of the name; equal to `offset` for a line without a colon.
    let nameEnd: UInt32
    /// Without the blanks around it; of a folded value with all that is between its first and its last octet.
    let valueStart: UInt32
    let valueEnd: UInt32
    let name: HeaderName
    let isFolded: Bool

    init(name: Range<Int>, value: Range<Int>, isFolded: Bool, in raw: [UInt8]) {
        offset = UInt32(clamping: name.lowerBound)
        nameEnd = UInt32(clamping: name.upperBound)
        valueStart = UInt32(clamping: value.lowerBound)
        valueEnd = UInt32(clamping: value.upperBound)
        self.name = HeaderName(raw[name])
        self.isFolded = isFolded
    }

    var writtenName: Range<Int> { Int(offset)..<Int(nameEnd) }

    /// The octets of the value, unfolded.
    func content(in raw: [UInt8]) -> ArraySlice<UInt8> {
        let range = Int(valueStart)..<Int(valueEnd)
        guard isFolded else { return raw[range] }
        var value: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let line = HeaderBlock.line(raw, from: position, to: range.upperBound)
            let text = HeaderText.trimmed(raw[line.content])
            if !text.isEmpty, !value.isEmpty { value.append(0x20) }
            value += text
            position = line.next
        }
        return value[...]
    }
}

/// The header fields of a message or of a body part, in the order of the wire.
package struct HeaderFields: Sendable, RandomAccessCollection {
    let raw: [UInt8]
    let places: [HeaderPlace]

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }
    package subscript(position: Int) -> SIPHeader { SIPHeader(raw: raw, place: places[position]) }

    /// The octets of the first value of this name.
    func content(_ name: HeaderName) -> ArraySlice<UInt8>? {
        for place in places where place.name == name { return place.content(in: raw) }
        return nil
    }

    /// Where the fields of a name stand that may be none of `HeaderName`.
    func named(_ name: String) -> [HeaderPlace] {
        let wanted = Array(name.utf8)
        let known = HeaderName(wanted[...])
        return places.filter { place in
            guard known == .other else { return place.name == known }
            return place.name == .other && raw[place.writtenName].elementsEqual(wanted) { $0.asciiLowercased == $1.asciiLowercased }
        }
    }
}
