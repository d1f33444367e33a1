import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import RecordingMetadata
import RecordingPlan
import RecordingRecords
import RecordingRender
import SIPDialogs
import SIPSyntax
import SRTPDecryption
import StreamMatching

/// From plan and results to `recording.json`. Says only what plan, survey and render know; what is not known stays absent.
struct SidecarBuilder {
    let recording: PlannedRecording
    let survey: Survey
    let provenance: ProvenanceRecord
    /// Results of each stream's flows, by stream id.
    let results: [String: [FlowResult]]
    /// End of the audio on the capture's clock.
    let end: CaptureTime
    let findings: FindingLog

    /// Track paths of each stream and participant, only of files that were written.
    let writtenTracks: [WrittenTrack]
    let talk: TalkTimes
    let uses: StreamUses

    func build(events: [EventRecord], gaps: [String: [PlayoutGap]], otherFiles: [FileRecord]) -> RecordingRecord {
        let names = survey.captures.map(\.name)
        var record = RecordingRecord(
            id: recording.id, kind: recording.kind.rawValue, start: recording.start.rfc3339, end: end.rfc3339,
            duration: Seconds(end.seconds(since: recording.start)), complete: false, provenance: provenance)
        record.dialogs = recording.dialogs.map { dialog in
            var record = DialogRecord(survey.dialogs[dialog], captureNames: names)
            record.metadata = MetadataSidecar.metadata(of: recording, dialog: dialog)
            return record
        }
        for related in recording.related {
            var dialog = DialogRecord(survey.dialogs[related.dialog], captureNames: names)
            dialog.relation = related.reasons
            record.dialogs.append(dialog)
        }
        record.sessions = sessions
        record.participants = recording.participants.map(participant)
        record.streams = recording.streams.map { stream($0, gaps[$0.id] ?? [], otherFiles) }
        record.files =
            writtenTracks.map(audio) + otherFiles
        record.events = events
        record.findings = findings.sorted.map { FindingRecord($0, captureNames: names) }
        record.complete = isComplete && record.missesNothing
        return record
    }

    /// Beside what packets and gaps say: whole only if every stream that was to carry media did, and the capture goes beyond both ends.
    private var isComplete: Bool {
        // A message too long to be read may have held anything.
        if recording.dialogs.contains(where: { survey.dialogs[$0].messages.contains { $0.message.remarks.contains { $0.rule == .sip006 } } }) { return false }
        if writtenTracks.isEmpty || CaptureEdges(of: recording, in: survey).isCut { return false }
        return recording.streams.allSatisfy { stream in
            // Pages are not what is recorded here; that they were sent is told.
            stream.fax != nil || !stream.flows.isEmpty && (stream.media == "audio" || !(results[stream.id] ?? []).flatMap(\.text).isEmpty)
                || !(stream.negotiated?.epochs.contains { $0.isActive } ?? true)
        } && !findings.tellsOfLoss
    }

    private func audio(_ written: WrittenTrack) -> FileRecord {
        let track = written.track
        let format = AudioFormat(path: written.file.path)
        var record = FileRecord(
            written.file, role: track.isMix ? .mix : .participant, mediaType: format.mediaType, participants: track.participants,
            streams: track.streams, sampleRate: format.fileRate(track.sampleRate), channels: track.channels,
            start: recording.start.advanced(bySeconds: written.start).rfc3339, offset: Seconds(written.start))
        if let coding = track.native { record.native = FileRecord.Native(kept: true, encoding: coding.encoding) }
        if let objection = track.nativeObjection { record.native = FileRecord.Native(kept: false, reason: objection) }
        record.channelMap = written.mix?.channels.map { FileRecord.Channel(participants: $0.participants, streams: $0.streams) }
        record.gain = written.mix.map { ($0.gain * 1e9).rounded() / 1e9 }
        return record
    }

    private var sessions: [SessionRecord] {
        var out: [SessionRecord] = []
        for dialog in recording.dialogs {
            for session in recording.timelines[dialog]?.sessions ?? [] where !out.contains(where: { $0.id == session.id }) {
                var record = SessionRecord(
                    id: session.id, sipSessionIDs: session.sipSessionIDs, groupID: session.groupID, start: session.intervals.first?.start.rfc3339,
                    end: session.intervals.last?.end?.rfc3339)
                MetadataSidecar.complete(&record, session, recording.timelines[dialog])
                out.append(record)
            }
        }
        return out
    }

