/// OpenSIPS siprec: local times with a zone without colon, Call-IDs as SIP session identifiers, names copied in raw; with rtpengine and
/// before 2024 neither stream elements nor anything in the stream associations, so that only the order tells who sends.
enum OpenSIPSRecognizer: ProductRecognizer {
    static let name = "OpenSIPS"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.boundary == "oss-unique-boundary-42" { points += 10 }
        if evidence.hasUserAgent(containing: "opensips") { points += 8 }
        if evidence.hints.callID.hasPrefix("B2B.") { points += 5 }
        if evidence.document.sessions.contains(where: { $0.sipSessionIDs.contains { $0.utf8.contains(0x40) } }) { points += 1 }
        if evidence.document.sessions.contains(where: { hasLooseZone($0.startTime) }) { points += 1 }
        return points
    }

    /// `+0200` where RFC 3339 asks for `+02:00`.
    private static func hasLooseZone(_ time: MetadataTime?) -> Bool {
        guard let time, time.hasZone, let sign = time.text.utf8.suffix(5).first else { return false }
        return sign == 0x2B || sign == 0x2D
    }
}
