import CaptureSurvey
package import Evidence
package import MediaCodecs
package import RecordingMetadata
package import RecordingRecords
package import SRTPDecryption
package import StreamMatching

/// What the render is to do: a value, made from the survey alone. The render changes none of its conclusions.
package struct ReconstructionPlan: Sendable {
    /// In order of start, then id.
    package internal(set) var recordings: [PlannedRecording] = []
    /// Matches of all flows, by flow number; nil where nothing speaks for any stream.
    package internal(set) var matches: [FlowMatch?] = []
    /// Flows that look like noise or other protocols and are in no recording.
    package internal(set) var ignoredFlows = 0
    /// Encrypted flows that no key at hand opens.
    package internal(set) var keysNeeded: [NeededKey] = []
    /// Flows that each entry of the key files opened, by its place among the entries.
    package internal(set) var keyUses: [Int: [Int]] = [:]
    /// Entries of the key files whose key and salt would open a flow in the other order.
    package internal(set) var swappedKeys: [Int: Int] = [:]
    package internal(set) var findings = FindingLog()
    /// What opening the packets will tell, as far as samples show it: for those who do not render.
    package internal(set) var foreseen = FindingLog()

    /// What a run tells of the plan at its end.
    package var withoutRecordings: ReconstructionPlan {
        var rest = self
        rest.recordings = []
        rest.matches = []
        return rest
    }
}

/// One recording: one conversation (contract section 1).
package struct PlannedRecording: Sendable {
    /// 16 hexadecimal digits, derived from the signalling only.
    package let id: String
    package let kind: RecordingKind
    /// Indices into the survey's dialogs, in order of start.
    package let dialogs: [Int]
    /// Communication sessions that this recording is made of, by dialog; a dialog that is missing here takes part as a whole.
    package internal(set) var sessions: [Int: Set<String>] = [:]
    /// Product whose dialect the metadata of a recording dialog is written in, by dialog index.
    package internal(set) var dialects: [Int: String] = [:]
    /// Metadata history of each recording dialog, by dialog index; only of `sessions` where it has several conversations.
    package internal(set) var timelines: [Int: MetadataTimeline] = [:]
    /// Calls in the capture that this recording delivers.
    package internal(set) var related: [RelatedDialog] = []
    /// Who sends each source in those calls.
    package internal(set) var relatedSources: [SSRC: String] = [:]
    package internal(set) var participants: [PlannedParticipant] = []
    package internal(set) var streams: [PlannedStream] = []
    package internal(set) var tracks: [PlannedTrack] = []
    /// When the first media sample would have arrived without queueing delay; the dialog's start where there is no media.
    package internal(set) var start: CaptureTime = .distantFuture
    /// Arrival of the last media packet.
    package internal(set) var lastArrival: CaptureTime = .distantPast

    package internal(set) var layout = FolderLayout()

    /// `recordings/<start>_<id>`, or as the layout has it.
    package var folder: String {
        let day = layout.isByDate ? start.rfc3339.prefix(10).replacing("-", with: "/") + "/" : ""
        return "\(layout.isBag ? "data/" : "")recordings/\(day)\(start.compact)_\(id)"
    }
}

extension PlannedRecording {
    /// Its name and time alone.
    var outline: PlannedRecording {
        var out = PlannedRecording(id: id, kind: kind, dialogs: [])
        out.start = start
        out.lastArrival = lastArrival
        out.layout = layout
        return out
    }

    /// What people call a participant: name, else address of record, else id.
    func name(of participant: String) -> String {
        let known = participants.first { $0.id == participant }
        return known?.names.last?.value ?? known?.addressesOfRecord.last ?? participant
    }
}

/// How a participant's audio was found to be that participant's.
package enum ParticipantConfidence: String, Sendable { case signalled, inferred, none }

/// A name or address that a header field other than From and To, or an extension of the metadata, gives a party.
package struct PlannedIdentity: Sendable, Equatable {
    package let uri: String?
    package let name: String?
    /// Header field, `Request-URI`, or extension and element of the metadata.
    package let source: String

    /// Somebody vouches for it (RFC 3325); a contact or a request's target is only a way to reach the party, and a diversion the way that the
    /// call took.
    var isAsserted: Bool { !["Contact", "Request-URI", "History-Info", "Diversion", "Referred-By"].contains(source) }
}

