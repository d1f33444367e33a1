import Evidence
import MediaPlayout
import RTPSyntax
import RecordingMetadata
import SIPDialogs
import StreamMatching

/// What happened during a recording, from signalling, metadata and media, in order of time.
struct EventList {
    private let recording: PlannedRecording
    private let survey: Survey
    private let redactions: Set<Redaction>
    private var events: [(time: CaptureTime, event: EventRecord)] = []

    static func make(_ recording: PlannedRecording, survey: Survey, results: [String: [FlowResult]], redactions: Set<Redaction>) -> [EventRecord] {
        var list = EventList(recording: recording, survey: survey, redactions: redactions)
        for dialog in recording.dialogs { list.addMetadata(recording.timelines[dialog], dialogEnd: survey.dialogs[dialog].end) }
        for dialog in recording.dialogs { list.addKeypad(survey.dialogs[dialog]) }
        for dialog in recording.dialogs + recording.related.map(\.dialog) { list.addConsent(survey.dialogs[dialog]) }
        list.addDirections()
        for dialog in recording.dialogs { list.addSilenced(recording.timelines[dialog]) }
        for stream in recording.streams { list.addMedia(stream, results[stream.id] ?? []) }
        return list.events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element.event)
    }

    private init(recording: PlannedRecording, survey: Survey, redactions: Set<Redaction>) {
        self.recording = recording
        self.survey = survey
        self.redactions = redactions
    }

    private mutating func add(
        _ type: EventRecord.Kind, at time: CaptureTime, participants: [String] = [], stream: String? = nil, detail: [String: String] = [:]
    ) {
        let offset = Seconds(time.seconds(since: recording.start))
        events.append((time, EventRecord(time: time.rfc3339, offset: offset, type: type, participants: participants, stream: stream, detail: detail)))
    }

    private mutating func addMetadata(_ timeline: MetadataTimeline?, dialogEnd: CaptureTime?) {
        guard let timeline else { return }
        for (number, document) in timeline.documents.enumerated() where document.isAccepted {
            add(.metadata, at: document.packetTime, detail: ["document": "\(number + 1)", "mode": "\(document.dataMode)"])
        }
        let first = timeline.documents.first { $0.isAccepted }?.packetTime
        for session in timeline.sessions {
            for interval in session.intervals {
                add(Self.sessionStart, at: interval.start, detail: ["session": session.id])
                if let end = interval.end, dialogEnd.map({ end < $0 }) ?? true { add(Self.sessionEnd, at: end, detail: ["session": session.id]) }
            }
        }
        var left: [Presence] = []
        var joined: [Presence] = []
        for participant in timeline.participants {
            for membership in participant.sessions {
                let interval = membership.interval
                if let first, interval.start > first { joined.append((participant.id, membership.sessionID, interval.start)) }
                if let end = interval.end, dialogEnd.map({ end < $0 }) ?? true { left.append((participant.id, membership.sessionID, end)) }
            }
        }
        let successors = Self.dropMoves(&left, &joined)
        func follows(_ gone: Presence, _ session: String, _ time: CaptureTime) -> Bool {
            gone.time == time && gone.session == session
                || abs(time.seconds(since: gone.time)) <= Self.handover && successors[gone.session, default: []].contains(session)
        }
        for (id, session, time) in joined {
            // One leaves a session in the very document that brings one other into it, or into the session that takes over: that party was
            // replaced (RFC 8068 section 3.2.3).
            let gone = left.filter { follows($0, session, time) && $0.id != id }
            if gone.count == 1, joined.filter({ $0.time == time && $0.session == session }).count == 1 {
                add(.transfer, at: time, participants: [gone[0].id, id], detail: ["from": gone[0].id, "to": id])
            }
            add(.join, at: time, participants: [id])
        }
        for (id, _, time) in left { add(.leave, at: time, participants: [id]) }
    }

    /// Somebody who comes to a session or leaves it.
    private typealias Presence = (id: String, session: String, time: CaptureTime)

    /// Who leaves one session as another takes over that they are in neither leaves nor joins (RFC 8068 section 3.2.2). Returns the sessions
    /// that take over from each.
    private static func dropMoves(_ left: inout [Presence], _ joined: inout [Presence]) -> [String: Set<String>] {
        let arrivals = Dictionary(grouping: joined, by: \.id)
        var successors: [String: Set<String>] = [:]
        var moved: [String: Set<String>] = [:]
        left.removeAll { gone in
            let next = (arrivals[gone.id] ?? []).first { $0.session != gone.session && abs($0.time.seconds(since: gone.time)) <= handover }
            guard let next else { return false }
            successors[gone.session, default: []].insert(next.session)
            moved[gone.id, default: []].insert(next.session)
            return true
        }
        joined.removeAll { moved[$0.id]?.contains($0.session) ?? false }
        return successors
    }

    /// Seconds between the end of a session and the begin of the one that takes over.
    private static let handover = 2.0

    private static let sessionStart = EventRecord.Kind(rawValue: "session-start")
    private static let sessionEnd = EventRecord.Kind(rawValue: "session-end")

    private mutating func addDirections() {
        for stream in recording.streams where stream.media == "audio" {
            guard let epochs = stream.negotiated?.epochs else { continue }
            let pause = PauseKind.cause(of: stream, in: recording)
            for (before, after) in zip(epochs, epochs.dropFirst()) where before.isOpen != after.isOpen {
                // A line whose port became zero is gone, not held.
                if !after.isPlaced { continue }
                let type: EventRecord.Kind = after.isOpen ? .resume : pause == .hold ? .hold : .pause
                add(type, at: after.from, participants: stream.participants, stream: stream.id)
            }
        }
    }

    /// Hold that only the metadata tells (RFC 8068 section 3.2.1): somebody still takes part and hears, but sends nothing, until they send again.
    private mutating func addSilenced(_ timeline: MetadataTimeline?) {
        for participant in timeline?.participants ?? [] where participant.sends.count <= Self.mostHolds && events.count <= Self.mostEvents {
            let starts = participant.sends.map(\.interval.start).sorted()
            for time in Set(participant.sends.compactMap(\.interval.end)).sorted() {
                func lasts(_ interval: Interval) -> Bool {
                    interval.start <= time && (interval.end.map { $0.seconds(since: time) > Self.handover } ?? true)
                }
                guard !participant.sends.contains(where: { $0.interval.start <= time && ($0.interval.end.map { $0 > time } ?? true) }),
                    participant.receives.contains(where: { lasts($0.interval) }), participant.sessions.contains(where: { lasts($0.interval) })
                else { continue }
                addUnlessTold(.hold, at: time, participant.id)
                if let next = starts.first(where: { $0 > time }) { addUnlessTold(.resume, at: next, participant.id) }
            }
        }
    }

    /// Beyond these a dialog is made to be laborious, and its metadata is there to read.
    private static let mostHolds = 1000
    private static let mostEvents = 20_000

    /// The session description often says the same about the same moment.
    private mutating func addUnlessTold(_ type: EventRecord.Kind, at time: CaptureTime, _ participant: String) {
        let isTold = events.contains { known in
            known.event.stream != nil && [.hold, .pause, .resume].contains(known.event.type) && known.event.participants.contains(participant)
                && abs(known.time.seconds(since: time)) <= Self.handover
        }
        if !isTold { add(type, at: time, participants: [participant]) }
    }

    private mutating func addMedia(_ stream: PlannedStream, _ results: [FlowResult]) {
        let flows = stream.flows.filter { !FlowPlanner.isOnlyRepair($0, rows: survey.flows.rows) }
        for (before, after) in zip(flows, flows.dropFirst()) {
            let old = survey.flows.rows[before.flow]
            let new = survey.flows.rows[after.flow]
            // The same source from or to other ports is no other source.
            if old.ssrc == new.ssrc { continue }
            add(
                .ssrcChange, at: new.firstArrival, participants: after.pieces.first?.piece.participants ?? [], stream: stream.id,
                detail: ["from": old.ssrc.description, "to": new.ssrc.description])
        }
        for result in results { addTones(result.tones, stream) }
        for result in results { addTransmissions(result.transmissions, stream) }
        for result in results {
            for event in result.events {
                switch event.kind {
                case .sequenceReset: add(EventRecord.Kind(rawValue: "sequence-reset"), at: event.time, participants: stream.participants, stream: stream.id)
                case .codecChange(let type):
                    add(.codecChange, at: event.time, participants: stream.participants, stream: stream.id, detail: ["payloadType": "\(type.value)"])
                case .timestampReset, .reanchored, .clockChange: break
                }
            }
        }
    }
}

