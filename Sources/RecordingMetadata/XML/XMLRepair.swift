import Evidence

/// Makes a document parse that senders broke in the usual ways, and says what was changed.
///
/// Display names are copied into the XML unescaped by several recording clients: `&` and `<` then end the document for any parser. Replaced are
/// `&` that begins no reference, `<` that begins no tag, `<` inside attribute values, characters XML forbids and octets that are no UTF-8
/// (both by U+FFFD). Attribute values without quotes get them. Nothing is removed.
struct XMLRepair {
    struct Edit {
        /// Octets from the start of the source.
        let offset: Int
        let what: String
    }

    private(set) var octets: [UInt8] = []
    private(set) var positions: [UInt32] = []
    /// Empty when nothing was to repair, or too much.
    private(set) var edits: [Edit] = []
    private let source: [UInt8]
    /// A document with more faults than this is no metadata with a few stray signs; it is left as it is.
    private static let editLimit = 1024

    init(_ source: [UInt8]) {
        self.source = source
        octets.reserveCapacity(source.count + 256)
        positions.reserveCapacity(source.count + 256)
        var scanner = XMLMarkupScanner(source)
        var index = 0
        while index < source.count, edits.count < Self.editLimit {
            guard source[index] == 0x3C else {
                index = copyCharacter(at: index)
                continue
            }
            let markup = scanner.markup(at: index)
            switch markup.kind {
            case .stray: index = replace(index, by: "&lt;", length: 1, "stray '<'")
            case .tag: index = copyTag(index..<markup.end)
            case .comment, .characterData, .instruction, .declaration, .unfinished:
                while index < markup.end, edits.count < Self.editLimit { index = copyValid(at: index) }
            }
        }
        if edits.count >= Self.editLimit { edits = [] }
    }

    private mutating func replace(_ index: Int, by text: String, length: Int, _ what: String) -> Int {
        edits.append(Edit(offset: index, what: what))
        for octet in text.utf8 { emit(octet, from: index) }
        return index + length
    }

    private mutating func emit(_ octet: UInt8, from index: Int) {
        octets.append(octet)
        positions.append(UInt32(clamping: index))
    }

    private mutating func copyTag(_ range: Range<Int>) -> Int {
        var index = range.lowerBound
        var quote: UInt8?
        var afterEquals = false
        while index < range.upperBound, edits.count < Self.editLimit {
            let octet = source[index]
            if let open = quote {
                if octet == open {
                    quote = nil
                    emit(octet, from: index)
                    index += 1
                } else if octet == 0x3C {
                    index = replace(index, by: "&lt;", length: 1, "stray '<' in an attribute")
                } else {
                    index = copyCharacter(at: index)
                }
                continue
            }
            if octet == 0x22 || octet == 0x27 {
                quote = octet
                afterEquals = false
            } else if octet == 0x3D {
                afterEquals = true
            } else if afterEquals, !XMLMarkupScanner.isSpace(octet), octet != 0x3E {
                afterEquals = false
                _ = replace(index, by: "\"", length: 0, "attribute value without quotes")
                while index < range.upperBound, source[index] != 0x3E, source[index] != 0x22, source[index] != 0x27,
                    !XMLMarkupScanner.isSpace(source[index])
                {
                    index = copyCharacter(at: index)
                }
                emit(0x22, from: index)
                continue
            }
            emit(octet, from: index)
            index += 1
        }
        return max(index, range.upperBound)
    }

    /// Copies text, escaping a stray `&`.
    private mutating func copyCharacter(at index: Int) -> Int {
        guard source[index] == 0x26 else { return copyValid(at: index) }
        if Self.isReference(source, at: index) {
            emit(0x26, from: index)
            return index + 1
        }
        return replace(index, by: "&amp;", length: 1, "stray '&'")
    }

    /// Copies one character, or U+FFFD where there is none that XML 1.0 section 2.2 allows.
    private mutating func copyValid(at index: Int) -> Int {
        let octet = source[index]
        if octet < 0x80 {
            if octet >= 0x20 || XMLMarkupScanner.isSpace(octet) {
                emit(octet, from: index)
                return index + 1
            }
            return replace(index, by: "\u{FFFD}", length: 1, "control character \(octet)")
        }
        let length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : 2
        if octet >= 0xC2, octet < 0xF5, index + length <= source.count {
            let part = source[index..<index + length]
            if let text = String(validating: part, as: UTF8.self), let scalar = text.unicodeScalars.first,
                scalar.value & 0xFFFE != 0xFFFE || scalar.value > 0xFFFF
            {
                for position in part.indices { emit(source[position], from: position) }
                return index + length
            }
        }
        return replace(index, by: "\u{FFFD}", length: 1, "a byte that is not UTF-8")
    }

    /// Whether a predefined or character reference (XML 1.0 section 4.1) that libxml2 accepts without a DTD begins at `index`.
    static func isReference(_ source: [UInt8], at index: Int) -> Bool {
        let tail = source[index...].prefix(12)
        guard let end = tail.firstIndex(of: 0x3B) else { return false }
        let name = String(decoding: source[index + 1..<end], as: UTF8.self)
        if ["amp", "lt", "gt", "quot", "apos"].contains(name) { return true }
        guard name.hasPrefix("#") else { return false }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value, !digits.contains("+"), !digits.contains("-"), Unicode.Scalar(value) != nil else { return false }
        return value >= 0x20 && value != 0xFFFE && value != 0xFFFF || [9, 10, 13].contains(value)
    }
}
