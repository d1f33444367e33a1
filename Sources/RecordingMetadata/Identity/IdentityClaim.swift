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

extension RecordingDocument {
    /// Claims of this document; more than so many are no identities.
    private static let claimLimit = 512

    /// What the extensions of all known dialects say of parties, in document order.
    func identityClaims(_ owners: ExtensionOwners) -> [IdentityClaim] {
        let fields = VendorDialects.all.flatMap { $0.identityFields }
        var out: [IdentityClaim] = []
        for element in extensions {
            let owner = owners.owner(of: element)
            for value in element.values where !value.value.isEmpty && out.count < Self.claimLimit {
                guard let field = fields.first(where: { $0.applies(to: value) }) else { continue }
                let isName = value.name.lowercased() == "name"
                let address = isName ? NamedAddress(name: value.value) : NamedAddress(value.value)
                let explicit = Self.attribute("participant_id", in: value.path) ?? (owner.kind == .participant ? owner.id : nil)
                let header = Self.attribute("label", in: value.path)
                let claim = IdentityClaim(
                    participantID: explicit, uri: address.uri, name: address.name, source: "\(field.title) \(header ?? value.name)")
                if !out.contains(claim) { out.append(claim) }
            }
        }
        return out
    }

    /// The value of an attribute of an element on the path.
    private static func attribute(_ name: String, in path: String) -> String? {
        for separator in ["[", ","] {
            guard let start = path.range(of: "\(separator)\(name)=") else { continue }
            let value = path[start.upperBound...].prefix { $0 != "," && $0 != "]" }
            if !value.isEmpty { return String(value) }
        }
        return nil
    }
}

extension String {
    /// The first place of `text`, without Foundation.
    fileprivate func range(of text: String) -> Range<String.Index>? { self.ranges(of: text).first }
}
