/// How addresses of record are compared: without scheme, case and parameters.
package enum ParticipantAddress {
    package static func comparable(_ address: String) -> String {
        var text = address.lowercased()[...]
        for scheme in ["sips:", "sip:", "tel:"] where text.hasPrefix(scheme) { text = text.dropFirst(scheme.count) }
        return String(text.prefix { $0 != ";" && $0 != "?" })
    }

    /// The part before the host.
    package static func user(_ address: String) -> String { String(comparable(address).prefix { $0 != "@" }) }
}
