import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingFiles
import RecordingPlan
import RecordingRecords
import RecordingRender
import RecordingReport
import Synchronization

/// Where a run writes, ready before anything is read: a folder that cannot be used is refused at once.
package struct RenderTarget: Sendable {
    let output: any RecordingOutput
    let folder: OutputFolder?

    /// `bag`, `createdAt`: as in ``Options/Files``.
    package init(folder path: String, bag: Bool, createdAt: Timestamp?) throws(SiprecapError) {
        do throws(OutputFault) {
            let folder = try OutputFolder.prepare(path: path, bag: bag ? Bag(date: createdAt?.rfc3339.prefix(10).description) : nil)
            self.init(output: folder, folder: folder)
        } catch { throw SiprecapError(error) }
    }

    init(_ destination: RenderDestination, _ plan: Plan) throws(SiprecapError) {
        switch destination {
        case .folder(let path):
            try self.init(folder: path, bag: plan.options.layout.isBag, createdAt: plan.options.vCon.createdAt.map { Timestamp($0) })
        case .sink(let sink):
            self.init(output: SinkOutput(sink, plan), folder: nil)
        }
    }

    private init(output: any RecordingOutput, folder: OutputFolder?) {
        self.output = output
        self.folder = folder
    }

    /// Removes the folder if it was made and nothing came into it.
    package func discard() { folder?.discard() }
}

/// A plan on its way to the task that renders it, which lets go of it bit by bit.
final class PlanHandover: Sendable {
    private let waiting: Mutex<Plan?>

    init(_ plan: consuming Plan) { waiting = Mutex(plan) }

    func take() -> Plan? {
        waiting.withLock { plan in
            defer { plan = nil }
            return plan
        }
    }
}

/// What a rendering came to, before its account is written.
package struct FinishedRun: Sendable {
    /// A recording that was written.
    package struct Written: Sendable {
        /// Below the output folder.
        package let folder: String
        package let kind: String
        /// As people read it.
        package let duration: String
        package let isComplete: Bool
        package let people: [String]
        /// Audio files in the recording's folder.
        package let audio: [String]
    }

    let summary: RunSummary
    let folder: OutputFolder?

    /// Contract: 0 whole, 1 something is missing or doubtful or nothing matched, 2 could not do it, 130 interrupted.
    package var exitStatus: Int32 { summary.exitStatus }
    package var isInterrupted: Bool { summary.isInterrupted }
    /// Recordings that were planned.
    package var planned: Int { summary.planned }
    /// Recordings that were rendered, also those that could not be written.
    package var count: Int { summary.rendered.count }
    package var findingLines: [FindingLine] { FindingLine.list(summary.findings, captureNames: summary.survey.captures.map(\.name)) }

    package var written: [Written] {
        summary.rendered.compactMap(\.summary).map { summary in
            Written(
                folder: summary.entry.folder, kind: summary.entry.kind, duration: InspectTable.seconds(summary.entry.duration.value),
                isComplete: summary.entry.complete, people: summary.people, audio: summary.audio)
        }
    }

    /// Why a recording could not be written.
    package var faults: [SiprecapError] { summary.rendered.compactMap(\.fault).map { SiprecapError($0) } }

    /// Writes the account of the run: page, manifest, `run.json`.
    package func conclude(exitStatus: Int32? = nil) throws(SiprecapError) {
        guard let folder else { return }
        let run = summary.record(finished: Clock.now(), exitStatus: exitStatus ?? self.exitStatus)
        do throws(OutputFault) {
            if summary.options.writesReport {
                _ = try folder.write(path: OutputFolder.reportName, octets: RunPage.render(run, recordings: summary.rendered.compactMap(\.summary)))
            }
            _ = try folder.finish(run)
        } catch { throw SiprecapError(error) }
    }
}

extension Plan {
    /// Makes SHA-256 of the inputs on another thread, where nobody has done so before.
    func startHashing(_ observer: any RunObserver) { HashingThread.start(merge.inputs.map(\.input)) { !observer.isInterrupted } }

    /// Renders on the caller's task and its children. Nothing is read where the survey was interrupted.
    package consuming func rendered(into target: RenderTarget, observer: any RunObserver) async -> FinishedRun {
        let summaries = survey.captures
        let (merge, options, started) = (merge, options, started)
        // The end tells of the plan as a whole; what belongs to one recording goes with it.
        let (rest, planned) = (core.withoutRecordings, core.recordings.count)
        let closer = RecordingCloser(plan: rest, options: options, keepsRecords: keepsRecords, page: RecordingPage.render, sha1: SHA1.digest) {
            Self.records(summaries, merge, areHashesAwaited: true)
        }
        let whole = surrender()
        let rendered =
            rest.survey.wasInterrupted
            ? []
            : await Renderer.run(
                merge, plan: consume whole, options: options, output: target.output, closer: closer,
                observer: ObserverBridge(observer))
        let isInterrupted = observer.isInterrupted
        return FinishedRun(
            summary: RunSummary(
                survey: rest.survey, plan: rest, planned: planned, rendered: rendered, options: options,
                captures: Self.records(summaries, merge, areHashesAwaited: !isInterrupted), isInterrupted: isInterrupted, started: started),
            folder: target.folder)
    }

    /// Each recording that is finished says what its captures were, so it waits for their hashes. Who interrupts does not wait for the run's account
    /// until everything is read once more.
    private static func records(_ summaries: [CaptureSummary], _ merge: FrameMerge, areHashesAwaited: Bool) -> [CaptureRecord] {
        zip(summaries, merge.inputs).map { summary, input in
            let sha256 = areHashesAwaited ? try? input.input.sha256() : input.input.knownSHA256
            var record = CaptureRecord(
                name: summary.name, sha256: sha256, bytes: summary.octets, packets: summary.packets, first: summary.first?.rfc3339,
                last: summary.last?.rfc3339, linkTypes: summary.linkTypes, snapLength: summary.snapLength, dropped: summary.dropped)
            record.clock = CaptureRecord.Clock(summary, names: summaries.map(\.name))
            return record
        }
    }
}