extension EventList {
    private static let tone = EventRecord.Kind(rawValue: "tone")

    /// Keys and other named events of a flow. A key that is told and heard is told once.
    private mutating func addTones(_ tones: [PlayoutTone], _ stream: PlannedStream) {
        for tone in tones {
            if tone.source == .inband,
                tones.contains(where: { $0.source != .inband && $0.event == tone.event && abs($0.start.seconds(since: tone.start)) < max(0.3, $0.duration) })
            {
                continue
            }
            let name = TelephoneEvent.name(of: tone.event)
            let isKey = tone.event < 16
            var detail = ["duration": "\(Seconds(tone.duration).value)", "source": tone.source.rawValue]
            detail[isKey ? "digit" : "event"] = isKey && redactions.contains(.dtmf) ? "[redacted]" : name
            if !tone.isEnded { detail["end"] = "not seen" }
            let who = stream.spans.first { $0.from <= tone.start && tone.start < $0.until }?.participants ?? stream.participants
            add(isKey ? .dtmf : Self.tone, at: tone.start, participants: who, stream: stream.id, detail: detail)
        }
    }

    /// What is said and wished of recording.
    private mutating func addConsent(_ dialog: SIPDialog) {
        for statement in ConsentEvents.statements(of: dialog) {
            let who = recording.kind == .call ? [statement.side == .client ? "caller" : "callee"] : []
            add(statement.attribute == "record" ? Self.indication : Self.preference, at: statement.time, participants: who, detail: ["value": statement.value])
        }
    }

