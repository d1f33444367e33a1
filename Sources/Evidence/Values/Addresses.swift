/// An IPv4 or IPv6 address as 128 bits; IPv4 sits in the low 32 with `family` 4.
@frozen
package struct IPAddress: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64
    /// 4 or 6; 0 for "none known".
    package let family: UInt8

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
    package static func < (left: IPAddress, right: IPAddress) -> Bool { (left.family, left.high, left.low) < (right.family, right.high, right.low) }

    /// Dotted quad, or RFC 5952 text.
    package var description: String {
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
        return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }

    /// Reads a numeric address, with or without brackets and zone; nil for a host name.
    package init?(_ text: some StringProtocol) {
        var body = Substring(text)
        if body.hasPrefix("["), body.hasSuffix("]") { body = body.dropFirst().dropLast() }
        if let zone = body.firstIndex(of: "%") { body = body[..<zone] }
        if !body.contains(":") {
            guard let value = Self.dottedQuad(body) else { return nil }
            self.init(v4: value)
            return
        }
        var halves: [[UInt16]] = [[]]
        var pieces = body.split(separator: ":", omittingEmptySubsequences: false)[...]
        if pieces.first == "", pieces.count > 2, pieces.dropFirst().first == "" { pieces = pieces.dropFirst() }
        if pieces.last == "", pieces.count > 2, pieces.dropLast().last == "" { pieces = pieces.dropLast() }
        for (index, piece) in pieces.enumerated() {
            if piece.isEmpty {
                guard halves.count == 1 else { return nil }
                halves.append([])
            } else if piece.contains(".") {
                guard index == pieces.count - 1, let value = Self.dottedQuad(piece) else { return nil }
                halves[halves.count - 1] += [UInt16(value >> 16), UInt16(value & 0xFFFF)]
            } else {
                guard piece.utf8.count <= 4, let value = UInt16(piece, radix: 16) else { return nil }
                halves[halves.count - 1].append(value)
            }
        }
        var groups = halves[0]
        if halves.count == 2 {
            let missing = 8 - halves[0].count - halves[1].count
            guard missing >= 0 else { return nil }
            groups += Array(repeating: 0, count: missing) + halves[1]
        }
        guard groups.count == 8 else { return nil }
        let words = groups.map(UInt64.init)
        self.init(
            v6High: words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
            low: words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7])
    }

    private static func dottedQuad(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard part.utf8.count <= 3, part.utf8.allSatisfy(\.isASCIIDigit), let octet = UInt8(part) else { return nil }
            value = value << 8 | UInt32(octet)
        }
        return value
    }
}

/// An address and a port.
@frozen
package struct Endpoint: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16

    @inlinable
    package init(_ address: IPAddress, _ port: UInt16) {
        self.address = address
        self.port = port
    }

    package static func < (left: Endpoint, right: Endpoint) -> Bool { (left.address, left.port) < (right.address, right.port) }

    /// `192.0.2.1:5060` or `[2001:db8::1]:5060`.
    package var description: String { address.family == 6 ? "[\(address)]:\(port)" : "\(address):\(port)" }
}

/// What carried a SIP message (RFC 3261 section 18 and successors).
package enum SignallingTransport: String, Sendable, Hashable { case udp, tcp, tls, ws, wss, sctp }

/// Source, destination and transport of a datagram or stream, in one direction.
@frozen
package struct NetworkPath: Hashable, Sendable {
    package let source: Endpoint
    package let destination: Endpoint

    @inlinable
    package init(source: Endpoint, destination: Endpoint) {
        self.source = source
        self.destination = destination
    }

    package var reversed: NetworkPath { NetworkPath(source: destination, destination: source) }
}
