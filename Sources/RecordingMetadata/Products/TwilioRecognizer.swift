/// Twilio: two forked tracks, `inbound` and `outbound`; known by its user agent or header fields.
enum TwilioRecognizer: ProductRecognizer {
    static let name = "Twilio"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasUserAgent(containing: "twilio") { points += 10 }
        if evidence.hints.headers.contains(where: { $0.hasPrefix("x-twilio") }) { points += 6 }
        if evidence.hasNamespace(containing: "twilio") { points += 6 }
        return points
    }
}
