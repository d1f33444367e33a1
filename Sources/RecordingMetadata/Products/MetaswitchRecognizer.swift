import Evidence

/// Metaswitch CFS and Perimeta: association elements beside attributes named `id`, one mixed stream, addresses and names that are bare
/// numbers, and `metaswitchRecordingMetadata` in the default namespace.
enum MetaswitchRecognizer: ProductRecognizer {
    static let name = "Metaswitch"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.names.contains("metaswitchrecordingmetadata") { points += 10 }
        if evidence.boundary.hasPrefix("metaswitch-boundary") { points += 8 }
        if evidence.hints.organization.containsIgnoringCase("metaswitch") { points += 8 }
        return points
    }

    static let identityFields = [
        IdentityField(
            title: "metaswitchRecordingMetadata", holder: "metaswitchrecordingmetadata", namespace: nil, names: ["callingpartynumber", "calledpartynumber"])
    ]
}