    private static let indication = EventRecord.Kind(rawValue: "recording-indication")
    private static let preference = EventRecord.Kind(rawValue: "recording-preference")

    /// Keying of a transmitter and open squelch, by the headers of packets (ED-137).
    private mutating func addTransmissions(_ transmissions: [HeaderEvidence.Transmission], _ stream: PlannedStream) {
        for transmission in transmissions {
            let span = transmission.span
            var detail = ["duration": "\(Seconds(span.until.seconds(since: span.from)).value)", "id": "\(transmission.identifier)"]
            if case .pushToTalk(let kind) = transmission.kind { detail["kind"] = kind.name }
            let who = stream.spans.first { $0.from <= span.from && span.from < $0.until }?.participants ?? stream.participants
            add(transmission.kind == .squelch ? Self.squelch : Self.pushToTalk, at: span.from, participants: who, stream: stream.id, detail: detail)
        }
    }

    private static let pushToTalk = EventRecord.Kind(rawValue: "push-to-talk")
    private static let squelch = EventRecord.Kind(rawValue: "squelch")

    /// Keys that INFO requests tell.
    private mutating func addKeypad(_ dialog: SIPDialog) {
        for message in dialog.messages where !message.isRetransmission {
            guard let key = KeypadMessages.key(of: message.message) else { continue }
            var detail = ["digit": redactions.contains(.dtmf) ? "[redacted]" : key.digit, "source": "sip-info"]
            if let duration = key.duration { detail["duration"] = "\(Seconds(duration).value)" }
            let isClient = dialog.client.endpoint == message.path.source
            let who = recording.kind == .call ? [isClient ? "caller" : "callee"] : []
            add(.dtmf, at: message.time, participants: who, detail: detail)
        }
    }
}

/// Whether an inactive stream means that the call is on hold or that its recording is paused.
enum PauseKind {
    /// In a recording session `inactive` on one of several audio lines, or while metadata keeps the sender sending, is a pause of the
    /// recording (RFC 7866 section 7.1.1.1); all lines at once, or a plain call, is taken for hold.
    static func cause(of stream: PlannedStream, in recording: PlannedRecording) -> GapCause {
        guard recording.kind == .siprec else { return .hold }
        let times = stream.negotiated?.epochs.filter { !$0.isOpen }.map(\.from) ?? []
        let others = recording.streams.filter { $0.media == "audio" && $0.id != stream.id && $0.dialog == stream.dialog }
        let all = others.allSatisfy { other in
            times.allSatisfy { time in other.negotiated?.epochs.last { $0.from <= time }.map { !$0.isOpen } ?? true }
        }
        return all ? .hold : .pause
    }
}
