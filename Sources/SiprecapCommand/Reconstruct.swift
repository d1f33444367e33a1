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
              siprecap reconstruct day.pcap -o out/ --dry-run    print what would be written

            OUTPUT
              DIR/recordings/<start>_<id>/audio/*.wav, recording.json (who, when, gaps and
              their causes, findings), metadata/, signalling.txt, events.vtt, report.html;
              run.json, report.html and manifest-sha256.txt for the whole run.
              All audio files of a recording share one start time and length. Missing audio
              is silent and listed as a gap.
            """)

    @OptionGroup var capture: CaptureOptions

    @Option(
        name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("Output folder: new, empty or from an earlier run.", valueName: "dir"))
    var output: String

    @Option(
        name: [.customShort("j"), .long],
        help: ArgumentHelp(
            "Recordings rendered in parallel; does not change the output. (default: number of processors, at most 4)", valueName: "n"))
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            "libcrypto: decrypt with libcrypto and check the first packets of each stream with libsrtp2; libsrtp2: decrypt with libsrtp2 only.",
            valueName: "libcrypto|libsrtp2"))
    var srtpEngine: Options.Keys.Engine = .libcrypto

    @Flag(help: "Also detect DTMF tones in the audio; DTMF in events or signalling is always listed.")
    var dtmfInband = false

    @Option(
        help: ArgumentHelp(
            "How to correct sender clock drift of 10 ms or more. resample: resample all audio; silence: keep samples and "
                + "add or remove milliseconds in pauses; none: do not correct.", valueName: "resample|silence|none"))
    var drift: Options.Audio.DriftCorrection = .resample

    @Option(
        help: ArgumentHelp(
            "How to fill lost audio. none: digital silence; plc: let the decoder conceal up to 120 ms per gap (Opus and G.729; silence for "
                + "other codecs). Gaps are always listed, with the concealed time.", valueName: "none|plc"))
    var conceal: Options.Audio.Concealment = .none

    @Flag(help: "Keep media sent during holds and recording pauses; it may contain card data.")
    var includePaused = false

    @Option(
        help: ArgumentHelp(
            "What to remove from all output, separated by commas. dtmf: digits in events and signalling, and their tones.", valueName: "dtmf"))
    var redact: String?

    @Option(
        help: ArgumentHelp(
            "wav: 16-bit PCM; flac: the same samples, lossless compression; opus: Ogg Opus, for listening.", valueName: "wav|flac|opus"))
    var format: Options.Audio.Format = .wav

    @OptionGroup(title: "Audio files and folders") var outputs: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Event tracks in addition to events.vtt and events.txt, separated by commas. rttm: who is heard when; textgrid: for Praat.",
            valueName: "rttm,textgrid"))
    var events: String?

    @Option(
        help: ArgumentHelp(
            "Write vcon.json per recording (draft-ietf-vcon-vcon-core). file: refer to the audio files by name and hash; inline: include them.",
            valueName: "none|file|inline"))
    var vcon: Options.Files.VCon = .none

    @Option(
        help: ArgumentHelp("created_at in vcon.json (instead of the end of the recording) and Bagging-Date of a bag: RFC 3339 or @epoch.", valueName: "time"))
    var createdAt: Moment?

    @Flag(help: "Do not redact keys and credentials in signalling.txt.")
    var includeSecrets = false

    @Flag(help: "Do not write report.html for the run and each recording.")
    var noReport = false

    @Flag(help: "Print what would be written and stop.")
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
            guard let redaction = Options.Files.Redaction(rawValue: String(word)) else { throw ValidationError("--redact: unknown value \(word).") }
            out.insert(redaction)
        }
        return out
    }

    private func exports() throws -> Set<Options.Files.EventTrack> {
        var out: Set<Options.Files.EventTrack> = []
        for word in (events ?? "").split(separator: ",") {
            guard let export = Options.Files.EventTrack(rawValue: String(word)) else { throw ValidationError("--events: unknown value \(word).") }
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
        Console.result("\(recordings.count.counted("recording")) would be written")
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
        Console.result("\(run.count.counted("recording")), \(written.count { $0.isComplete }) complete; siprecap explain CODE describes a finding")
        if run.planned == 0 { Console.diagnostic("siprecap: nothing matched: no recording, call or media in these packets") }
        if run.exitStatus != 0 { throw ExitCode(run.exitStatus) }
    }
}
