package import CaptureSurvey
package import Evidence
import MediaPlayout
import PacketInput
package import RecordingPlan
package import RecordingRecords
package import RecordingRender
import StreamMatching

/// What a run of `reconstruct` came to: for run.json, the exit status and the last lines.
package struct RunSummary: Sendable {
    /// Without its dialogs.
    package let survey: Survey
    /// Without its recordings.
    package let plan: ReconstructionPlan
    /// How many recordings were planned.
    package let planned: Int
    package let rendered: [RenderedRecording]
    package let options: ReconstructionOptions
    package let captures: [CaptureRecord]
    package let isInterrupted: Bool
    package let started: CaptureTime
    package let findings: FindingLog

    package init(
        survey: Survey, plan: ReconstructionPlan, planned: Int, rendered: [RenderedRecording], options: ReconstructionOptions, captures: [CaptureRecord],
        isInterrupted: Bool, started: CaptureTime
    ) {
        self.survey = survey
        self.plan = plan
        self.planned = planned
        self.rendered = rendered
        self.options = options
        self.captures = captures
        self.isInterrupted = isInterrupted
        self.started = started
        var log = survey.findings
        log.merge(plan.findings)
        for result in rendered { log.merge(result.findings) }
        if isInterrupted {
            log.report(.out003, "interrupted: \(rendered.count) of \(planned) recordings written", at: nil)
        }
        findings = log
    }

    /// Contract: 0 whole, 1 something is missing or doubtful or nothing matched, 2 could not do it, 130 interrupted.
    package var exitStatus: Int32 {
        if isInterrupted { return 130 }
        if rendered.contains(where: { $0.fault != nil }) { return 2 }
        if planned == 0 || !survey.rejected.isEmpty { return 1 }
        if rendered.contains(where: { $0.summary?.entry.complete != true || $0.isDoubtful }) { return 1 }
        if RunRecord.missed(of: unrecordedParts) > RunRecord.Unrecorded.handful { return 1 }
        return findings.tellsOfLoss ? 1 : 0
    }

    private var unrecordedParts: [RunRecord.Unrecorded] {
        unrecorded.map { RunRecord.Unrecorded(reason: $0.reason.rawValue, fate: $0.reason.fate.word, flows: $0.flows, packets: $0.packets) }
    }

    /// Packets that no recording has. Of flows that are divided among recordings that is what none of these took.
    private var unrecorded: [UnplannedFlows] {
        var parts = plan.unplanned
        let divided = plan.dividedFlows.reduce(0) { $0 + survey.flows.rows[$1].packets }
        let rest = divided - rendered.reduce(0) { $0 + ($1.summary?.dividedFrames ?? 0) }
        if rest > 0, !isInterrupted {
            if let index = parts.firstIndex(where: { $0.reason == .betweenSessions }) {
                parts[index].packets += rest
            } else {
                var between = UnplannedFlows(.betweenSessions)
                between.packets = rest
                parts.append(between)
            }
        }
        return parts
    }

    package func record(finished: CaptureTime, exitStatus: Int32) -> RunRecord {
        var run = RunRecord(tool: ToolRecord(version: options.toolVersion), options: options.recorded, exitStatus: Int(exitStatus))
        let names = survey.captures.map(\.name)
        run.captures = captures
        run.rejected = survey.rejected.map { RunRecord.Rejected(name: $0.name, reason: $0.reason) }
        let sorted = findings.sorted
        run.findings = sorted.map { FindingRecord($0, captureNames: names) }
        var copies = 0
        var fates = FateRecord()
        for result in rendered {
            guard let summary = result.summary else { continue }
            let entry = summary.entry
            run.recordings.append(entry)
            run.totals.completeRecordings += entry.complete ? 1 : 0
            run.totals.participants += entry.participants
            run.totals.streams += entry.streams
            run.totals.audioFiles += entry.audioFiles
            run.totals.audio = Seconds(run.totals.audio.value + entry.duration.value)
            run.totals.gaps = Seconds(run.totals.gaps.value + summary.gaps)
            copies += entry.copies ?? 0
            fates += entry.fates ?? FateRecord()
        }
        run.totals.rtpPackets = survey.flows.rows.reduce(survey.flows.refused) { $0 + $1.packets }
        for part in unrecorded { fates[part.reason.fate] += part.packets }
        run.totals.copies = copies
        run.totals.fates = fates
        run.unrecorded = unrecordedParts
        run.totals.captures = captures.count
        run.totals.bytesRead = captures.reduce(0) { $0 + ($1.bytes ?? 0) }
        run.totals.packets = survey.decoded.frames
        run.totals.flows = survey.flowCount
        run.totals.ignoredFlows = plan.ignoredFlows
        run.totals.dialogs = survey.dialogs.total
        run.totals.recordings = run.recordings.count
        run.totals.errors = sorted.count { $0.severity == .error }
        run.totals.warnings = sorted.count { $0.severity == .warning }
        run.totals.infos = sorted.count { $0.severity == .info }
        run.interrupted = isInterrupted
        run.started = started.rfc3339
        run.finished = finished.rfc3339
        return run
    }
}
