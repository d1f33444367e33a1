import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import RecordingRender
import SIPDialogs
import StreamMatching

/// What happened during a recording, from signalling, metadata and media, in order of time.
struct EventList {
    let recording: PlannedRecording
    let survey: Survey
    private let redactions: Set<Redaction>
    private var events: [(time: CaptureTime, event: EventRecord)] = []
    /// When each event that several recording sessions may tell was told last.
    private var told: [Told: CaptureTime] = [:]

    private struct Told: Hashable {
        let type: EventRecord.Kind
        let participants: [String]
        let detail: [String: String]
    }

    static func make(_ recording: PlannedRecording, survey: Survey, results: [String: [FlowResult]], redactions: Set<Redaction>) -> [EventRecord] {
        var list = EventList(recording: recording, survey: survey, redactions: redactions)
        var number = 0
        for dialog in recording.dialogs {
            list.addDocuments(of: dialog, from: number)
            number += survey.dialogs[dialog].metadata.count
        }
        for dialog in recording.dialogs { list.addMetadata(recording.timelines[dialog], dialogEnd: survey.dialogs[dialog].end) }
        if recording.kind == .call {
            list.addReferrals()
            list.addReplacements()
        }
        list.addKeypad()
        list.addConsent()
        list.addDirections()
        list.addFaxes()
        for dialog in recording.dialogs { list.addSilenced(recording.timelines[dialog]) }
        for stream in recording.streams { list.addMedia(stream, results[stream.id] ?? []) }
        return list.events.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element.event)
    }

    private init(recording: PlannedRecording, survey: Survey, redactions: Set<Redaction>) {
        self.recording = recording
        self.survey = survey
        self.redactions = redactions
    }

    func isRedacted(_ redaction: Redaction) -> Bool { redactions.contains(redaction) }

    mutating func add(
        _ type: EventRecord.Kind, at time: CaptureTime, participants: [String] = [], stream: String? = nil, detail: [String: String] = [:]
    ) {
        let offset = Seconds(time.seconds(since: recording.start))
        events.append((time, EventRecord(time: time.rfc3339, offset: offset, type: type, participants: participants, stream: stream, detail: detail)))
    }

    /// The same from two recording sessions of one conversation is one event.
    mutating func addOnce(_ type: EventRecord.Kind, at time: CaptureTime, participants: [String] = [], detail: [String: String] = [:]) {
        let key = Told(type: type, participants: participants, detail: detail)
        defer { told[key] = max(time, told[key] ?? time) }
        if let before = told[key], abs(time.seconds(since: before)) <= Self.handover, recording.dialogs.count > 1 { return }
        add(type, at: time, participants: participants, detail: detail)
    }

    /// Seconds between the end of a session and the begin of the one that takes over.
    static let handover = 2.0

    private mutating func addDirections() {
        for stream in recording.streams where stream.media == "audio" {
            guard let epochs = stream.negotiated?.epochs else { continue }
            let pause = PauseKind.cause(of: stream, in: recording)
            var wasPlaced = false
            for (before, after) in zip(epochs, epochs.dropFirst()) where before.isOpen != after.isOpen {
                wasPlaced = wasPlaced || before.isPlaced
                // A line whose port became zero is gone, not held, and so is none that comes back.
                if !after.isPlaced || before.replacement != nil || (wasPlaced && !before.isPlaced) { continue }
                let type: EventRecord.Kind = after.isOpen ? .resume : pause == .hold ? .hold : .pause
                add(type, at: after.from, participants: stream.participants, stream: stream.id)
            }
        }
    }

    /// Hold that only the metadata tells (RFC 8068 section 3.2.1): somebody still takes part but sends nothing, and hears on or sends again later.
    private mutating func addSilenced(_ timeline: MetadataTimeline?) {
        for participant in timeline?.participants ?? [] where participant.sends.count <= Self.mostHolds && events.count <= Self.mostEvents {
            let starts = participant.sends.map(\.interval.start).sorted()
            for time in Set(participant.sends.compactMap(\.interval.end)).sorted() {
                func lasts(_ interval: Interval) -> Bool {
                    interval.start <= time && (interval.end.map { $0.seconds(since: time) > Self.handover } ?? true)
                }
                let next = starts.first { $0 > time }
                let isBack = next.map { next in participant.sessions.contains { $0.interval.contains(time) && $0.interval.contains(next) } } ?? false
                guard !participant.sends.contains(where: { $0.interval.start <= time && ($0.interval.end.map { $0 > time } ?? true) }),
                    isBack || participant.receives.contains(where: { lasts($0.interval) }), participant.sessions.contains(where: { lasts($0.interval) })
                else { continue }
                addUnlessTold(.hold, at: time, participant.id)
                if let next { addUnlessTold(.resume, at: next, participant.id) }
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
        let flows = stream.flows.count > 1 ? stream.flows.filter { !$0.isOnlyRepair(survey.flows.rows[$0.flow]) } : stream.flows
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
                    var detail = ["payloadType": "\(type.value)"]
                    let maps = stream.flows.first { $0.flow == result.flow }?.payloadMaps ?? []
                    detail["codec"] = (maps.last { $0.from <= event.time && $0.map[type] != nil } ?? maps.first { $0.map[type] != nil })?.map[type]?.encoding
                    add(.codecChange, at: event.time, participants: stream.participants, stream: stream.id, detail: detail)
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
}
