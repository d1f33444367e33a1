import CaptureSurvey
import Evidence
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import SIPDialogs
import StreamMatching

/// Who sends and who hears which stream of a recording, and when (RFC 7865 section 6.8).
///
/// What metadata or signalling states is taken as it is. Senders that were found by position are marked as assumed. Where no metadata of a
/// recording session names any receiver, as in most drafts, everybody is taken to hear the streams of the sessions they are in, but those
/// that they send to themselves; that is marked, too.
struct StreamUses {
    private struct Use {
        let stream: String
        let from: CaptureTime
        /// `distantFuture` while open.
        let until: CaptureTime
        var begin: StatedTime?
        var finish: StatedTime?
        var isAssumed = false

        var record: ParticipantRecord.Association {
            var record = ParticipantRecord.Association(
                stream: stream, start: from == .distantPast ? nil : from.rfc3339, end: until == .distantFuture ? nil : until.rfc3339)
            record.statedStart = MetadataSidecar.stated(begin)
            record.statedEnd = MetadataSidecar.stated(finish)
            if isAssumed { record.assumed = true }
            return record
        }
    }

    /// A time in which somebody is in a session, or a stream is part of one; nil for no session in particular.
    private typealias Presence = (session: String?, from: CaptureTime, until: CaptureTime)

    /// Assumed uses in one recording: more are no conversation.
    private static let assumedLimit = 4096
    private static let presenceLimit = 256
    /// Pairs of times that are compared: what needs more is made to be laborious.
    private static let workLimit = 2_000_000

    private let recording: PlannedRecording
    private let survey: Survey
    private var sent: [String: [Use]] = [:]
    private var heard: [String: [Use]] = [:]
    private var assumed = 0
    private var work = 0

    init(_ recording: PlannedRecording, _ survey: Survey) {
        self.recording = recording
        self.survey = survey
        switch recording.kind {
        case .siprec:
            for dialog in recording.dialogs { addStated(dialog) }
            for dialog in recording.dialogs { assumeReceivers(dialog) }
            assumeReceiversWithoutMetadata()
        case .call: addParties()
        default: break
        }
    }

    func sends(of participant: String) -> [ParticipantRecord.Association] { (sent[participant] ?? []).map(\.record) }
    func receives(of participant: String) -> [ParticipantRecord.Association] { (heard[participant] ?? []).map(\.record) }

    /// Uses of metadata streams as uses of ours; a metadata stream that travels on no m-line is left out here and stays in the documents.
    private mutating func addStated(_ dialog: Int) {
        let streams = recording.streams.filter { $0.dialog == dialog }
        var ours: [String: [String]] = [:]
        for stream in streams { for id in stream.metadataStreams { ours[id, default: []].append(stream.id) } }
        func uses(_ uses: [StreamUse]) -> [Use] {
            uses.flatMap { use in
                (ours[use.streamID] ?? []).map { stream in
                    Use(
                        stream: stream, from: use.interval.start, until: use.interval.end ?? .distantFuture, begin: use.interval.begin,
                        finish: use.interval.finish)
                }
            }
        }
        var told: Set<String> = []
        for participant in recording.timelines[dialog]?.participants ?? [] {
            let sends = uses(participant.sends)
            if !sends.isEmpty { told.insert(participant.id) }
            sent[participant.id, default: []] += sends
            heard[participant.id, default: []] += uses(participant.receives)
        }
        for stream in streams {
            for span in stream.spans where span.basis == .position || span.basis == .signalling {
                for id in span.participants where !told.contains(id) {
                    sent[id, default: []].append(
                        Use(
                            stream: stream.id, from: max(span.from, begin(of: stream)), until: min(span.until, end(of: dialog)),
                            isAssumed: span.basis == .position))
                }
            }
        }
    }

    /// Caller and callee hear what the other sends: that is what offer and answer are about.
    private mutating func addParties() {
        let end = recording.dialogs.last.map(end(of:)) ?? .distantFuture
        for participant in recording.participants {
            for stream in recording.streams {
                let use = Use(stream: stream.id, from: stream.negotiated?.epochs.first?.from ?? .distantPast, until: end)
                if stream.participants.contains(participant.id) {
                    sent[participant.id, default: []].append(use)
                } else {
                    heard[participant.id, default: []].append(use)
                }
            }
        }
    }

