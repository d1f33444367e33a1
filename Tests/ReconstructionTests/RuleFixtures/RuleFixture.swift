import Evidence
import Testing

/// What raises a rule, and the nearest thing that does not.
struct RuleFixture: Sendable, CustomTestStringConvertible {
    let code: String
    /// What both are changes of.
    let base: @Sendable () throws -> Scene
    let raises: @Sendable (inout Scene) throws -> Void
    /// Changes the base as `raises` does, but for the defect; by default the base as it is.
    let silent: @Sendable (inout Scene) throws -> Void
    /// Frame that the first finding has to name; nil where the place is no frame.
    let frame: UInt32?

    var testDescription: String { code }

    /// `raises` and `silent` may come as trailing closures.
    init(
        _ rule: Rule, of base: @escaping @Sendable () throws -> Scene = { Scene() }, frame: UInt32? = nil,
        raises: @escaping @Sendable (inout Scene) throws -> Void, silent: @escaping @Sendable (inout Scene) throws -> Void = { _ in }
    ) {
        code = rule.code
        self.base = base
        self.raises = raises
        self.silent = silent
        self.frame = frame
    }

    /// Fixtures of every area.
    static let all: [RuleFixture] =
        capture + network + sip + descriptions + dialogs + metadataDocuments + metadataStructure + recordingSignalling + recordingMetadata + recordingMedia
        + rtp + playout + audio + srtp + tls + matching + output

    /// Rules whose fixtures stand in a test of their own: which test, and why.
    static let elsewhere: [String: (test: String, reason: String)] = [
        "SRT004": (
            "SRTPDecryptionTests/SRTPDifferentialTests.swift",
            "the two implementations agree about every packet that we can make; the test shows what is said when one of them is made to differ"
        )
    ]
}
