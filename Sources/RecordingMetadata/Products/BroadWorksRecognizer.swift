/// BroadWorks and Webex Calling: the drafts of 2011, one mixed stream that the second participant may name by an identifier nobody
/// describes, and `broadWorksRecordingMetadata` with the numbers as dialled.
enum BroadWorksRecognizer: ProductRecognizer {
    static let name = "BroadWorks"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.names.contains("broadworksrecordingmetadata") || evidence.hasNamespace(containing: "schema.broadsoft.com") { points += 10 }
        if evidence.boundary == "uniquebroadworksboundary" { points += 8 }
        if evidence.origin == "broadworks" { points += 8 }
        if evidence.hints.headers.contains("x-broadworks-correlation-info") { points += 4 }
        if evidence.document.generation == .firstDraft { points += 2 }
        return points
    }

    static let identityFields = [
        IdentityField(
            title: "broadWorksRecordingMetadata", holder: "broadworksrecordingmetadata", namespace: nil,
            names: ["callingpartynumber", "calledpartynumber", "redirectedfrompartynumber", "redirectedtopartynumber"])
    ]
}

extension RecordingDocument {
    /// The one stream that a whole document describes, if it calls it mixed: whoever sends sends there. (A document that breaks off may have
    /// described more.)
    var onlyMixedStream: String? {
        guard isWhole, streams.count == 1, streams[0].mode?.lowercased() == "mixed", !streams[0].id.isEmpty else { return nil }
        return streams[0].id
    }
}
