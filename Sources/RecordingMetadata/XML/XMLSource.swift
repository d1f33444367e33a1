import Evidence

/// The octets of a document as UTF-8, with the way back to the octets that were captured.
///
/// RFC 7865 section 5.1 asks for UTF-8; what arrives may carry a byte order mark, blank lines before the declaration, UTF-16 or a
/// single-byte encoding. Octets that are no valid UTF-8 stay here: libxml2 refuses them, then the repair replaces them.
struct XMLSource {
    private(set) var utf8: [UInt8]
    /// For each UTF-8 octet the captured octet it came from; empty when they only differ by `base`.
    private(set) var origins: [UInt32]
    private(set) var base: Int
    /// The document begins with the mark of UTF-8; in UTF-16 a mark has to be there.
    private(set) var hasByteOrderMark = false
    /// Encoding that the XML declaration names, lower case.
    private(set) var declared: String?

    /// `charset` of the carrier goes before the declaration, but a byte order mark goes before both (RFC 7303 section 3.2). Where the carrier
    /// says UTF-8 and the octets are none, the declaration is believed.
    init(_ octets: [UInt8], charset: String? = nil) {
        origins = []
        base = 0
        utf8 = []
        if let bigEndian = Self.utf16Order(octets) {
            decodeUTF16(octets, bigEndian: bigEndian)
        } else {
            utf8 = octets
            dropPreamble()
            declared = Self.declaredEncoding(utf8)
            let named = charset.map { Self.isSame($0, "utf-8") && String(validating: utf8, as: UTF8.self) == nil ? declared ?? $0 : $0 }
            if !hasByteOrderMark, let encoding = named ?? declared, Self.isSingleByte(encoding), let decoded = LibXML.convert(utf8, from: encoding) {
                // One captured octet is one scalar in these encodings, so the map is exact.
                var map: [UInt32] = []
                map.reserveCapacity(decoded.count)
                var position = base - 1
                for octet in decoded {
                    if octet & 0xC0 != 0x80 { position += 1 }
                    map.append(UInt32(clamping: max(0, position)))
                }
                utf8 = decoded
                origins = map
            }
        }
        if !origins.isEmpty { dropPreamble() }
        declared = declared ?? Self.declaredEncoding(utf8)
    }

    /// Whether two names mean one encoding; ASCII is part of UTF-8.
    static func isSame(_ left: String, _ right: String) -> Bool {
        func plain(_ name: String) -> String {
            let name = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "\"" }
            return switch name {
            case "utf16be", "utf16le": "utf16"
            case "usascii", "ascii": "utf8"
            case "latin1": "iso88591"
            default: name
            }
        }
        return plain(left) == plain(right)
    }

    /// A rewritten form of `other`; `positions` holds for each octet its place in `other`.
    init(rewriting other: XMLSource, to octets: [UInt8], positions: [UInt32]) {
        utf8 = octets
        base = 0
        origins = positions.map { UInt32(clamping: other.captured(Int($0))) }
    }

    /// The captured octet behind octet `position` of `utf8`.
    func captured(_ position: Int) -> Int {
        if origins.isEmpty { return base + position }
        guard position < origins.count else { return Int(origins.last ?? 0) + 1 }
        return Int(origins[max(0, position)])
    }

    mutating func cut(at position: Int) {
        utf8.removeSubrange(position...)
        if !origins.isEmpty { origins.removeSubrange(position...) }
    }

    /// Blank lines and a byte order mark before the first markup: XML 1.0 section 2.8 allows none before a declaration.
    private mutating func dropPreamble() {
        var count = 0
        while count < utf8.count {
            if XMLMarkupScanner.isSpace(utf8[count]) {
                count += 1
            } else if utf8[count...].starts(with: [0xEF, 0xBB, 0xBF]) {
                count += 3
                if origins.isEmpty { hasByteOrderMark = true }
            } else {
                break
            }
        }
        guard count > 0 else { return }
        utf8.removeFirst(count)
        if origins.isEmpty { base += count } else { origins.removeFirst(count) }
    }

    private static func utf16Order(_ octets: [UInt8]) -> Bool? {
        guard octets.count >= 4 else { return nil }
        switch (octets[0], octets[1], octets[2], octets[3]) {
        case (0xFE, 0xFF, _, _), (0, 0x3C, 0, _): return true
        case (0xFF, 0xFE, _, _), (0x3C, 0, _, 0): return false
        default: return nil
        }
    }

    private mutating func decodeUTF16(_ octets: [UInt8], bigEndian: Bool) {
        func unit(_ at: Int) -> UInt32 {
            let (a, b) = (UInt32(octets[at]), UInt32(octets[at + 1]))
            return bigEndian ? a << 8 | b : b << 8 | a
        }
        var index = 0
        while index + 1 < octets.count {
            let start = index
            var value = unit(index)
            index += 2
            if (0xD800..<0xDC00).contains(value), index + 1 < octets.count, (0xDC00..<0xE000).contains(unit(index)) {
                value = 0x10000 + (value - 0xD800) << 10 + (unit(index) - 0xDC00)
                index += 2
            }
            for octet in String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8 {
                utf8.append(octet)
                origins.append(UInt32(clamping: start))
            }
        }
    }

    /// The `encoding` of the XML declaration, lower case.
    private static func declaredEncoding(_ octets: [UInt8]) -> String? {
        guard octets.starts(with: "<?xml".utf8), let close = octets.prefix(200).firstIndex(of: 0x3E) else { return nil }
        let words = octets[..<close].split { XMLMarkupScanner.isSpace($0) || $0 == 0x3D || $0 == 0x22 || $0 == 0x27 }
        guard let at = words.firstIndex(where: { $0.count == 8 && $0.lazy.map(\.asciiLowercased).elementsEqual("encoding".utf8) }), at + 1 < words.count
        else { return nil }
        return String(decoding: words[at + 1], as: UTF8.self).lowercased()
    }

    /// Encodings of one octet a character that every libxml2 converts; others are read as UTF-8 and repaired.
    private static func isSingleByte(_ name: String) -> Bool {
        name.hasPrefix("iso-8859-") || name.hasPrefix("windows-125") || name == "latin1" || name == "koi8-r"
    }
}
