package import Evidence

/// One rs-metadata document as written (RFC 7865 section 5), in any of its generations.
///
/// Reading never fails: what stood before a fault is kept, and `remarks` tell what was wrong. Identifiers are opaque text without blanks.
/// Elements of all draft generations are mapped to the element types of the RFC; what has no place there is in `extensions`.
package struct RecordingDocument: Sendable {
    package enum Root: Sendable, Equatable {
        case recording
        /// RFC 7865 section 7: the recording server asks for a complete document.
        case requestSnapshot(reason: String?)
        /// Local name, empty when there is no root at all.
        case unknown(String)
    }

    /// Whether the document replaces what was known or amends it (RFC 7865 section 5.1.2).
    package enum DataMode: String, Sendable { case complete, partial }

    package internal(set) var root = Root.unknown("")
    /// `complete` when absent or unknown, as the RFC says.
    package internal(set) var dataMode = DataMode.complete
    /// Whether the document carries a valid data mode itself.
    package internal(set) var dataModeWasExplicit = false
    /// Of the root element.
    package internal(set) var namespace: String?
    /// Which generation of the format the document has.
    package internal(set) var generation = MetadataGeneration.rfc7865
    /// Identifier of the recording itself; only drafts and some vendors have one.
    package internal(set) var recordingID: String?
    package internal(set) var groups: [MetadataGroup] = []
    package internal(set) var sessions: [MetadataSession] = []
    package internal(set) var participants: [MetadataParticipant] = []
    package internal(set) var streams: [MetadataStream] = []
    package internal(set) var sessionRecordingAssociations: [SessionRecordingAssociation] = []
    package internal(set) var participantSessionAssociations: [ParticipantSessionAssociation] = []
    package internal(set) var participantStreamAssociations: [ParticipantStreamAssociation] = []
    package internal(set) var extensions: [MetadataExtension] = []
    /// Participants that stand for nobody and were left out.
    package internal(set) var dummies = 0
    /// In the order found; offsets are octets of the captured document.
    package internal(set) var remarks: [Remark] = []
    /// Whether the octets as captured are well-formed XML without any repair or bound reached.
    package internal(set) var isWellFormed = false
    /// Whether the root's end was read. A document that breaks off says nothing about what it does not mention.
    package internal(set) var isWhole = false

    static let remarkLimit = 100

    mutating func remark(_ rule: Rule, at offset: Int, _ message: String) {
        if remarks.count < Self.remarkLimit { remarks.append(Remark(rule, at: offset, message)) }
    }
}
