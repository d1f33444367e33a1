/// jambonz: dashed UUIDs, no times, `extensiondata` with the prefix `jb`. Its called and calling number are swapped in published releases, so
/// the element's name decides nothing: a number goes to the participant who has it.
enum JambonzRecognizer: ProductRecognizer {
    static let name = "jambonz"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasNamespace(containing: "jambonz.org") { points += 10 }
        if evidence.hasUserAgent(containing: "jambonz") { points += 8 }
        if evidence.hasUserAgent(containing: "drachtio") { points += 3 }
        return points
    }

    static let identityFields = [
        IdentityField(title: "jb", holder: nil, namespace: "jambonz.org", names: ["callednumber", "callingnumber"])
    ]
}
