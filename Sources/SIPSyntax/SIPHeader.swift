/// One header field as found (RFC 3261 section 7.3).
package struct SIPHeader: Sendable, Equatable {
    /// The long form of a compact name, else the name as it was written; empty for a line without a colon.
    package let name: String
    /// Lower-case `name`, for comparison: names are case-insensitive.
    package let key: String
    /// Unfolded, without the blanks around it. Octets that are not UTF-8 become U+FFFD; `SIPMessage.raw` keeps them.
    package let value: String
    /// Octets from the start of the message to the line.
    package let offset: Int

    package init(name: String, value: String, offset: Int) {
        let lower = name.lowercased()
        let long = lower.utf8.count == 1 ? Self.longForms[lower] : nil
        self.name = long ?? name
        key = long?.lowercased() ?? lower
        self.value = value
        self.offset = offset
    }

    /// Compact forms of RFC 3261 section 7.3.3 and of the RFCs that registered more.
    private static let longForms: [String: String] = [
        "a": "Accept-Contact", "b": "Referred-By", "c": "Content-Type", "d": "Request-Disposition", "e": "Content-Encoding", "f": "From",
        "i": "Call-ID", "j": "Reject-Contact", "k": "Supported", "l": "Content-Length", "m": "Contact", "n": "Identity-Info", "o": "Event",
        "r": "Refer-To", "s": "Subject", "t": "To", "u": "Allow-Events", "v": "Via", "x": "Session-Expires", "y": "Identity",
    ]
}

extension Array where Element == SIPHeader {
    /// The value of the first header field with this name, in any case.
    package func first(_ name: String) -> String? {
        let key = name.lowercased()
        return first { $0.key == key }?.value
    }
}
