import Evidence

/// FreeSWITCH mod_siprec: labels `inbound` and `outbound`, identifiers of 24 random characters that decode to no UUID, a dashed UUID for the
/// session, no stream associations.
enum FreeSWITCHRecognizer: ProductRecognizer {
    static let name = "FreeSWITCH"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasUserAgent(containing: "freeswitch") { points += 10 }
        if evidence.labels.contains("inbound") || evidence.labels.contains("outbound") { points += 1 }
        let streams = evidence.document.streams
        if !streams.isEmpty, streams.allSatisfy({ $0.id.utf8.count == 24 && Base64.decode($0.id)?.count != 16 }) { points += 3 }
        if evidence.document.sessions.contains(where: { $0.id.utf8.count == 36 && $0.id.split(separator: "-").count == 5 }),
            evidence.document.participantStreamAssociations.isEmpty
        {
            points += 1
        }
        return points
    }
}
