import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import StreamMatching

/// What is to become one recording: dialogs, or parts of dialogs (contract: "what one recording is").
struct Conversation {
    /// Indices into the survey's dialogs, ascending.
    var dialogs: [Int]
    /// Communication sessions of the metadata that it is made of, by dialog. A dialog that is missing here takes part as a whole.
    var sessions: [Int: Set<String>] = [:]
    /// What names it beside the Call-IDs: the group or communication session it begins with.
    var key: Key = .callIDs

    /// How the recording's id is derived.
    enum Key: Equatable {
        case callIDs
        /// A group or session whose identifier is one in the whole world (RFC 7865 section 6.10): it alone names the conversation, however
        /// many recording sessions carried it.
        case global(String)
        /// One of several conversations in a dialog, with an identifier that means nothing outside.
        case within(String)
    }
}

/// How the flows of a dialog with several conversations are divided among them, by time.
struct DialogCuts {
    private let spans: [SenderSpan]
    private static let idle = "idle"

    /// `windows`: begin and end of each conversation in order of time, without overlap. Media before the first belongs to it: metadata
    /// comes late. Media after the last belongs to nobody once that has ended.
    init(_ windows: [(conversation: Int, from: CaptureTime, until: CaptureTime)]) {
        var spans: [SenderSpan] = []
        for (number, window) in windows.enumerated() {
            if let last = spans.last, last.until < window.from {
                spans.append(SenderSpan(from: last.until, until: window.from, participants: [Self.idle], basis: .none))
            }
            spans.append(
                SenderSpan(
                    from: number == 0 ? .distantPast : window.from, until: window.until, participants: ["\(window.conversation)"], basis: .none))
        }
        if let last = spans.last, last.until < .distantFuture {
            spans.append(SenderSpan(from: last.until, until: .distantFuture, participants: [Self.idle], basis: .none))
        }
        self.spans = spans
    }

    /// The part of a flow that belongs to a conversation; nil where none does.
    func window(of conversation: Int, first: CaptureTime, last: CaptureTime) -> FlowWindow? {
        let own = pieces(first, last).filter { $0.participants == ["\(conversation)"] }
        guard let begin = own.first, let end = own.last else { return nil }
        return FlowWindow(from: begin.from, until: end.until)
    }

    /// Seconds of a flow that belong to no conversation.
    func idle(first: CaptureTime, last: CaptureTime) -> Double {
        pieces(first, last).filter { $0.participants == [Self.idle] }.reduce(0) { $0 + min($1.until, last).seconds(since: max($1.from, first)) }
    }

    private func pieces(_ first: CaptureTime, _ last: CaptureTime) -> [FlowPiece] { SenderSpan.pieces(of: spans, first: first, last: last) }
}