    // MARK: Assumptions

    private mutating func assumeReceivers(_ dialog: Int) {
        guard let timeline = recording.timelines[dialog], timeline.participants.allSatisfy(\.receives.isEmpty) else { return }
        let streams = recording.streams.filter { $0.dialog == dialog }
        var activity: [String: [Presence]] = [:]
        for stream in streams {
            let described = stream.metadataStreams.prefix(Self.presenceLimit).compactMap { timeline.stream($0) }.flatMap { history in
                history.intervals.prefix(Self.presenceLimit).map { (history.sessionID, $0.start, $0.end ?? .distantFuture) as Presence }
            }
            activity[stream.id] = described.isEmpty && !stream.spans.isEmpty ? [(nil, begin(of: stream), end(of: dialog))] : described
        }
        for participant in timeline.participants {
            var presence = participant.sessions.prefix(Self.presenceLimit).map {
                ($0.sessionID, $0.interval.start, $0.interval.end ?? .distantFuture) as Presence
            }
            if presence.isEmpty { presence = participant.intervals.prefix(Self.presenceLimit).map { (nil, $0.start, $0.end ?? .distantFuture) } }
            for stream in streams { assume(participant.id, hears: stream.id, presence, activity[stream.id] ?? []) }
        }
    }

    /// Recording dialogs of vendors, without metadata: the near end hears the far end as long as both are there, also across dialogs.
    private mutating func assumeReceiversWithoutMetadata() {
        let streams = recording.streams.filter { stream in
            stream.dialog.map { recording.timelines[$0]?.documents.isEmpty ?? true } ?? false && stream.spans.contains { $0.basis == .signalling }
        }
        guard !streams.isEmpty else { return }
        for participant in recording.participants {
            let presence = (sent[participant.id] ?? []).prefix(Self.presenceLimit).map { (nil, $0.from, $0.until) as Presence }
            for stream in streams {
                assume(participant.id, hears: stream.id, presence, [(nil, begin(of: stream), stream.dialog.map(end(of:)) ?? .distantFuture)])
            }
        }
    }

    private mutating func assume(_ participant: String, hears stream: String, _ presence: [Presence], _ activity: [Presence]) {
        guard assumed < Self.assumedLimit, work < Self.workLimit else { return }
        work += presence.count * activity.count
        var parts: [(from: CaptureTime, until: CaptureTime)] = []
        for there in presence {
            for active in activity where there.session == nil || active.session == nil || there.session == active.session {
                let (from, until) = (max(there.from, active.from), min(there.until, active.until))
                if from < until { parts.append((from, until)) }
            }
        }
        for own in sent[participant] ?? [] where own.stream == stream { parts = parts.flatMap { Self.without(own, $0) } }
        var joined: [(from: CaptureTime, until: CaptureTime)] = []
        for part in parts.sorted(by: { ($0.from, $0.until) < ($1.from, $1.until) }) {
            if let last = joined.last, part.from <= last.until {
                joined[joined.count - 1].until = max(last.until, part.until)
            } else {
                joined.append(part)
            }
        }
        for part in joined where assumed < Self.assumedLimit {
            assumed += 1
            heard[participant, default: []].append(Use(stream: stream, from: part.from, until: part.until, isAssumed: true))
        }
    }

    private static func without(
        _ own: Use, _ part: (from: CaptureTime, until: CaptureTime)
    ) -> [(from: CaptureTime, until: CaptureTime)] {
        guard own.from < part.until, part.from < own.until else { return [part] }
        var out: [(from: CaptureTime, until: CaptureTime)] = []
        if part.from < own.from { out.append((part.from, own.from)) }
        if own.until < part.until { out.append((own.until, part.until)) }
        return out
    }

    private func begin(of stream: PlannedStream) -> CaptureTime { stream.negotiated?.epochs.first?.from ?? .distantPast }
    private func end(of dialog: Int) -> CaptureTime { survey.dialogs[dialog].end ?? .distantFuture }
}
