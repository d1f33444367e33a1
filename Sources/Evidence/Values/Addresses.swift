/// An IPv4 or IPv6 address as 128 bits; IPv4 sits in the low 32 with `family` 4.
@frozen
@usableFromInline
package struct IPAddress: Hashable, Sendable {
    @usableFromInline package let high: UInt64
    @usableFromInline package let low: UInt64
    /// 4 or 6; 0 for "none known".
    @usableFromInline package let family: UInt8

    @inlinable
    package init(v4 value: UInt32) {
        high = 0
        low = UInt64(value)
        family = 4
    }

    @inlinable
    package init(v6High: UInt64, low: UInt64) {
        high = v6High
        self.low = low
        family = 6
    }

    /// 0.0.0.0 or ::, which RFC 2543 used for hold.
    @inlinable package var isUnspecified: Bool { high == 0 && low == 0 }

    @inlinable
    package static func == (left: IPAddress, right: IPAddress) -> Bool {
        ((left.high ^ right.high) | (left.low ^ right.low) | UInt64(left.family ^ right.family)) == 0
    }
}

extension IPAddress: CustomStringConvertible, Comparable {
    @usableFromInline package static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.family, left.high, left.low) < (right.family, right.high, right.low)
    }

    /// Dotted quad, or RFC 5952 text.
    @usableFromInline package var description: String {
        if family == 4 { return "\(low >> 24 & 255).\(low >> 16 & 255).\(low >> 8 & 255).\(low & 255)" }
        let groups = (0..<8).map { index in UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3))) }
        var best = 0..<0
        var index = 0
        while index < 8 {
            let start = index
            while index < 8, groups[index] == 0 { index += 1 }
            if index - start > max(1, best.count) { best = start..<index }
            index += 1
        }
        func text(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        // RFC 5952 section 5: an IPv4-mapped address ends in a dotted quad.
        if high == 0, low >> 32 == 0xFFFF { return "::ffff:\(IPAddress(v4: UInt32(truncatingIfNeeded: low)))" }
        return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }

    /// Reads a numeric address, with or without brackets and zone; nil for a host name.
    package init?(_ text: some StringProtocol) {
        var body = Substring(text)
        if body.hasPrefix("["), body.hasSuffix("]") { body = body.dropFirst().dropLast() }
        if let zone = body.firstIndex(of: "%") { body = body[..<zone] }
        if !body.contains(":") {
            guard let value = Self.dottedQuad(body.utf8) else { return nil }
            self.init(v4: value)
            return
        }
        // RFC 4291 section 2.2: eight groups, of which one run of at least one may be written `::`.
        let pieces = body.split(separator: ":", omittingEmptySubsequences: false)
        let inner = pieces.indices.dropFirst().dropLast().filter { pieces[$0].isEmpty }
        let groups: [UInt16]
        if inner.isEmpty {
            guard let all = Self.groups(pieces[...]), all.count == 8 else { return nil }
            groups = all
        } else {
            // `::` alone, in front or at the end splits into a second empty piece, which belongs to it.
            var left = pieces[..<inner[0]]
            var right = pieces[(inner[0] + 1)...]
            if left == [""] { left = [] }
            if right == [""] { right = [] }
            guard let head = Self.groups(left), let tail = Self.groups(right), head.count + tail.count < 8 else { return nil }
            if left.last?.contains(".") == true { return nil }
            groups = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        }
        let words = groups.map(UInt64.init)
        self.init(
            v6High: words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
            low: words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7])
    }

    /// The same of octets; a dotted quad, which nearly every one is, without making a text of it.
    package init?(octets: ArraySlice<UInt8>) {
        guard octets.count <= 15, octets.allSatisfy({ $0.isASCIIDigit || $0 == 0x2E }) else {
            self.init(String(decoding: octets, as: UTF8.self))
            return
        }
        guard let value = Self.dottedQuad(octets) else { return nil }
        self.init(v4: value)
    }

    /// Hexadecimal groups, of which the last may be a dotted quad that stands for two.
    private static func groups(_ pieces: ArraySlice<Substring>) -> [UInt16]? {
        var out: [UInt16] = []
        for (index, piece) in zip(pieces.indices, pieces) {
            if piece.contains(".") {
                guard index == pieces.endIndex - 1, let value = dottedQuad(piece.utf8) else { return nil }
                out += [UInt16(value >> 16), UInt16(value & 0xFFFF)]
            } else {
                // The radix initializer alone would take a sign.
                guard piece.utf8.count <= 4, piece.first != "+", piece.first != "-", let value = UInt16(piece, radix: 16) else { return nil }
                out.append(value)
            }
        }
        return out
    }

    private static func dottedQuad(_ octets: some Sequence<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        var part: UInt32 = 0
        var (digits, parts) = (0, 0)
        for octet in octets {
            if octet == 0x2E {
                guard digits > 0, parts < 3 else { return nil }
                value = value << 8 | part
                (part, digits, parts) = (0, 0, parts + 1)
            } else {
                guard octet.isASCIIDigit else { return nil }
                part = part * 10 + UInt32(octet - 0x30)
                digits += 1
                guard digits <= 3, part <= 255 else { return nil }
            }
        }
        return digits > 0 && parts == 3 ? value << 8 | part : nil
    }
}

/// An address and a port.
@frozen
@usableFromInline
package struct Endpoint: Hashable, Comparable, Sendable, CustomStringConvertible {
    @usableFromInline package let address: IPAddress
    @usableFromInline package let port: UInt16

    @inlinable
    package init(_ address: IPAddress, _ port: UInt16) {
        self.address = address
        self.port = port
    }

    @usableFromInline package static func < (left: Endpoint, right: Endpoint) -> Bool { (left.address, left.port) < (right.address, right.port) }

    /// `192.0.2.1:5060` or `[2001:db8::1]:5060`.
    @usableFromInline package var description: String { address.family == 6 ? "[\(address)]:\(port)" : "\(address):\(port)" }
}

/// What carried a SIP message (RFC 3261 section 18 and successors).
package enum SignallingTransport: String, Sendable, Hashable { case udp, tcp, tls, ws, wss, sctp }

/// Source, destination and transport of a datagram or stream, in one direction.
@frozen
@usableFromInline
package struct NetworkPath: Hashable, Sendable {
    @usableFromInline package let source: Endpoint
    @usableFromInline package let destination: Endpoint

    @inlinable
    package init(source: Endpoint, destination: Endpoint) {
        self.source = source
        self.destination = destination
    }

    package var reversed: NetworkPath { NetworkPath(source: destination, destination: source) }
}
