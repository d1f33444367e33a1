import CaptureSurvey
import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords
import RecordingRender
import SIPDialogs
import StreamMatching

/// Writes what is told of a finished recording: metadata, signalling, events and the sidecar.
struct RecordingReporter {
    private let planned: PlannedRecording
    private let closer: RecordingCloser
    /// With the dialogs of this recording.
    private let survey: Survey
    private let results: [String: [FlowResult]]
    private let end: CaptureTime
    private let written: [WrittenTrack]
    private let talk: TalkTimes
    private(set) var findings: FindingLog

    init(_ finished: consuming FinishedRecording, closer: RecordingCloser) {
        self.closer = closer
        planned = finished.planned
        survey = finished.survey
        end = finished.end
        written = finished.written
        talk = finished.talk
        // In the order of the plan; one flow may be there twice, a part of it for each of two streams.
        var rest = finished.flows[...]
        var results: [String: [FlowResult]] = [:]
        for stream in planned.streams {
            results[stream.id] = Array(rest.prefix(stream.flows.count))
            rest = rest.dropFirst(stream.flows.count)
        }
        self.results = results
        findings = Self.findings(planned, survey, results)
        let subject = FindingSubject(callID: planned.dialogs.first.map { survey.dialogs[$0].callID })
        let edges = CaptureEdges(of: planned, in: survey)
        if edges.isCut {
            let first = planned.streams.flatMap(\.flows).map { survey.flows.rows[$0.flow] }.min { $0.firstArrival < $1.firstArrival }
            findings.report(.mat014, "recording \(planned.id): the capture \(edges.text)", at: first?.firstOrigin, subject: subject)
        }
        for name in written.compactMap(\.mix).flatMap(\.unheard) {
            findings.report(.out004, "--channels names \(name.printable), which matches no file of recording \(planned.id)", at: nil, subject: subject)
        }
    }

    /// Findings of the render, with the recording as subject, and those of the survey and plan that speak of its dialogs.
    private static func findings(_ planned: PlannedRecording, _ survey: Survey, _ results: [String: [FlowResult]]) -> FindingLog {
        var log = FindingLog()
        for stream in planned.streams {
            let callID = stream.dialog.map { survey.dialogs[$0].callID }
            for result in results[stream.id] ?? [] {
                let row = survey.flows.rows[result.flow]
                let subject = FindingSubject(callID: callID, stream: stream.label ?? stream.id, flow: row.identity)
                for remark in result.remarks {
                    log.report(remark.rule, remark.message, first: remark.first, last: remark.last, count: remark.count, subject: subject)
                }
                if let security = result.security, security.disagreements > 0 {
                    log.report(
                        .srt004, "libcrypto and libsrtp2 disagree about a packet; it is not used", at: row.firstOrigin, subject: subject,
                        count: security.disagreements)
                }
                if let security = result.security, security.unknownMKI > 0 {
                    log.report(
                        .srt006, "packets have an unknown master key identifier", at: row.firstOrigin, subject: subject, count: security.unknownMKI)
                }
                if let security = result.security, security.keyChanges > 0 {
                    log.report(.srt007, "the key changed during the stream", at: row.firstOrigin, subject: subject, count: security.keyChanges)
                }
                if result.copies > 0 {
                    log.report(
                        .cap030, "packets were captured more than once; each is used once", at: row.firstOrigin, subject: subject, count: result.copies)
                }
                if result.duplicates > 0 {
                    log.report(.rtp006, "packets arrived more than once and are counted once", at: row.firstOrigin, subject: subject, count: result.duplicates)
                }
            }
        }
        return log
    }

    /// Frames of flows of which other recordings have other parts.
    var dividedFrames: Int {
        planned.streams.reduce(0) { sum, stream in
            let parts = Set(stream.flows.filter { !$0.window.isWhole }.map(\.flow))
            return sum + (results[stream.id] ?? []).reduce(0) { $0 + (parts.contains($1.flow) ? $1.packets : 0) }
        }
    }

