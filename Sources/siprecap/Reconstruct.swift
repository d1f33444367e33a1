import ArgumentParser
import CaptureSurvey
import Evidence
import Glibc
import PacketInput
import Reconstruction
import RecordingFiles
import RecordingReport

/// `siprecap reconstruct`: the main job.
struct Reconstruct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconstruct",
        abstract: "Captures in, recordings out: one audio file per participant, with sidecars.",
        discussion: """
            EXAMPLES
              siprecap reconstruct evidence.pcapng -o case42/
              siprecap reconstruct probe1/ probe2/ -o out/ --since 2026-11-20T18:00:00Z
              siprecap reconstruct day.pcap -o out/ --aor sip:alice@example.com
              siprecap reconstruct day.pcap -o out/ --dry-run     what would be written, without writing

            Below DIR: recordings/<start>_<id>/audio/*.wav, recording.json (who, when, gaps and their causes, findings),
            metadata/, signalling.txt, events.vtt, report.html; run.json, report.html and manifest-sha256.txt for the whole run.
            A second in one file of a recording is the same second in every other. What is missing is silence and is listed.
            """)

    @OptionGroup var capture: CaptureOptions

    @Option(
        name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("Folder to write. Must be absent, empty or an earlier output.", valueName: "dir"))
    var output: String

    @Option(
        name: [.customShort("j"), .long],
        help: ArgumentHelp(
            "Recordings rendered at once. The output is the same for any number. (default: as many as there are processors, up to 4)", valueName: "n"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp("libcrypto opens every packet and libsrtp2 checks the first of each stream; libsrtp2 opens all.", valueName: "libcrypto|libsrtp2"))
    var srtpEngine: EngineChoice = .libcrypto

    @Flag(help: "Look for telephone keys in the sound, too; those that events or signalling tell are always listed.")
    var dtmfInband = false

    @Option(
        help: ArgumentHelp(
            "A sender's clock that runs 10 ms or more away over its stream. resample: all its sound is resampled; silence: samples stay "
                + "and milliseconds are taken out of or put into pauses; none: it stays.", valueName: "resample|silence|none"))
    var drift: DriftCorrection = .resample

    @Option(
        help: ArgumentHelp(
            "Where sound was lost. none: digital silence; plc: the decoder makes up to 120 ms a gap (Opus, G.729; silence under other "
                + "codecs). Gaps are listed either way, with the time made up.", valueName: "none|plc"))
    var conceal: Concealment = .none

    @Flag(help: "Keep what streams carry while they are on hold or their recording is paused; it may hold card data.")
    var includePaused = false

    @Option(
        help: ArgumentHelp(
            "Leave out of everything written; a list with commas. dtmf: digits in events and signalling, and their tones.", valueName: "dtmf"))
    var redact: String?

    @Option(
        help: ArgumentHelp(
            "wav: PCM 16 bit; flac: the same samples, compressed without loss; opus: Ogg Opus, for listening.", valueName: "wav|flac|opus"))
    var format: AudioFormat = .wav

    @OptionGroup(title: "Audio files and folders") var outputs: OutputOptions

    @Option(
        help: ArgumentHelp(
            "More event tracks beside events.vtt and events.txt; a list with commas. rttm: who is heard when; textgrid: for Praat.",
            valueName: "rttm,textgrid"))
    var events: String?

    @Option(
        help: ArgumentHelp(
            "vcon.json for each recording (draft-ietf-vcon-vcon-core). file: it names the files beside it, with their hashes; inline: it holds them.",
            valueName: "none|file|inline"))
    var vcon: VConContent = .none

    @Option(
        help: ArgumentHelp("created_at in vcon.json, in place of the end of the recording, and Bagging-Date of a bag: RFC 3339 or @epoch.", valueName: "time"))
    var createdAt: Moment?

    @Flag(help: "Leave keys and credentials in signalling.txt as they were sent.")
    var includeSecrets = false

    @Flag(help: "Leave out report.html, which is there for the run and for each recording to look at in a browser.")
    var noReport = false

    @Flag(help: "Say what would be written and stop.")
    var dryRun = false

    func validate() throws {
        guard (1...256).contains(jobs ?? 1) else { throw ValidationError("--jobs takes a number from 1 to 256.") }
        _ = try redactions()
        _ = try exports()
    }

    func run() async throws {
        Interruption.install()
        var options = try capture.reconstructionOptions()
        options.jobs = jobs ?? Processors.jobs
        options.includesSecrets = includeSecrets
        options.usesLibSRTPOnly = srtpEngine == .libsrtp2
        options.findsInbandDTMF = dtmfInband
        options.redactions = try redactions()
        options.drift = drift
        options.concealment = conceal
        options.includesPaused = includePaused
        options.format = format
        try outputs.apply(to: &options)
        options.exports = try exports()
        options.vCon = VConRequest(content: vcon, createdAt: createdAt?.time)
        options.writesReport = !noReport
        let started = Clock.now()
        let hashesAside = options.jobs > 1
        let inputs = CaptureInputs.resolve(arguments: capture.inputs, isHashed: !hashesAside)
        // The folder is refused before any work is done.
        let folder = dryRun ? nil : try prepared()
        let progress = ProgressLine(capture.progress)
        let merge = try CaptureOptions.merge(inputs, options, progress)
        // SHA-256 takes longer than all else that the first pass does: with a second processor it goes on beside it.
        if hashesAside { HashingThread.start(merge.inputs.map(\.input)) }
        var survey = Surveyor.run(merge, options: options.reading, hashKey: .random(in: .min ... .max), observer: progress)
        let plan = Planner.plan(survey, options: options)
        survey.forgetSamples()
        guard !survey.captures.isEmpty else {
            progress.finish()
            Console.findings(survey.findings, captureNames: [])
            Console.diagnostic("siprecap: none of the inputs could be read as a capture")
            folder?.discard()
            throw ExitStatus.failed
        }
        guard let folder else {
            progress.finish()
            tell(plan, options)
            Console.findings(survey: survey, plan: plan)
            if plan.recordings.isEmpty { throw ExitStatus.incomplete }
            return
        }
        let summaries = survey.captures
        // The end tells of both as a whole; what belongs to one recording goes with it.
        let (rest, restOfPlan, planned) = (survey.withoutDialogs, plan.withoutRecordings, plan.recordings.count)
        let closer = RecordingCloser(survey: rest, plan: restOfPlan, options: options) { Self.records(summaries, merge, areHashesAwaited: true) }
        let rendered =
            rest.wasInterrupted
            ? []
            : await Renderer.run(
                merge, survey: consume survey, plan: consume plan, options: options, output: folder, closer: closer, observer: progress)
        progress.finish()
        try conclude(
            RunSummary(
                survey: rest, plan: restOfPlan, planned: planned, rendered: rendered, options: options,
                captures: Self.records(summaries, merge, areHashesAwaited: !Interruption.isRequested),
                isInterrupted: Interruption.isRequested, started: started),
            folder)
    }

    private func redactions() throws -> Set<Redaction> {
        var out: Set<Redaction> = []
        for word in (redact ?? "").split(separator: ",") {
            guard let redaction = Redaction(rawValue: String(word)) else { throw ValidationError("--redact does not know \(word).") }
            out.insert(redaction)
        }
        return out
    }

    private func exports() throws -> Set<RecordingExport> {
        var out: Set<RecordingExport> = []
        for word in (events ?? "").split(separator: ",") {
            guard let export = RecordingExport(rawValue: String(word)) else { throw ValidationError("--events does not know \(word).") }
            out.insert(export)
        }
        return out
    }

    private func prepared() throws -> OutputFolder {
        do { return try OutputFolder.prepare(path: output, bag: outputs.bag ? Bag(date: createdAt?.time.rfc3339.prefix(10).description) : nil) } catch {
            Console.diagnostic("siprecap: \(error)".printable)
            throw ExitStatus.failed
        }
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

    private func tell(_ plan: ReconstructionPlan, _ options: ReconstructionOptions) {
        for recording in plan.recordings {
            Console.result("\(output)/\(recording.folder)  \(recording.kind.rawValue)")
            for track in recording.tracks { Console.result("  \(track.path)") }
            if let mix = recording.mixPath(options) { Console.result("  \(mix)") }
        }
        Console.result("\(plan.recordings.count) recordings would be written")
    }

    private func conclude(_ summary: RunSummary, _ folder: OutputFolder) throws {
        Console.findings(summary.findings, captureNames: summary.survey.captures.map(\.name))
        for result in summary.rendered {
            guard let recording = result.summary else { continue }
            let entry = recording.entry
            let people = recording.people.joined(separator: ", ").printable
            let state = entry.complete ? "complete" : "INCOMPLETE"
            Console.lines(["\(output)/\(entry.folder)  \(entry.kind)  \(InspectTable.seconds(entry.duration.value))  \(state)  \(people)"])
            for path in recording.audio { Console.result("  \(path)") }
        }
        let status = summary.exitStatus
        let run = summary.record(finished: Clock.now(), exitStatus: status)
        do {
            if !noReport {
                _ = try folder.write(path: OutputFolder.reportName, octets: RunPage.render(run, recordings: summary.rendered.compactMap(\.summary)))
            }
            _ = try folder.finish(run)
        } catch {
            Console.diagnostic("siprecap: \(error)".printable)
            throw ExitStatus.failed
        }
        let complete = summary.rendered.filter { $0.summary?.entry.complete == true }.count
        Console.result("\(summary.rendered.count) recordings, \(complete) complete; siprecap explain CODE tells about a finding")
        if summary.planned == 0 { Console.diagnostic("siprecap: nothing matched: no recording, call or media in these packets") }
        if status != 0 { throw ExitCode(status) }
    }
}

extension Concealment: ExpressibleByArgument {}
extension DriftCorrection: ExpressibleByArgument {}
extension AudioFormat: ExpressibleByArgument {}
extension VConContent: ExpressibleByArgument {}

enum EngineChoice: String, ExpressibleByArgument, CaseIterable { case libcrypto, libsrtp2 }

/// How many things are done at once where nobody says.
enum Processors {
    /// Every job reads the inputs for itself, so many help little.
    private static let most = 4

    static var jobs: Int { max(1, min(most, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }
}

/// The wall clock; only run.json holds it.
enum Clock {
    static func now() -> CaptureTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return CaptureTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
