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
    /// Other readings of who sends here.
    package var alternatives: [SenderAlternative] = []

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
