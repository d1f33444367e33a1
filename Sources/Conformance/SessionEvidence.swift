package import Evidence
package import RecordingMetadata
package import SIPDialogs
import SIPSyntax
package import StreamMatching

/// One flow that was matched with a stream of the session.
package struct SessionFlow: Sendable {
    package let row: FlowRow
    package let early: [EarlyPacket]
    package let stream: NegotiatedStream
    /// In order of time.
    package let silences: [FlowSilence]

    package init(row: FlowRow, early: [EarlyPacket], stream: NegotiatedStream, silences: [FlowSilence] = []) {
        self.row = row
        self.early = early
        self.stream = stream
        self.silences = silences
    }

    func subject(in session: SessionEvidence) -> FindingSubject { FindingSubject(callID: session.dialog.callID, flow: row.identity) }

    /// Seconds of a window in which packets came, as far as silences of more than a second tell.
    func activity(from: CaptureTime, until: CaptureTime) -> Double {
        func overlap(_ start: CaptureTime, _ end: CaptureTime) -> Double { max(0, min(end, until).seconds(since: max(start, from))) }
        return overlap(row.firstArrival, row.lastArrival) - silences.reduce(0) { $0 + overlap($1.from, $1.until) }
    }
}

/// A message with who sent it.
struct SessionMessage {
    let message: SIPMessage
    let sender: Side
    let time: CaptureTime
    let origins: OriginMap
    let parts: [BodyPart]
    /// Method of the request that this is, or answers.
    let method: String
    var name: String { message.status.map { "\($0) \(method)" } ?? message.method }
    var hasDescription: Bool { parts.contains { $0.kind == .sdp } }

    func place(_ header: String? = nil) -> Origin {
        origins.origin(at: header.flatMap { name in message.headers.first { $0.key == name }?.offset } ?? 0)
    }

    /// Whether a Contact has this feature tag (RFC 7866 section 11.2), also inside the URI or without its plus sign.
    func hasTag(_ name: String) -> Bool { Self.haveTag(name, message.contacts) }

    static func haveTag(_ name: String, _ contacts: [NameAddress]) -> Bool {
        contacts.contains { contact in
            (contact.parameters + contact.uri.parameters).contains { $0.name == "+sip.\(name)" || $0.name == "sip.\(name)" || $0.name == name }
        }
    }
}

/// What the capture shows of one dialog: messages, metadata and media together.
package struct SessionEvidence {
    let dialog: SIPDialog
    let flows: [SessionFlow]
    /// Without retransmissions; empty for an ordinary dialog.
    let messages: [SessionMessage]
    let documents: [(carried: CarriedMetadata, document: RecordingDocument)]
    /// Those that took effect, in order.
    let descriptions: [PlacedDescription]

    /// `documents`: one for each part with metadata that the dialog carried, in the same order.
    package init(dialog: SIPDialog, documents: [RecordingDocument], flows: [SessionFlow], limits: Limits) {
        self.dialog = dialog
        self.flows = flows
        descriptions = dialog.placedDescriptions
        guard dialog.role == .recording else {
            messages = []
            self.documents = []
            return
        }
        messages = dialog.messages.filter { !$0.isRetransmission }.map { observed in
            SessionMessage(
                message: observed.message, sender: observed.sender, time: observed.time, origins: observed.origins,
                parts: observed.message.parts(limits: limits),
                method: observed.message.isRequest ? observed.message.method : observed.message.cseq?.method ?? "")
        }
        self.documents = zip(dialog.metadata, documents).map { ($0, $1) }
    }

    var isRecording: Bool { dialog.role == .recording }
    var subject: FindingSubject { FindingSubject(callID: dialog.callID) }
    /// The recording client, and the server.
    var client: Side { dialog.recorderSide ?? .client }
    var server: Side { client.other }
}
