/// SEMS and the FRAFOS ABC SBC: labels `a_leg` and `b_leg`, session associations without times.
enum SEMSRecognizer: ProductRecognizer {
    static let name = "SEMS"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.labels.contains("a_leg") || evidence.labels.contains("b_leg") { points += 6 }
        if evidence.origin == "sems" { points += 6 }
        if evidence.hasUserAgent(containing: "frafos") || evidence.hasUserAgent(containing: "sems") { points += 8 }
        return points
    }
}