/// Somebody who takes part in a recording.
package struct PlannedParticipant: Sendable {
    /// The metadata's participant id, or `caller`, `callee`, or the id of the stream whose sender is not known.
    package let id: String
    package internal(set) var addressesOfRecord: [String]
    package internal(set) var names: [(value: String, language: String?)]
    package internal(set) var confidence: ParticipantConfidence
    /// What else the signalling calls this party, with the header field that says so.
    package internal(set) var identities: [PlannedIdentity] = []
    /// Words for the file name: display name, else user part, label, flow.
    package let fileStem: String

    init(id: String, addressesOfRecord: [String], names: [(value: String, language: String?)], confidence: ParticipantConfidence, fileStem: String) {
        self.id = id
        self.addressesOfRecord = addressesOfRecord
        self.names = names
        self.confidence = confidence
        self.fileStem = fileStem
    }
}

/// One media stream: an m-line in one direction, or an unsignalled flow.
package struct PlannedStream: Sendable {
    /// `s1`, `s2`, … in order of dialog, m-line and sender.
    package let id: String
    package let dialog: Int?
    package let negotiated: NegotiatedStream?
    package let label: String?
    /// Stream ids of the metadata that travel here.
    package let metadataStreams: [String]
    package let media: String
    package internal(set) var participants: [String]
    package internal(set) var flows: [PlannedFlow] = []
    package internal(set) var spans: [SenderSpan] = []
    /// Other readings of who sends here.
    package internal(set) var alternatives: [SenderAlternative] = []
}

/// One flow of a stream, with what is needed to open and decode it.
package struct PlannedFlow: Sendable {
    /// Row in the flow table.
    package let flow: Int
    package let match: FlowMatch?
    /// Payload types from each moment on, in order of time; the first also holds for earlier packets.
    package let payloadMaps: [(from: CaptureTime, map: [PayloadType: CodecDescription])]
    /// Types whose meaning is a guess from their packets.
    package let inferredTypes: [PayloadType]
    /// Keys that may open it, and how sure that is.
    package let security: FlowKeys
    /// Names of suites that were negotiated but are not known.
    package let unsupportedSuites: [String]
    /// Which of the flow's packets belong to this recording: a recording session may carry several conversations one after the other.
    package internal(set) var window = FlowWindow.whole
    /// Where its packets carry audio levels.
    var levels = LevelIdentifiers.none
    /// Flows that carry the same packets to another recorder: each packet is taken from whichever has it first.
    package internal(set) var twins: [Int] = []
    /// What its sender's reports say of its time; nil where that is no news.
    var placement: FlowPlacement?
    /// What its receiver reports of it; nil where nothing was seen or opened.
    package internal(set) var reception: HeardReports?
    /// When its source said that it leaves.
    var goodbye: CaptureTime?
    /// Parts of the flow and the track each goes to; nil where the media is not audio.
    package internal(set) var pieces: [(piece: FlowPiece, track: Int?)] = []

    package var isSecure: Bool { security.isSecure }
    /// Master keys that may open it, the most likely first.
    package var keys: [SRTPMasterKey] { (security.keys + security.spare).map(\.master) }
}

/// One audio file to be.
package struct PlannedTrack: Sendable {
    /// `audio/henry-nakamura.wav`.
    package internal(set) var path: String
    package let isMix: Bool
    package internal(set) var participants: [String]
    /// Stream ids.
    package internal(set) var streams: [String]
    /// Highest native rate among the codecs, hertz.
    package internal(set) var sampleRate: Int
    package internal(set) var channels: Int
    /// Set where its sound is kept as it came.
    package internal(set) var native: NativeCoding?
    /// Why it is not, though that was asked for.
    package internal(set) var nativeObjection: String?
}

extension PlannedRecording {
    /// Whether what is heard where rests on weak evidence: media tied to a dialog by hosts and time alone (MAT011), a match of low confidence, or
    /// senders told by position only. A sender whom nothing names is unknown, not doubtful.
    var isDoubtful: Bool {
        streams.contains { stream in
            stream.dialog != nil && stream.negotiated == nil && !stream.flows.isEmpty
                || stream.flows.contains { $0.match?.confidence == .low }
                || stream.spans.contains { $0.basis != .none && $0.basis.confidence == .low }
        }
    }
}
