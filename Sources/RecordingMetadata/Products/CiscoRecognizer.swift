/// Cisco CUBE: RFC 7865 in shape, version-1 UUIDs, elements of one participant after another rather than in schema order, an empty stream
/// association while the call is inactive, a third part `application/gtd`.
enum CiscoRecognizer: ProductRecognizer {
    static let name = "Cisco CUBE"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasUserAgent(containing: "cisco-sipgateway") || evidence.hasUserAgent(containing: "cisco-cube") { points += 10 }
        if evidence.origin == "ciscosystemssip-gw-useragent" { points += 8 }
        if evidence.boundary == "uniqueboundary" { points += 4 }
        if evidence.hints.headers.contains("cisco-guid") { points += 3 }
        return points
    }
}
