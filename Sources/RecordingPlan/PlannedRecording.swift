import CaptureSurvey
package import Evidence
package import RecordingMetadata
package import RecordingRecords
import StreamMatching

/// One recording: one conversation (contract section 1).
package struct PlannedRecording: Sendable {
    /// 16 hexadecimal digits, derived from the signalling only.
    package let id: String
    package let kind: RecordingKind
    /// Indices into the survey's dialogs, in order of start.
    package let dialogs: [Int]
    /// Communication sessions that this recording is made of, by dialog; a dialog that is missing here takes part as a whole.
    package var sessions: [Int: Set<String>] = [:]
    /// Product whose dialect the metadata of a recording dialog is written in, by dialog index.
    package var dialects: [Int: String] = [:]
    /// Metadata history of each recording dialog, by dialog index; only of `sessions` where it has several conversations.
    package var timelines: [Int: MetadataTimeline] = [:]
    /// Calls in the capture that this recording delivers.
    package var related: [RelatedDialog] = []
    /// Who sends each source in those calls.
    package var relatedSources: [SSRC: String] = [:]
    package var participants: [PlannedParticipant] = []
    package var streams: [PlannedStream] = []
    package var tracks: [PlannedTrack] = []
    /// When the first media sample would have arrived without queueing delay; the dialog's start where there is no media.
    package var start: CaptureTime = .distantFuture
    /// Arrival of the last media packet.
    package var lastArrival: CaptureTime = .distantPast

    package var layout = FolderLayout()

    package init(id: String, kind: RecordingKind, dialogs: [Int]) {
        self.id = id
        self.kind = kind
        self.dialogs = dialogs
    }

    /// `recordings/<start>_<id>`, or as the layout has it.
    package var folder: String {
        let day = layout.isByDate ? start.rfc3339.prefix(10).replacing("-", with: "/") + "/" : ""
        return "\(layout.isBag ? "data/" : "")recordings/\(day)\(start.compact)_\(id)"
    }
}

extension PlannedRecording {
    /// Its name and time alone.
    package var outline: PlannedRecording {
        var out = PlannedRecording(id: id, kind: kind, dialogs: [])
        out.start = start
        out.lastArrival = lastArrival
        out.layout = layout
        return out
    }

    /// What people call a participant: name, else address of record, else id.
    package func name(of participant: String) -> String {
        let known = participants.first { $0.id == participant }
        return known?.names.last?.value ?? known?.addressesOfRecord.last ?? participant
    }

    /// Whether what is heard where rests on weak evidence: media tied to a dialog by hosts and time alone (MAT011), a match of low confidence, or
    /// senders told by position only or contradicted by canonical names. A sender whom nothing names is unknown, not doubtful.
    package var isDoubtful: Bool {
        streams.contains { stream in
            !stream.contradictions.isEmpty || stream.dialog != nil && stream.negotiated == nil && !stream.flows.isEmpty
                || stream.flows.contains { $0.match?.confidence == .low }
                || stream.spans.contains { $0.basis != .none && $0.basis.confidence == .low }
        }
    }
}

/// A communication session that was seen beside the recording session that carries it.
package struct RelatedDialog: Sendable, Equatable {
    /// Index into the survey's dialogs.
    package let dialog: Int
    /// What ties the two together, in words.
    package let reasons: [String]

    package init(dialog: Int, reasons: [String]) {
        self.dialog = dialog
        self.reasons = reasons
    }
}
