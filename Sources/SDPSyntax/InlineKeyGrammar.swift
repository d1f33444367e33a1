import Evidence

extension CryptoAttribute.InlineKey {
    /// Reads `inline:` and up to two fields after `|`, told apart by the colon that only an MKI has (RFC 4568 section 6.1).
    init?(parsing parameter: some StringProtocol) {
        let text = String(parameter)
        guard text.lowercased().hasPrefix("inline:") else { return nil }
        let fields = text.dropFirst(7).split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count <= 3, let first = fields.first, !first.isEmpty, let octets = Base64.decode(first) else { return nil }
        var lifetime: UInt64?
        var mki: [UInt8]?
        for field in fields.dropFirst() where !field.isEmpty {
            if field.contains(":") {
                guard mki == nil, let value = Self.identifier(field) else { return nil }
                mki = value
            } else {
                guard lifetime == nil, let value = Self.packets(field) else { return nil }
                lifetime = value
            }
        }
        self.init(keyAndSalt: octets, lifetime: lifetime, mki: mki, mkiLength: mki?.count ?? 0)
    }

    /// `2^n` or a decimal number; exponents beyond 63 count as no limit.
    private static func packets(_ field: Substring) -> UInt64? {
        guard field.hasPrefix("2^") else { return SDPText.number(field, UInt64.self) }
        guard let exponent = SDPText.number(field.dropFirst(2), Int.self) else { return nil }
        return exponent > 63 ? .max : 1 << UInt64(exponent)
    }

    /// `value:length`: a decimal number, of any size that fits, as `length` octets (1...128).
    private static func identifier(_ field: Substring) -> [UInt8]? {
        let parts = field.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = SDPText.number(parts[1], Int.self), (1...128).contains(length), !parts[0].isEmpty, parts[0].utf8.count <= 400
        else { return nil }
        var octets = [UInt8](repeating: 0, count: length)
        for digit in parts[0].utf8 {
            guard digit.isASCIIDigit else { return nil }
            var carry = Int(digit - 0x30)
            for index in stride(from: length - 1, through: 0, by: -1) {
                let value = Int(octets[index]) * 10 + carry
                octets[index] = UInt8(truncatingIfNeeded: value)
                carry = value >> 8
            }
            guard carry == 0 else { return nil }
        }
        return octets
    }
}
