import Evidence

/// `a=crypto:<tag> <suite> <key-params> [<session-params>]` (RFC 4568 section 9.2).
///
/// The key protects what the party that wrote the line sends. No text form of this value shows a key.
package struct CryptoAttribute: Sendable, Equatable {
    package let tag: Int
    /// As written, for example `AES_CM_128_HMAC_SHA1_80`.
    package let suite: String
    package let keys: [InlineKey]
    /// For example `UNENCRYPTED_SRTCP`, `KDR=1`.
    package let sessionParameters: [String]
    /// Octets from the start of the description to the line.
    package let offset: Int

    /// One `inline:<key||salt>[|lifetime][|MKI:length]`.
    package struct InlineKey: Sendable, Equatable {
        /// Master key followed by master salt.
        package let keyAndSalt: [UInt8]
        /// Packets that the key may protect.
        package let lifetime: UInt64?
        /// Master key identifier, big-endian in `mkiLength` octets.
        package let mki: [UInt8]?
        /// Octets of the identifier in each packet; 0 without one.
        package let mkiLength: Int
    }

    /// Nil for a line that does not follow the grammar.
    package init?(parsing value: String, offset: Int) {
        let fields = SDPText.fields(value)
        guard fields.count >= 3, let tag = SDPText.number(fields[0], Int.self) else { return nil }
        self.tag = tag
        suite = fields[1]
        var keys: [InlineKey] = []
        for parameter in fields[2].split(separator: ";", omittingEmptySubsequences: true) {
            guard let key = InlineKey(parsing: parameter) else { return nil }
            keys.append(key)
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
        sessionParameters = Array(fields[3...])
        self.offset = offset
    }

    /// Octets of master key and salt together that the suite needs; nil for an unknown suite.
    package var expectedOctets: Int? { Self.octetsBySuite[suite.uppercased()] }

    /// Whether every key has the length that the suite needs; true for an unknown suite.
    package var fitsSuite: Bool { expectedOctets.map { need in keys.allSatisfy { $0.keyAndSalt.count == need } } ?? true }

    /// Session parameters that RFC 4568 does not know and that do not begin with `-`: they make the line invalid (section 6.3).
    package var unknownMandatoryParameters: [String] {
        let known = ["KDR=", "UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP", "UNAUTHENTICATED_SRTP", "FEC_ORDER=", "FEC_KEY=", "WSH="]
        return sessionParameters.filter { parameter in
            let upper = parameter.uppercased()
            return !upper.hasPrefix("-") && !known.contains { $0.hasSuffix("=") ? upper.hasPrefix($0) : upper == $0 }
        }
    }

    /// RFC 4568 section 6.2, RFC 6188 section 4, RFC 7714 section 14, RFC 5669, and the draft spelling `AES_CM_256`.
    private static let octetsBySuite: [String: Int] = [
        "AES_CM_128_HMAC_SHA1_80": 30, "AES_CM_128_HMAC_SHA1_32": 30, "F8_128_HMAC_SHA1_80": 30, "F8_128_HMAC_SHA1_32": 30,
        "AES_192_CM_HMAC_SHA1_80": 38, "AES_192_CM_HMAC_SHA1_32": 38, "AES_CM_192_HMAC_SHA1_80": 38, "AES_CM_192_HMAC_SHA1_32": 38,
        "AES_256_CM_HMAC_SHA1_80": 46, "AES_256_CM_HMAC_SHA1_32": 46, "AES_CM_256_HMAC_SHA1_80": 46, "AES_CM_256_HMAC_SHA1_32": 46,
        "AEAD_AES_128_GCM": 28, "AEAD_AES_256_GCM": 44,
    ]
}

extension CryptoAttribute: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Tag, suite and what is public of the keys.
    package var description: String {
        let tail = sessionParameters.filter { !$0.containsIgnoringCase("inline:") }
        return (["crypto:\(tag)", suite] + keys.map(\.description) + tail).joined(separator: " ")
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["crypto": description]) }
}

extension CryptoAttribute.InlineKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<\(keyAndSalt.count) bytes of key and salt not shown>\(mkiLength > 0 ? "|MKI of \(mkiLength)" : "")" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["key": description]) }
}
