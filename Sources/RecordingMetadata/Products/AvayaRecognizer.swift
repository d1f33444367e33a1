import Evidence

/// Avaya SBCE: hexadecimal identifiers, the session's being the UCID, times without zone, no `recv`. Until the call is answered a dummy
/// stands for the callee: always the same identifier and address, with a stream whose identifier is empty.
enum AvayaRecognizer: ProductRecognizer {
    static let name = "Avaya SBCE"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.document.dummies > 0 { points += 10 }
        if evidence.document.participants.contains(where: { isHex($0.id, 20) }) { points += 4 }
        if evidence.document.sessions.contains(where: { isHex($0.id, 22) }) { points += 3 }
        if evidence.boundary == "foobar" { points += 1 }
        if evidence.hasUserAgent(containing: "avaya") { points += 6 }
        return points
    }

    /// The participant that stands for nobody.
    static let dummyID = "abcdef12345678901234"
    static let dummyAddress = "sip:asbce@asbce.com"

    private static func isHex(_ id: String, _ count: Int) -> Bool { id.utf8.count == count && Hex.decode(id) != nil }
}

extension RecordingDocument {
    /// Leaves the dummy out with its associations: it is a constant and would join strangers of different calls.
    mutating func dropDummies() {
        let isDummy = { (participant: MetadataParticipant) in
            participant.id.lowercased() == AvayaRecognizer.dummyID
                || !participant.nameIDs.isEmpty && participant.nameIDs.allSatisfy { $0.aor.lowercased() == AvayaRecognizer.dummyAddress }
        }
        let found = participants.filter(isDummy)
        guard !found.isEmpty else { return }
        dummies = found.count
        for participant in found { remark(.met018, at: participant.offset, "participant '\(participant.id)' is a placeholder") }
        let ids = Set(found.map(\.id))
        participants.removeAll { ids.contains($0.id) }
        participantSessionAssociations.removeAll { ids.contains($0.participantID) }
        participantStreamAssociations.removeAll { ids.contains($0.participantID) }
    }
}
