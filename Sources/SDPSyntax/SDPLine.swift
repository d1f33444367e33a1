import Evidence

/// One `x=value` line of a session description, or a line that is none (RFC 8866 section 5).
package struct SDPLine: Sendable, Equatable {
    /// The letter before `=`; 0 for a malformed line, whose whole text is `value`.
    package let type: UInt8
    /// Without the line end; octets that are not UTF-8 become U+FFFD.
    package let value: String
    /// Octets from the start of the description to the line.
    package let offset: Int
}

/// The lines of a description that are not empty, as ranges of its octets without line ends, which may be CRLF or LF.
struct DescriptionLines: Sequence, IteratorProtocol {
    private let octets: ArraySlice<UInt8>
    private var position: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        position = octets.startIndex + (octets.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    }

    mutating func next() -> Range<Int>? {
        while position < octets.endIndex {
            let start = position
            var end = start
            while end < octets.endIndex, octets[end] != 0x0A { end += 1 }
            position = end + 1
            while end > start, octets[end - 1] == 0x0D { end -= 1 }
            if end > start { return start..<end }
        }
        return nil
    }

    /// The letter of a line of the form `x=value`; nil for any other.
    static func letter(_ line: ArraySlice<UInt8>) -> UInt8? {
        guard line.count >= 2, let first = line.first, first >= 0x61, first <= 0x7A, line[line.startIndex + 1] == 0x3D else { return nil }
        return first
    }
}

/// Where an attribute stands, in octets from the start of the description. No description comes near 4 GiB.
struct AttributePlace: Sendable {
    /// Of the line; the name begins two octets later.
    let line: UInt32
    /// Of the colon, where there is one before `end`.
    let nameEnd: UInt32
    let end: UInt32
}

/// One attribute (RFC 8866 section 5.13): a view of its octets, whose texts are made when they are asked for.
package struct SDPAttribute: Sendable {
    let octets: ArraySlice<UInt8>
    let place: AttributePlace

    /// As written: attribute names are case-sensitive.
    package var name: String { SDPText.text(nameOctets) }
    /// After the colon; nil for a property attribute.
    package var value: String? { valueOctets.map { SDPText.text($0) } }
    /// Octets from the start of the description to the line.
    package var offset: Int { Int(place.line) }
    /// The value without the blanks around it; nil when there is none.
    package var trimmedValue: String? { valueOctets.map { SDPText.text(SDPText.trimmed($0)) } }

    private func index(_ offset: UInt32) -> Int { octets.startIndex + Int(offset) }
    var nameOctets: ArraySlice<UInt8> { octets[index(place.line) + 2..<index(place.nameEnd)] }
    var valueOctets: ArraySlice<UInt8>? { place.nameEnd < place.end ? octets[index(place.nameEnd) + 1..<index(place.end)] : nil }

    func isNamed(_ name: String) -> Bool {
        let wanted = name.utf8
        return Int(place.nameEnd) - Int(place.line) - 2 == wanted.count && nameOctets.elementsEqual(wanted)
    }
}

/// The attributes of a section, in order, unknown ones too.
package struct SDPAttributes: Sendable, RandomAccessCollection {
    let octets: ArraySlice<UInt8>
    var places: [AttributePlace] = []

    init(_ octets: ArraySlice<UInt8>) { self.octets = octets }

    package var startIndex: Int { 0 }
    package var endIndex: Int { places.count }
    package subscript(position: Int) -> SDPAttribute { SDPAttribute(octets: octets, place: places[position]) }

    /// Those of this name, in order.
    package func named(_ name: String) -> some Sequence<SDPAttribute> { lazy.filter { $0.isNamed(name) } }
    func first(_ name: String) -> SDPAttribute? { first { $0.isNamed(name) } }
    func contains(_ name: String) -> Bool { contains { $0.isNamed(name) } }

    /// Takes the attribute of a line `a=…`, which is a range of the octets.
    mutating func append(_ line: Range<Int>) -> SDPAttribute {
        let start = octets.startIndex
        let colon = octets[line].firstIndex(of: 0x3A) ?? line.upperBound
        let place = AttributePlace(
            line: UInt32(clamping: line.lowerBound - start), nameEnd: UInt32(clamping: colon - start), end: UInt32(clamping: line.upperBound - start))
        places.append(place)
        return SDPAttribute(octets: octets, place: place)
    }
}

/// Keys must not reach a log by way of a description, a mirror or an interpolation.
extension SDPLine: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let isKey = type == 0x6B || SDPText.secretAttributes.contains { value.lowercased().hasPrefix($0) } || value.containsIgnoringCase("inline:")
        return "\(type == 0 ? "" : String(UnicodeScalar(type)) + "=")\(isKey ? "<key not shown>" : value)"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["line": description, "offset": offset]) }
}

extension SDPAttribute: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let value = value
        let isKey = SDPText.secretAttributes.contains(name.lowercased()) || (value?.containsIgnoringCase("inline:") ?? false)
        return "a=\(name)\(value.map { isKey ? ":<key not shown>" : ":\($0)" } ?? "")"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["attribute": description, "offset": offset]) }
}

extension SDPAttributes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { map(\.description).joined(separator: "\n") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, unlabeledChildren: map(\.description), displayStyle: .collection) }
}