    private func participant(_ planned: PlannedParticipant) -> ParticipantRecord {
        var record = ParticipantRecord(id: planned.id, confidence: planned.confidence.rawValue)
        record.aor = planned.addressesOfRecord.last
        record.aors = planned.addressesOfRecord
        record.names = planned.names.map { ParticipantRecord.Name(value: $0.value, language: $0.language) }
        if !planned.identities.isEmpty {
            record.identities = planned.identities.map { ParticipantRecord.Identity(uri: $0.uri, name: $0.name, source: $0.source) }
        }
        for dialog in recording.dialogs {
            guard let history = recording.timelines[dialog]?.participants.first(where: { $0.id == planned.id }) else { continue }
            record.sessions += history.sessions.map {
                MetadataSidecar.membership($0)
            }
            let extensions = MetadataSidecar.extensions(of: .participant, planned.id, recording.timelines[dialog])
            if let extensions { record.extensions = (record.extensions ?? []) + extensions.filter { !(record.extensions ?? []).contains($0) } }
        }
        record.sends = uses.sends(of: planned.id)
        record.receives = uses.receives(of: planned.id)
        record.talk = talk.record(of: planned.id)
        record.files = writtenTracks.filter { $0.track.participants.contains(planned.id) }.map(\.file.path)
        return record
    }

    private func stream(_ planned: PlannedStream, _ gaps: [PlayoutGap], _ others: [FileRecord]) -> StreamRecord {
        var record = StreamRecord(id: planned.id, media: planned.media)
        record.streamID = planned.metadataStreams.last
        record.label = planned.label
        record.participants = planned.participants
        record.binding = MetadataSidecar.binding(of: planned, recording.kind)
        let own = results[planned.id] ?? []
        if planned.flows.contains(where: \.isSecure) {
            let known = own.compactMap(\.security)
            record.security = StreamRecord.Security(
                suite: known.compactMap(\.suite).first ?? planned.flows.flatMap(\.keys).first?.suite.rawValue,
                keySource: (planned.flows.flatMap(\.security.proven).first ?? planned.flows.flatMap(\.security.keys).first)?.source.word,
                mki: known.compactMap(\.mki).first, authenticated: known.reduce(0) { $0 + $1.authenticated }, failed: known.reduce(0) { $0 + $1.failed })
            record.security?.suspected = planned.flows.compactMap(\.security.signs).first.map {
                StreamRecord.Security.Suspicion(confidence: $0.confidence.rawValue, reasons: $0.reasons)
            }
        }
        if let fax = planned.fax {
            record.datagrams = StreamRecord.Datagrams(
                transport: "udptl", packets: fax.packets, start: fax.first.rfc3339, end: fax.last.rfc3339,
                offset: Seconds(fax.first.seconds(since: recording.start)), duration: Seconds(fax.last.seconds(since: fax.first)), isDecoded: false,
                first: PlaceRecord(fax.firstOrigin, captureNames: survey.captures.map(\.name)),
                last: PlaceRecord(fax.lastOrigin, captureNames: survey.captures.map(\.name)))
        }
        record.flows = planned.flows.map { flow in self.flow(flow, own.first { $0.flow == flow.flow }) }
        let names = survey.captures.map(\.name)
        record.gaps = gaps.map { gap in
            var record = GapRecord(
                start: gap.start.rfc3339, offset: Seconds(gap.start.seconds(since: recording.start)), duration: Seconds(gap.duration),
                packets: gap.packets ?? 0,
                cause: gap.cause, reason: gap.reason, concealed: gap.concealed > 0 ? Seconds(gap.concealed) : nil,
                first: gap.first.frame > 0 ? PlaceRecord(gap.first, captureNames: names) : nil,
                last: gap.last.frame > 0 ? PlaceRecord(gap.last, captureNames: names) : nil)
            if gap.isEdge { record.edge = true }
            return record
        }
        record.files = writtenTracks.filter { $0.track.streams.contains(planned.id) }.map(\.file.path)
        record.files += others.filter { $0.streams.contains(planned.id) }.map(\.path)
        return record
    }