    mutating func write(to writer: any RecordingWriter) throws(OutputFault) -> RecordingRecord {
        let names = survey.captures.map(\.name)
        var others: [FileRecord] = []
        var number = 0
        for dialog in planned.dialogs {
            for metadata in survey.dialogs[dialog].metadata {
                number += 1
                let name = "metadata/" + String(repeating: "0", count: max(0, 4 - String(number).count)) + "\(number).xml"
                var file = FileRecord(
                    try writer.write(path: name, octets: metadata.octets), role: .metadata, mediaType: "application/rs-metadata+xml")
                file.first = PlaceRecord(metadata.origins.origin(at: 0), captureNames: names)
                others.append(file)
            }
        }
        if !planned.dialogs.isEmpty {
            let text = SignallingText.render(
                planned.dialogs.map { survey.dialogs[$0] }, includesSecrets: closer.options.includesSecrets,
                redactsDigits: closer.options.redactions.contains(.dtmf)
            ) { Int($0) < names.count ? names[Int($0)] : "?" }
            others.append(FileRecord(try writer.write(path: "signalling.txt", octets: text), role: .signalling, mediaType: "text/plain"))
        }
        others += try writeText(to: writer)
        others += try writeRaw(to: writer)
        let events = EventList.make(planned, survey: survey, results: results, redactions: closer.options.redactions)
        let people = planned.participants.map { ($0.id, $0.names.last?.value ?? $0.addressesOfRecord.last ?? $0.id) }
        for track in EventTrack.of(events, names: Dictionary(people) { first, _ in first }) { others.append(try track.write(to: writer)) }
        var gaps: [String: [PlayoutGap]] = [:]
        for stream in planned.streams where stream.media == "audio" {
            let dialogEnd = stream.dialog.flatMap { survey.dialogs[$0].end }
            gaps[stream.id] = StreamGaps(
                stream: stream, start: planned.start, end: end, dialogEnd: dialogEnd, pauseCause: PauseKind.cause(of: stream, in: planned)
            ).list(results[stream.id] ?? [])
        }
        FileCoverage(planned: planned, results: results, end: end).complete(&gaps, written)
        MissingFiles(survey: survey, planned: planned, results: results).explain(&gaps)
        CaptureDrops(survey: survey, planned: planned, results: results).explain(&gaps)
        ReceiverLossEvidence(survey: survey, planned: planned).explain(&gaps)
        LossGround(survey: survey, planned: planned).explain(&gaps)
        var all = closer.sharedFindings(of: planned, survey)
        GapReporter(survey: survey, planned: planned, gaps: gaps).report(to: &findings)
        all.merge(findings)
        let builder = SidecarBuilder(
            recording: planned, survey: survey, provenance: provenance, results: results, end: end, findings: all, writtenTracks: written,
            talk: talk, uses: StreamUses(planned, survey))
        var record = builder.build(events: events, gaps: gaps, otherFiles: others)
        for track in EventTrack.exports(closer.options.exports, of: record) { record.files.append(try track.write(to: writer)) }
        if closer.options.vCon.content != .none {
            guard let sha1 = closer.sha1, let parts = VConFile.parts(of: record, closer.options.vCon, sha1: sha1) else {
                throw OutputFault(path: VConFile.fileName, reason: "cannot be made of this recording")
            }
            record.files.append(FileRecord(try writer.write(path: VConFile.fileName, parts: parts), role: .vCon, mediaType: VConFile.mediaType))
        }
        guard let octets = try? RecordJSON.octets(of: record) else { throw OutputFault(path: RecordingRecord.fileName, reason: "cannot be encoded") }
        _ = try writer.write(path: RecordingRecord.fileName, octets: octets)
        return record
    }

    /// What a page shows of the record that `write` gave.
    func material(_ record: RecordingRecord, waveforms: [Waveform]) -> ReportMaterial {
        ReportMaterialBuilder(planned: planned, survey: survey, options: closer.options).build(record, waveforms: waveforms, talk: talk)
    }

    /// `text/<participant>.txt` for each stream that carried real-time text.
    private func writeText(to writer: any RecordingWriter) throws(OutputFault) -> [FileRecord] {
        var out: [FileRecord] = []
        for stream in planned.streams {
            let pieces = (results[stream.id] ?? []).flatMap(\.text)
            guard !pieces.isEmpty else { continue }
            let owner = stream.participants.first.flatMap { id in planned.participants.first { $0.id == id }?.fileStem }
            let path = FileName.unique("text/", owner ?? stream.label.map { "label-\($0)" } ?? stream.id, ".txt", taken: out.map(\.path))
            let file = try writer.write(path: path, octets: TextTranscript.render(pieces, start: planned.start))
            out.append(FileRecord(file, role: .text, mediaType: "text/plain", participants: stream.participants, streams: [stream.id]))
        }
        return out
    }

    /// `audio/<stream>.rtpdump` for each flow with packets that cannot be decoded.
    private func writeRaw(to writer: any RecordingWriter) throws(OutputFault) -> [FileRecord] {
        var out: [FileRecord] = []
        for stream in planned.streams {
            for result in results[stream.id] ?? [] {
                guard let octets = result.raw else { continue }
                let owner = stream.participants.first.flatMap { id in planned.participants.first { $0.id == id }?.fileStem }
                let path = FileName.unique("audio/", owner ?? stream.label.map { "label-\($0)" } ?? stream.id, ".rtpdump", taken: out.map(\.path))
                let file = try writer.write(path: path, octets: octets)
                out.append(
                    FileRecord(file, role: .stream, mediaType: "application/octet-stream", participants: stream.participants, streams: [stream.id]))
            }
        }
        return out
    }

    private var provenance: ProvenanceRecord {
        var used: Set<UInt32> = []
        for stream in planned.streams {
            for flow in stream.flows {
                let row = survey.flows.rows[flow.flow]
                used.formUnion([row.firstOrigin.capture, row.lastCapture])
            }
        }
        for result in results.values.flatMap(\.self) { used.formUnion(result.supplies.map(\.capture)) }
        for dialog in planned.dialogs { used.formUnion(survey.dialogs[dialog].messages.map { $0.origins.origin(at: 0).capture }) }
        let opened = Set(results.values.flatMap(\.self).compactMap(\.security?.keyID))
        let keys = KeyRecord.all(planned, openedBy: opened, survey: survey)
        return ProvenanceRecord(
            tool: ToolRecord(version: closer.options.toolVersion), options: closer.recordedOptions,
            captures: closer.captureRecords.enumerated().filter { used.contains(UInt32($0.offset)) }.map(\.element), keys: keys)
    }
}
