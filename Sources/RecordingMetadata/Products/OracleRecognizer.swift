import Evidence

/// Oracle (Acme Packet): associations inside the participant, labels as big integers, and `extensiondata` with the prefix `apkt`: the UCID of
/// the call, who called, and copies of header fields (`apkt:header label="P-Asserted-Identity"`).
enum OracleRecognizer: ProductRecognizer {
    static let name = "Oracle SBC"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasNamespace(containing: "acmepacket.com/siprec") { points += 10 }
        if evidence.hints.contact.containsIgnoringCase("acmesrc@") || evidence.hints.from.containsIgnoringCase("acmesrc@") { points += 8 }
        if evidence.boundary == "unique-boundary-1" { points += 4 }
        if evidence.document.generation == .nestedDraft, !evidence.labels.isEmpty, evidence.labels.allSatisfy({ (Int($0) ?? 0) >= 1 << 24 }) { points += 4 }
        return points
    }

    static let identityFields = [
        IdentityField(title: "apkt:header", holder: "header", namespace: nil, names: ["value"]),
        IdentityField(title: "apkt", holder: nil, namespace: "acmepacket.com/siprec", names: ["request-uri"]),
    ]
}
