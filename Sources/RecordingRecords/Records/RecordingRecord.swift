/// `recording.json`: the authority on one recording (schema `siprecap.recording/1`).
///
/// Keys are as the property names; times are RFC 3339 text in UTC with nanoseconds; absent means not known. A key or meaning may be
/// added, but not changed without a new schema number; `docs/schema/recording.schema.json` says the same for other programs.
package struct RecordingRecord: Codable, Sendable, Equatable {
    package static let schemaName = "siprecap.recording/1"
    package static let fileName = "recording.json"

    package var schema = Self.schemaName
    /// 16 hexadecimal digits, derived from the signalling only.
    package var id: String
    /// `siprec`, `call` or `media`.
    package var kind: String
    /// First media packet.
    package var start: String
    /// End of the last media packet.
    package var end: String
    package var duration: Seconds
    /// True only if nothing is known to be missing.
    package var complete: Bool
    package var dialogs: [DialogRecord] = []
    package var sessions: [SessionRecord] = []
    package var participants: [ParticipantRecord] = []
    package var streams: [StreamRecord] = []
    package var files: [FileRecord] = []
    package var events: [EventRecord] = []
    package var findings: [FindingRecord] = []
    package var provenance: ProvenanceRecord

    package init(id: String, kind: String, start: String, end: String, duration: Seconds, complete: Bool, provenance: ProvenanceRecord) {
        self.id = id
        self.kind = kind
        self.start = start
        self.end = end
        self.duration = duration
        self.complete = complete
        self.provenance = provenance
    }
}
