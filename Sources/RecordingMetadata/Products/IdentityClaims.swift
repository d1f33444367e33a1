import Evidence

extension RecordingDocument {
    /// Claims of this document; more than so many are no identities.
    private static let claimLimit = 512

    /// What the extensions of all known products say of parties, in document order.
    func identityClaims(_ owners: ExtensionOwners) -> [IdentityClaim] {
        let fields = ProductRecognizers.all.flatMap { $0.identityFields }
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
