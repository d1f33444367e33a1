import Evidence

/// One piece of markup that begins with `<`, found by a lexer that agrees with XML 1.0 on every well-formed prefix.
///
/// It exists beside libxml2 for two reasons: to bound the attributes of one tag before libxml2 compares them pairwise, and to tell stray `<`
/// from tags when a document needs repair.
struct XMLMarkup {
    enum Kind {
        case comment, characterData, instruction, declaration, tag
        /// A `<` that begins no markup.
        case stray
        /// Markup whose end is not there.
        case unfinished
    }

    let kind: Kind
    /// Octet after the markup; for `stray` the octet after `<`.
    let end: Int
    /// Equals signs outside quotes: an upper bound of the number of attributes.
    let equalsSigns: Int
}

/// Finds markup in UTF-8 octets, in time linear in their number whatever they are.
struct XMLMarkupScanner {
    private let octets: [UInt8]
    /// Octets that may still be looked at in tags that turn out not to be tags: keeps nested false starts from costing quadratic time.
    private var budget: Int

    init(_ octets: [UInt8]) {
        self.octets = octets
        budget = octets.count * 2 + 4096
    }

    /// The markup at `start`, which must hold `<`.
    mutating func markup(at start: Int) -> XMLMarkup {
        guard start + 1 < octets.count, octets[start + 1] == 0x21 || octets[start + 1] == 0x3F else { return tag(at: start) }
        if matches("<!--", at: start) { return delimited("-->", from: start + 4, .comment) }
        if matches("<![CDATA[", at: start) { return delimited("]]>", from: start + 9, .characterData) }
        if matches("<?", at: start) { return delimited("?>", from: start + 2, .instruction) }
        if matches("<!", at: start) { return delimited(">", from: start + 2, .declaration) }
        return tag(at: start)
    }

    private mutating func tag(at start: Int) -> XMLMarkup {
        var index = start + 1
        if index < octets.count, octets[index] == 0x2F { index += 1 }
        let nameStart = index
        while index < octets.count, Self.isNameOctet(octets[index], first: index == nameStart) { index += 1 }
        let stray = XMLMarkup(kind: .stray, end: start + 1, equalsSigns: 0)
        guard index > nameStart else { return stray }
        guard index < octets.count else { return XMLMarkup(kind: .unfinished, end: octets.count, equalsSigns: 0) }
        guard Self.isSpace(octets[index]) || octets[index] == 0x2F || octets[index] == 0x3E else { return stray }
        var equals = 0
        var quote: UInt8?
        while index < octets.count {
            let octet = octets[index]
            index += 1
            if let open = quote {
                if octet == open { quote = nil }
                continue
            }
            switch octet {
            case 0x22, 0x27: quote = octet
            case 0x3D: equals += 1
            case 0x3E: return XMLMarkup(kind: .tag, end: index, equalsSigns: equals)
            case 0x3C:
                budget -= index - start
                return budget > 0 ? stray : XMLMarkup(kind: .unfinished, end: octets.count, equalsSigns: equals)
            default: break
            }
        }
        return XMLMarkup(kind: .unfinished, end: octets.count, equalsSigns: equals)
    }

    private func delimited(_ terminator: StaticString, from start: Int, _ kind: XMLMarkup.Kind) -> XMLMarkup {
        var index = start
        while index < octets.count {
            if matches(terminator, at: index) { return XMLMarkup(kind: kind, end: index + terminator.utf8CodeUnitCount, equalsSigns: 0) }
            index += 1
        }
        return XMLMarkup(kind: .unfinished, end: octets.count, equalsSigns: 0)
    }

    private func matches(_ text: StaticString, at index: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= octets.count else { return false }
        return text.withUTF8Buffer { unsafe $0.elementsEqual(octets[index..<index + count]) }
    }

    static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D }

    /// ASCII name characters of XML 1.0 section 2.3, and every octet of a longer UTF-8 sequence.
    static func isNameOctet(_ octet: UInt8, first: Bool) -> Bool {
        switch octet {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
        case 0x30...0x39, 0x2D, 0x2E: !first
        default: false
        }
    }

    /// Where the first tag with more than `limit` attributes begins, or nil.
    static func overlongTag(in octets: [UInt8], limit: Int) -> Int? {
        // Most documents have fewer equals signs than one tag may have, and counting them takes a tenth of looking for tags.
        var equalsSigns = 0
        for octet in octets where octet == 0x3D { equalsSigns &+= 1 }
        guard equalsSigns > limit else { return nil }
        var scanner = XMLMarkupScanner(octets)
        var index = 0
        while index < octets.count {
            guard octets[index] == 0x3C else {
                index += 1
                continue
            }
            let markup = scanner.markup(at: index)
            if markup.equalsSigns > limit { return index }
            index = max(index + 1, markup.end)
        }
        return nil
    }
}
