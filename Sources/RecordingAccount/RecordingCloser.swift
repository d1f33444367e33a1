import CaptureSurvey
package import Evidence
package import RecordingPlan
package import RecordingRecords
package import RecordingRender
import SIPDialogs
import StreamMatching
import Synchronization

/// Writes what is told of a finished recording. One for all workers of a render.
package final class RecordingCloser: RecordingClosing {
    let options: ReconstructionOptions
    private let keepsRecords: Bool
    /// As a sidecar has them.
    let recordedOptions: [String: OptionValue]
    /// Makes a recording's `report.html`.
    private let page: RecordingPageMaker?
    /// Makes the identifier of a vCon; without it there is none.
    let sha1: Digest?
    private let captures: @Sendable () -> [CaptureRecord]
    private let knownCaptures = Mutex<[CaptureRecord]?>(nil)
    /// Findings of survey and plan by Call-ID.
    private let byCallID: [String: [Finding]]
    private let byFlow: [FlowIdentity: [Finding]]

    /// `findings`: those of survey and plan. `captures` is asked once, when the first recording ends.
    /// `keepsRecords`: summaries hold the sidecars. `page`: what makes the pages; without it there are none.
    package init(
        findings log: FindingLog, options: ReconstructionOptions, keepsRecords: Bool = false, page: RecordingPageMaker? = nil, sha1: Digest? = nil,
        captures: @escaping @Sendable () -> [CaptureRecord]
    ) {
        self.options = options
        self.keepsRecords = keepsRecords
        self.page = page
        self.sha1 = sha1
        recordedOptions = options.recorded
        self.captures = captures
        var byCallID: [String: [Finding]] = [:]
        var byFlow: [FlowIdentity: [Finding]] = [:]
        for finding in log.sorted {
            if let callID = finding.subject.callID {
                byCallID[callID, default: []].append(finding)
            } else if let flow = finding.subject.flow {
                byFlow[flow, default: []].append(finding)
            }
        }
        self.byCallID = byCallID
        self.byFlow = byFlow
    }

    package convenience init(
        plan: ReconstructionPlan, options: ReconstructionOptions, keepsRecords: Bool = false, page: RecordingPageMaker? = nil, sha1: Digest? = nil,
        captures: @escaping @Sendable () -> [CaptureRecord]
    ) {
        var log = plan.survey.findings
        log.merge(plan.findings)
        self.init(findings: log, options: options, keepsRecords: keepsRecords, page: page, sha1: sha1, captures: captures)
    }

    package func close(_ finished: consuming FinishedRecording, into writer: any RecordingWriter) throws(OutputFault) -> ClosedRecording {
        let folder = finished.planned.folder
        let waveforms = finished.waveforms
        var reporter = RecordingReporter(finished, closer: self)
        let record = try reporter.write(to: writer)
        if options.writesReport, let page {
            _ = try writer.write(path: ReportMaterial.fileName, octets: page(reporter.material(record, waveforms: waveforms)))
        }
        var summary = RecordingSummary(record, folder: folder)
        summary.dividedFrames = reporter.dividedFrames
        if keepsRecords { summary.record = record }
        return ClosedRecording(summary: summary, findings: reporter.findings)
    }

    /// What the inputs were. Their hashes may not be known yet: whoever asks first waits for them.
    var captureRecords: [CaptureRecord] {
        knownCaptures.withLock { known in
            let records = known ?? captures()
            known = records
            return records
        }
    }

    /// What survey and plan found about a recording's dialogs and unsignalled flows.
    func sharedFindings(of recording: PlannedRecording, _ survey: Survey) -> FindingLog {
        var log = FindingLog()
        for dialog in recording.dialogs { for finding in byCallID[survey.dialogs[dialog].callID] ?? [] { log.insert(finding) } }
        // Of the calls that it delivers only what they tell their parties, not what the capture has of their media.
        for related in recording.related {
            for finding in byCallID[survey.dialogs[related.dialog].callID] ?? [] where !finding.rule.concernsContent || finding.severity == .info {
                log.insert(finding)
            }
        }
        for stream in recording.streams where stream.dialog == nil {
            for flow in stream.flows { for finding in byFlow[survey.flows.rows[flow.flow].identity] ?? [] { log.insert(finding) } }
        }
        return log
    }
}
