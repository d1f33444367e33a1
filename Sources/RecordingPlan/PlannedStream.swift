package import CaptureSurvey
package import StreamMatching

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
    package var participants: [String]
    package var flows: [PlannedFlow] = []
    package var spans: [SenderSpan] = []
    /// Datagrams of a fax, which are counted and not decoded; nil where the stream is no fax, or none was captured.
    package var fax: DatagramTally?
    /// Other readings of who sends here.
    package var alternatives: [SenderAlternative] = []

    /// What in the capture says that somebody else sends here.
    package var contradictions: [SenderContradiction] = []

    package init(id: String, dialog: Int?, negotiated: NegotiatedStream?, label: String?, metadataStreams: [String], media: String, participants: [String]) {
        self.id = id
        self.dialog = dialog
        self.negotiated = negotiated
        self.label = label
        self.metadataStreams = metadataStreams
        self.media = media
        self.participants = participants
    }
}

/// A statement about the sender of a stream that disagrees with label and metadata.
package struct SenderContradiction: Sendable, Equatable {
    /// `a=ssrc cname` or `RTCP CNAME`.
    package let source: String
    package let name: String
    /// Whom it names.
    package let participant: String

    package init(source: String, name: String, participant: String) {
        self.source = source
        self.name = name
        self.participant = participant
    }
}
