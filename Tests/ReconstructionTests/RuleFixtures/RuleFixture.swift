import Evidence
import Testing

/// What raises a rule, and the nearest thing that does not.
struct RuleFixture: Sendable, CustomTestStringConvertible {
    let code: String
    /// Tells fixtures of one rule apart.
    let variant: String
    /// What both are changes of.
    let base: @Sendable () throws -> Scene
    let raises: @Sendable (inout Scene) throws -> Void
    /// Changes the base as `raises` does, but for the defect; nil where that is `Scene()`, which another test finds silent.
    let silent: (@Sendable (inout Scene) throws -> Void)?
    /// Frame that the first finding has to name; nil where the place is no frame.
    let frame: UInt32?

    var testDescription: String { variant.isEmpty ? code : "\(code) \(variant)" }

    /// A change of the session that breaks no rule, and another one, without the defect, that is nearer than that session itself.
    init(
        _ rule: Rule, _ variant: String = "", frame: UInt32? = nil, raises: @escaping @Sendable (inout Scene) throws -> Void,
        silent: (@Sendable (inout Scene) throws -> Void)? = nil
    ) {
        code = rule.code
        self.variant = variant
        base = { Scene() }
        self.raises = raises
        self.silent = silent
        self.frame = frame
    }

    /// The same of another session, which as it is does not raise the rule.
    init(
        _ rule: Rule, of base: @escaping @Sendable () throws -> Scene, frame: UInt32? = nil, raises: @escaping @Sendable (inout Scene) throws -> Void,
        silent: @escaping @Sendable (inout Scene) throws -> Void = { _ in }
    ) {
        code = rule.code
        variant = ""
        self.base = base
        self.raises = raises
        self.silent = silent
        self.frame = frame
    }

    /// Fixtures of every area.
    static let all: [RuleFixture] =
        capture + network + sip + descriptions + dialogs + metadataDocuments + metadataStructure + recordingSignalling + recordingMetadata + recordingMedia
        + conversationProtection + conversationIndications + conversationFlow
        + rtp + control + playout + audio + srtp + tls + matching + output

    /// Rules whose fixtures stand in a test of their own: which test, and why.
    static let elsewhere: [String: (test: String, reason: String)] = [
        "SRT004": (
            "SRTPDecryptionTests/SRTPDifferentialTests.swift",
            "the two implementations agree about every packet that we can make; the test shows what is said when one of them is made to differ"
        )
    ]
}
