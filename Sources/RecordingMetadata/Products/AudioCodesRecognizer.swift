/// AudioCodes Mediant, in its legacy mode (associations inside the participant, dashed or hexadecimal identifiers, telephone numbers as
/// participant identifiers, times without zone) and in its RFC 7865 mode, which keeps the media type without `+xml`. The extension
/// prefix is `ac`; its values are call identifiers of Genesys and Avaya, not names.
enum AudioCodesRecognizer: ProductRecognizer {
    static let name = "AudioCodes"

    static func points(_ evidence: ProductEvidence) -> Int {
        var points = 0
        if evidence.hasNamespace(containing: "http://audiocodes") { points += 10 }
        if evidence.boundary.hasPrefix("boundary_ac") { points += 8 }
        if evidence.origin == "audiocodesgw" { points += 8 }
        if evidence.hasUserAgent(containing: "audiocodes") || evidence.hasUserAgent(containing: "mediant") { points += 8 }
        if evidence.hints.userAgent.lowercased().hasPrefix("device /7") { points += 4 }
        if evidence.identifiers.contains(where: { $0.hasPrefix("0000-0000-0000-0000-") }) { points += 5 }
        return points
    }
}
