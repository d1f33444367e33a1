import ArgumentParser
import Glibc
import Siprecap

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
    var srtpEngine: Options.Keys.Engine = .libcrypto

    @Flag(help: "Look for telephone keys in the sound, too; those that events or signalling tell are always listed.")
    var dtmfInband = false

    @Option(
        help: ArgumentHelp(
            "A sender's clock that runs 10 ms or more away over its stream. resample: all its sound is resampled; silence: samples stay "
                + "and milliseconds are taken out of or put into pauses; none: it stays.", valueName: "resample|silence|none"))
    var drift: Options.Audio.DriftCorrection = .resample

    @Option(
        help: ArgumentHelp(
            "Where sound was lost. none: digital silence; plc: the decoder makes up to 120 ms a gap (Opus, G.729; silence under other "
                + "codecs). Gaps are listed either way, with the time made up.", valueName: "none|plc"))
    var conceal: Options.Audio.Concealment = .none

    @Flag(help: "Keep what streams carry while they are on hold or their recording is paused; it may hold card data.")
    var includePaused = false

    @Option(
        help: ArgumentHelp(
            "Leave out of everything written; a list with commas. dtmf: digits in events and signalling, and their tones.", valueName: "dtmf"))
    var redact: String?

    @Option(
        help: ArgumentHelp(
            "wav: PCM 16 bit; flac: the same samples, compressed without loss; opus: Ogg Opus, for listening.", valueName: "wav|flac|opus"))
    var format: Options.Audio.Format = .wav

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
    var vcon: Options.Files.VCon = .none

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
        let options = try options()
        let hashing: CaptureOptions.Hashing = options.rendersSideBySide ? .aside : .whileReading
        // The folder is refused before any work is done.
        let target = dryRun ? nil : try prepared()
        let progress = ProgressLine(capture.progress)
        let plan: Plan
        do { plan = try capture.plan(options, progress, hashing: hashing) } catch {
            target?.discard()
            throw error
        }
        guard !plan.hasNoCapture else {
            progress.finish()
            Console.findings(plan.surveyFindingLines)
            Console.diagnostic("siprecap: none of the inputs could be read as a capture")
            target?.discard()
            throw ExitStatus.failed
        }
        guard let target else {
            progress.finish()
            tell(plan)
            Console.findings(plan.findingLines)
            if plan.isEmpty { throw ExitStatus.incomplete }
            return
        }
        let run = await (consume plan).rendered(into: target, observer: progress)
        progress.finish()
        try conclude(run)
    }

    private func options() throws -> Options {
        var options = try capture.options()
        options.jobs = jobs
        options.keys.engine = srtpEngine
        options.audio.findsInbandDTMF = dtmfInband
        options.audio.drift = drift
        options.audio.concealment = conceal
        options.audio.includesPaused = includePaused
        options.audio.format = format
        outputs.apply(to: &options)
        options.files.includesSecrets = includeSecrets
        options.files.redactions = try redactions()
        options.files.eventTracks = try exports()
        options.files.vCon = vcon
        options.files.createdAt = createdAt?.time
        options.files.writesReport = !noReport
        return options
    }

    private func redactions() throws -> Set<Options.Files.Redaction> {
        var out: Set<Options.Files.Redaction> = []
        for word in (redact ?? "").split(separator: ",") {
            guard let redaction = Options.Files.Redaction(rawValue: String(word)) else { throw ValidationError("--redact does not know \(word).") }
            out.insert(redaction)
        }
        return out
    }

    private func exports() throws -> Set<Options.Files.EventTrack> {
        var out: Set<Options.Files.EventTrack> = []
        for word in (events ?? "").split(separator: ",") {
            guard let export = Options.Files.EventTrack(rawValue: String(word)) else { throw ValidationError("--events does not know \(word).") }
            out.insert(export)
        }
        return out
    }

    private func prepared() throws -> RenderTarget {
        do throws(SiprecapError) { return try RenderTarget(folder: output, bag: outputs.bag, createdAt: createdAt?.time) } catch { throw error.asFailure }
    }

    private func tell(_ plan: Plan) {
        let recordings = plan.audioPaths
        for recording in recordings {
            Console.result("\(output)/\(recording.folder)  \(recording.kind)")
            for path in recording.paths { Console.result("  \(path)") }
        }
        Console.result("\(recordings.count) recordings would be written")
    }

    private func conclude(_ run: FinishedRun) throws {
        if let missing = MissingLibrary.first {
            // The account, where it can be made, lets the next run take the folder.
            try? run.conclude(exitStatus: ExitStatus.failed.rawValue)
            throw missing
        }
        Console.findings(run.findingLines)
        let written = run.written
        for recording in written {
            let people = recording.people.joined(separator: ", ").forTerminal
            let state = recording.isComplete ? "complete" : "INCOMPLETE"
            Console.lines(["\(output)/\(recording.folder)  \(recording.kind)  \(recording.duration)  \(state)  \(people)"])
            for path in recording.audio { Console.result("  \(path)") }
        }
        do throws(SiprecapError) { try run.conclude() } catch { throw error.asFailure }
        Console.result("\(run.count) recordings, \(written.count { $0.isComplete }) complete; siprecap explain CODE tells about a finding")
        if run.planned == 0 { Console.diagnostic("siprecap: nothing matched: no recording, call or media in these packets") }
        if run.exitStatus != 0 { throw ExitCode(run.exitStatus) }
    }
}
