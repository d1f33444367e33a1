import Evidence

/// What an extension calls a party of the call, beside the participant elements.
package struct IdentityClaim: Sendable, Equatable, Hashable {
    /// Nil where the extension does not say which participant it means: then the address has to tell.
    package let participantID: String?
    /// URI, number or `user@host` as written.
    package let uri: String?
    package let name: String?
    /// Extension and element, for example `callData fromhdr`.
    package let source: String
}

/// Name and address of a participant that an extension gives.
package struct MetadataIdentity: Sendable, Equatable, Hashable {
    package let uri: String?
    package let name: String?
    package let source: String

    package init(uri: String?, name: String?, source: String) {
        self.uri = uri
        self.name = name
        self.source = source
    }
}

/// Elements of a vendor's extension that name a party.
struct IdentityField {
    /// Words for the source: the extension's usual name.
    let title: String
    /// Local name, lower case, of an element on the way to the value; nil where the namespace is enough.
    let holder: String?
    /// Part of the namespace, lower case; nil where the holder is enough.
    let namespace: StaticString?
    /// Local names, lower case, of the elements that hold an address.
    let names: Set<String>

    func applies(to value: ExtensionValue) -> Bool {
        if let namespace, !(value.namespace?.containsIgnoringCase(namespace) ?? false) { return false }
        if let holder, !value.path.lowercased().split(separator: "/").contains(where: { $0 == holder || $0.hasPrefix(holder + "[") }) { return false }
        return names.contains(value.name.lowercased())
    }
}