    private func flow(_ planned: PlannedFlow, _ result: FlowResult?) -> FlowRecord {
        let row = survey.flows.rows[planned.flow]
        let names = survey.captures.map(\.name)
        let part = result?.part
        var record = FlowRecord(
            ssrc: row.ssrc.description, source: row.path.source.description, destination: row.path.destination.description,
            firstPacket: (part?.first.time ?? max(row.firstArrival, planned.window.from)).rfc3339,
            lastPacket: (part?.last.time ?? min(row.lastArrival, planned.window.until)).rfc3339,
            packets: result.map { $0.packets - $0.copies } ?? row.distinctPackets)
        if let result {
            record.fates = FateRecord(result.fates)
            if !result.fates.runs.isEmpty { record.unheard = result.fates.runs.map { UnheardRecord($0, captureNames: names) } }
            let sound = result.covered.map {
                SpanRecord(offset: Seconds($0.from.seconds(since: recording.start)), duration: Seconds($0.until.seconds(since: $0.from)))
            }
            if !sound.isEmpty { record.sound = sound }
        }
        if let result, result.copies > 0 { record.copies = result.copies }
        if let supplies = result?.supplies, supplies.count > 1 {
            record.captures = supplies.map {
                FlowRecord.Supply(name: Int($0.capture) < names.count ? names[Int($0.capture)] : "?", packets: $0.packets, copies: $0.copies)
            }
        }
        record.lost = result?.lost ?? max(0, row.expected - row.packets)
        record.recovered = result.flatMap { FlowRecord.Recovered($0.recovered) }
        record.duplicates = result?.duplicates ?? 0
        record.reordered = result?.reordered ?? 0
        record.jitter = result?.jitter.map { Seconds($0) }
        if let clock = result?.clock {
            record.clock = FlowRecord.Clock(
                ppm: Seconds((Double(clock.partsPerBillion) / 100).rounded() / 10), method: clock.method.rawValue,
                adjusted: (result?.splices ?? 0) > 0 ? result?.splices : nil)
        }
        record.timing = result.flatMap { FlowRecord.Timing($0, placement: planned.placement) }
        record.match = planned.match.map { FlowRecord.Match(confidence: $0.confidence.rawValue, reasons: $0.reasons + planned.security.reasons) }
        if let sources = result?.sources, !sources.isEmpty {
            let names = ContributorNames(sources: sources.map(\.ssrc), flow: planned, recording: recording, survey: survey)
            record.contributors = sources.map { names.record(of: $0) }
        }
        if !planned.twins.isEmpty {
            record.twins = planned.twins.map {
                let twin = survey.flows.rows[$0]
                return FlowRecord.Twin(source: twin.path.source.description, destination: twin.path.destination.description, packets: twin.distinctPackets)
            }
        }
        record.control = planned.security.control.map { control in
            FlowRecord.Control(
                tried: control.tried, authenticated: control.authenticated, cname: control.words.cnames[row.ssrc])
        }
        record.goodbye = planned.goodbye?.rfc3339
        if let part {
            record.first = PlaceRecord(part.first.origin, captureNames: names)
            record.last = PlaceRecord(Origin(capture: part.last.origin.capture, frame: part.last.origin.frame), captureNames: names)
        } else {
            if planned.window.from <= row.firstArrival { record.first = PlaceRecord(row.firstOrigin, captureNames: names) }
            if planned.window.until > row.lastArrival { record.last = PlaceRecord(Origin(capture: row.lastCapture, frame: row.lastFrame), captureNames: names) }
        }
        for seen in row.payloadTypes where part == nil || part?.types[seen.type] != nil {
            let packets = part?.types[seen.type] ?? Int(seen.packets)
            guard let codec = planned.payloadMaps.lazy.compactMap({ $0.map[seen.type] }).first else { continue }
            record.codecs.append(
                FlowRecord.Codec(
                    name: codec.encoding, payloadType: Int(seen.type.value), clockRate: codec.clockRate.hertz, channels: codec.channels,
                    packets: (result?.copies ?? 0) > 0 ? result?.typeCounts[seen.type] ?? packets : packets,
                    inferred: planned.inferredTypes.contains(seen.type) ? true : nil))
        }
        if let quality = result?.quality, let codec = record.codecs.max(by: { $0.packets < $1.packets })?.name {
            let rated = FlowRecord.Quality(quality, encoding: codec, start: recording.start)
            record.quality = rated
            record.mos = rated.mos
        }
        return record
    }
}

extension DialogRecord {
    init(_ dialog: SIPDialog, captureNames: [String]) {
        self.init(
            callID: dialog.callID, role: dialog.role == .recording ? .recording : .communication, transport: dialog.transport.rawValue,
            client: Party(dialog.client), server: Party(dialog.server), start: dialog.start.rfc3339, answered: dialog.answered?.rfc3339,
            end: dialog.end?.rfc3339, endedBy: dialog.endedBy?.word)
        first = dialog.messages.first.map { PlaceRecord($0.origins.origin(at: 0), captureNames: captureNames) }
        referredBy = Referral.referrer(of: dialog).map { ParticipantRecord.Identity(uri: $0.uri.raw, name: $0.displayName, source: "Referred-By") }
    }
}

extension DialogEnd {
    /// As the sidecar has it: `client`, `server`, or `refused 486`.
    fileprivate var word: String {
        switch self {
        case .bye(let side): side.rawValue
        case .failure(let status): "refused \(status)"
        }
    }
}

extension DialogRecord.Party {
    init(_ party: Party) {
        self.init(
            address: party.endpoint.map { $0.address.description }, port: party.endpoint.map { Int($0.port) }, uri: party.uri, userAgent: party.userAgent)
    }
}
