/// NetSapiens: addresses, times or hexadecimal text as identifiers, no associations in older versions, `netsapiensExtension` at the root. From
/// version 1.1 on its parties name their participant.
enum NetSapiensRecognizer: ProductRecognizer {
    static let name = "NetSapiens"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.names.contains("netsapiensextension") || evidence.hasNamespace(containing: "schema.netsapiens.com") { points += 10 }
        if evidence.hasUserAgent(containing: "netsapiens") { points += 8 }
        return points
    }

    static let identityFields = [
        IdentityField(
            title: "netsapiensExtension", holder: "netsapiensextension", namespace: nil,
            names: ["callingpartynumber", "calledpartynumber", "number", "uid", "name"])
    ]
}
