/// Telnyx: labels `inbound` and `outbound`, the customer's parameters in `ExtensionParameters` below the session.
enum TelnyxRecognizer: ProductRecognizer {
    static let name = "Telnyx"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.names.contains("extensionparameters") { points += 5 }
        if evidence.hasUserAgent(containing: "telnyx") { points += 10 }
        if evidence.labels.contains("inbound") || evidence.labels.contains("outbound") { points += 1 }
        return points
    }
}
