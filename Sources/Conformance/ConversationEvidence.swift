package import Evidence
package import RecordingMetadata
import SIPDialogs
import SIPSyntax
package import StreamMatching

/// One dialog of a conversation with all that is known of it.
package struct ConversationDialog {
    package let session: SessionEvidence
    /// Every stream that was negotiated, with packets or without.
    let streams: [NegotiatedStream]
    /// Of a recording session, or of the part of it that belongs to the conversation; nil of a communication session.
    package var timeline: MetadataTimeline?
    var descriptions: [PlacedDescription] { session.descriptions }
    /// Who says `Supported: record-aware` (RFC 7866 section 6.3).
    let aware: Set<Side>

    package init(session: SessionEvidence, streams: [NegotiatedStream]) {
        self.session = session
        self.streams = Array(streams.prefix(Self.streamLimit))
        let dialog = session.dialog
        aware = Set(
            dialog.messages.lazy.filter { $0.message.supported.contains("record-aware") }.map { observed in
                let requester = observed.message.fromTag == dialog.client.tag ? Side.client : .server
                return observed.message.isRequest ? requester : requester.other
            })
    }

    /// Streams that are looked at.
    private static let streamLimit = 64

    var dialog: SIPDialog { session.dialog }
    var subject: FindingSubject { session.subject }
    var name: String { dialog.callID }

    /// From the answer to the end, or to the end of what was captured; nil where it was never answered.
    func life(until capturesEnd: CaptureTime) -> ClosedRange<CaptureTime>? {
        guard let answered = dialog.answered else { return nil }
        let end = min(dialog.end ?? capturesEnd, capturesEnd)
        return answered <= end ? answered...end : nil
    }

    /// Where the BYE stands, else the last message.
    var endPlace: Origin? {
        (dialog.messages.first { $0.message.isRequest && $0.message.method == "BYE" } ?? dialog.messages.last)?.origins.origin(at: 0)
    }

    /// The first media line that a party was told of, in the description in force at `time`; else the first message.
    func place(to side: Side, at time: CaptureTime) -> Origin? {
        let told = descriptions.filter { $0.sender == side.other }
        return (told.last { $0.time <= time } ?? told.first)?.place ?? dialog.messages.first?.origins.origin(at: 0)
    }
}

/// One conversation: the recording sessions that carry it, and the communication sessions that were seen beside them. Without recording
/// sessions: the hops of a call.
package struct ConversationEvidence {
    let recordings: [ConversationDialog]
    let calls: [ConversationDialog]
    /// Time of the last packet of all captures.
    let capturesEnd: CaptureTime

    package init(recordings: [ConversationDialog], calls: [ConversationDialog], capturesEnd: CaptureTime) {
        func first(_ dialogs: [ConversationDialog]) -> [ConversationDialog] {
            Array(dialogs.sorted { ($0.dialog.start, $0.name) < ($1.dialog.start, $1.name) }.prefix(Self.dialogLimit))
        }
        self.recordings = first(recordings)
        self.calls = first(calls)
        self.capturesEnd = capturesEnd
    }

    /// Dialogs of each kind that are looked at: a capture can claim any number for one conversation.
    private static let dialogLimit = 64

    /// Seconds that a party of the signalling has to react: policy, as for metadata.
    static let tolerance = 5.0

    /// Whether there is more than one dialog to compare, or a communication session.
    package var hasRelations: Bool { !calls.isEmpty || recordings.count > 1 }

    /// Seconds in which both dialogs are up.
    func overlap(_ left: ConversationDialog, _ right: ConversationDialog) -> Double {
        guard let a = left.life(until: capturesEnd), let b = right.life(until: capturesEnd) else { return 0 }
        return max(0, min(a.upperBound, b.upperBound).seconds(since: max(a.lowerBound, b.lowerBound)))
    }
}

/// One check of a conversation: the rules that it may report, and what looks for them.
package struct ConversationCheck: Sendable {
    /// Rules that it may report.
    package let rules: [Rule]
    let run: @Sendable (ConversationEvidence, inout FindingLog) -> Void
}

extension Conformance {
    /// Every check that needs more than one dialog, or a communication session.
    package static let conversationChecks: [ConversationCheck] = indicationChecks + relationChecks

    /// Runs every check on one conversation.
    package static func report(_ conversation: ConversationEvidence, to findings: inout FindingLog) {
        for check in conversationChecks { check.run(conversation, &findings) }
    }
}
