import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Whether a conversation is recorded, as `a=record` would say it (RFC 7866 section 7.1.2).
enum RecordingState: String {
    case on, paused, off

    /// Whether a party that was told `value` knows. Not recorded is not recorded, for a while or for good.
    func agrees(with value: String?) -> Bool { (self == .on) == (value == "on") && value != nil }
}

/// A moment from which on the recording is in another state.
struct RecordingChange {
    let time: CaptureTime
    let state: RecordingState
    let place: Origin?
}

extension ConversationEvidence {
    /// All recording sessions together: on while one of them asks for audio.
    func state(at time: CaptureTime) -> RecordingState {
        var isUp = false
        for recording in recordings {
            guard let answered = recording.dialog.answered, answered <= time, recording.dialog.end.map({ time < $0 }) ?? true else { continue }
            isUp = true
            let isOpen = recording.streams.contains { stream in
                stream.kind == "audio" && stream.sender == recording.session.client
                    && stream.epochs.last { $0.from <= time && $0.isAnswered }.map { $0.isOpen && ($0.until.map { time < $0 } ?? true) } ?? false
            }
            if isOpen { return .on }
        }
        return isUp ? .paused : .off
    }

    /// Moments of one conversation at which the state is looked at.
    private static let changeLimit = 1000

    /// Changes within a time, in order; a state that does not last for `tolerance` is none.
    func changes(within time: ClosedRange<CaptureTime>) -> [RecordingChange] {
        var places: [CaptureTime: Origin?] = [:]
        func add(_ moment: CaptureTime, _ place: Origin?) { if time.contains(moment), places[moment] == nil { places[moment] = place } }
        for recording in recordings {
            guard let answered = recording.dialog.answered else { continue }
            add(answered, recording.descriptions.last { $0.time <= answered }?.place)
            if let end = recording.dialog.end { add(end, recording.endPlace) }
            for stream in recording.streams where stream.kind == "audio" && stream.sender == recording.session.client {
                for epoch in stream.epochs where epoch.isAnswered {
                    let negotiation = recording.dialog.negotiations[epoch.negotiation]
                    add(negotiation.answerTime ?? epoch.from, Self.place(of: stream.mediaIndex, in: negotiation))
                }
            }
        }
        var out: [RecordingChange] = []
        // What holds at the begin is no change, unless it begins just then.
        var last = places[time.lowerBound] == nil ? state(at: time.lowerBound) : .off
        for (moment, place) in places.sorted(by: { $0.key < $1.key }).prefix(Self.changeLimit) {
            let state = state(at: moment)
            guard state != last, state == self.state(at: moment.advanced(bySeconds: Self.tolerance)) else { continue }
            out.append(RecordingChange(time: moment, state: state, place: place))
            last = state
        }
        return out
    }

    private static func place(of line: Int, in negotiation: Negotiation) -> Origin {
        if let answer = negotiation.answer, let origins = negotiation.answerOrigins, line < answer.media.count {
            return origins.origin(at: answer.media[line].offset)
        }
        return negotiation.offerOrigins.origin(at: line < negotiation.offer.media.count ? negotiation.offer.media[line].offset : 0)
    }
}
