/// Genesys: known by its header fields; the metadata is that of the RFC.
enum GenesysRecognizer: ProductRecognizer {
    static let name = "Genesys"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hints.headers.contains(where: { $0.hasPrefix("x-genesys") }) { points += 4 }
        if evidence.hasUserAgent(containing: "genesys") || evidence.hasUserAgent(containing: "purecloud") { points += 8 }
        return points
    }
}
