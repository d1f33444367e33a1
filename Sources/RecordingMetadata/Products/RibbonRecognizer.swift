import Evidence

/// Ribbon SBC (Sonus): association elements in the namespace without number, often prefixed `tns:`, addresses without scheme, names of one
/// blank, identifiers that are base64 of sixteen ASCII characters. `callData` holds the From, To and Call-ID of the call as they were.
enum RibbonRecognizer: ProductRecognizer {
    static let name = "Ribbon SBC"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasNamespace(containing: "params:xml:ns:calldata") || evidence.names.contains("calldata") { points += 6 }
        if evidence.hints.contact.containsIgnoringCase("siprec-src") { points += 4 }
        if evidence.origin == "sonus_uac" { points += 8 }
        if evidence.boundary == "sonus-content-delim" { points += 8 }
        if evidence.document.generation == .lateDraft { points += 1 }
        if !evidence.identifiers.isEmpty, evidence.identifiers.allSatisfy(isText) { points += 4 }
        return points
    }

    static let identityFields = [
        IdentityField(title: "callData", holder: "calldata", namespace: nil, names: ["fromhdr", "tohdr"])
    ]

    /// Whether an identifier is base64 of printable ASCII.
    private static func isText(_ id: String) -> Bool {
        Base64.decode(id).map { $0.count == 16 && $0.allSatisfy { (0x21...0x7E).contains($0) } } ?? false
    }
}
