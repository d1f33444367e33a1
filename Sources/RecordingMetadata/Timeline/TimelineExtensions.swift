/// A value of an extension and what it speaks of.
package struct KeptExtension: Sendable, Equatable, Hashable {
    package let owner: ExtensionOwner
    package let value: ExtensionValue
}

/// What vendors add to the model, over time.
extension MetadataTimeline {
    /// Values held; more are no call data.
    private static let extensionLimit = 4096
    private static let identityLimit = 64

    mutating func keepExtensions(_ document: RecordingDocument) {
        guard !document.extensions.isEmpty else { return }
        let owners = ExtensionOwners(document)
        for element in document.extensions {
            let owner = owners.owner(of: element)
            for value in element.values where extensions.count < Self.extensionLimit {
                let kept = KeptExtension(owner: owner, value: value)
                if knownExtensions.insert(kept).inserted { extensions.append(kept) }
            }
        }
        for claim in document.identityClaims(owners) {
            guard let place = place(of: claim), participants[place].identities.count < Self.identityLimit else { continue }
            let identity = MetadataIdentity(uri: claim.uri, name: claim.name, source: claim.source)
            if !participants[place].identities.contains(identity) { participants[place].identities.append(identity) }
        }
    }

    /// Whom a claim means: whom it says, else the only participant with the same user part, or with the same whole address where several have
    /// that. An address that nobody has is nobody's: which side it was cannot be known.
    private func place(of claim: IdentityClaim) -> Int? {
        if let id = claim.participantID { return participantTable.place(of: id) }
        guard let address = claim.uri.map({ ComparableAddress($0) }) else { return nil }
        let same = address.keys.reduce(into: Set<Int>()) { $0.formUnion(addressTable[$1] ?? []) }
        if same.count == 1 { return same.first }
        let exact = same.filter { index in participants[index].aors.contains { ComparableAddress($0) == address } }
        return exact.count == 1 ? exact.first : nil
    }

    /// Users of one address that are told apart; where more share it, it says nothing.
    private static let sharedAddressLimit = 16

    /// Makes a participant findable by a new address.
    mutating func index(_ aor: String, of participant: Int) {
        for key in ComparableAddress(aor).keys where addressTable[key, default: []].count < Self.sharedAddressLimit {
            addressTable[key, default: []].insert(participant)
        }
    }
}
