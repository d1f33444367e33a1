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

/// One attribute (RFC 8866 section 5.13).
package struct SDPAttribute: Sendable, Equatable {
    /// As written: attribute names are case-sensitive.
    package let name: String
    /// After the colon; nil for a property attribute.
    package let value: String?
    /// Octets from the start of the description to the line.
    package let offset: Int

    init(_ line: SDPLine) {
        if let colon = line.value.utf8.firstIndex(of: 0x3A) {
            name = String(line.value[..<colon])
            value = String(line.value[line.value.utf8.index(after: colon)...])
        } else {
            name = line.value
            value = nil
        }
        offset = line.offset
    }

    /// The value without the blanks around it; nil when there is none.
    package var trimmedValue: String? { value.map { SDPText.trim($0) } }
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
        let isKey = SDPText.secretAttributes.contains(name.lowercased()) || (value?.containsIgnoringCase("inline:") ?? false)
        return "a=\(name)\(value.map { isKey ? ":<key not shown>" : ":\($0)" } ?? "")"
    }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["attribute": description, "offset": offset]) }
}

/// Text helpers of this module; all grammar is ASCII.
enum SDPText {
    /// Attributes whose value is or holds key material.
    static let secretAttributes = ["crypto", "key-mgmt", "ice-pwd"]

    static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    static func trim(_ text: some StringProtocol) -> String {
        var units = Substring(text).utf8
        while let first = units.first, isBlank(first) || first == 0x0D { units = units.dropFirst() }
        while let last = units.last, isBlank(last) || last == 0x0D { units = units.dropLast() }
        return String(Substring(units))
    }

    /// Fields separated by one or more blanks.
    static func fields(_ text: some StringProtocol, maxSplits: Int = .max) -> [String] {
        Substring(text).utf8.split(maxSplits: maxSplits, whereSeparator: isBlank).map { String(Substring($0)) }
    }

    /// A number of ASCII digits only, without sign.
    static func number<T: FixedWidthInteger>(_ text: some StringProtocol, _ type: T.Type = T.self) -> T? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return T(text)
    }
}
