import ArgumentParser
import Evidence
import Reconstruction
import RecordingFiles

/// `siprecap keys`: what concerns key files.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Checks files of keys.", subcommands: [KeysCheck.self])
}

/// `siprecap keys check FILE... [INPUT...]`.
struct KeysCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "What a key file holds, its mistakes, and which stream each key opens. Shows no key.",
        discussion: """
            Files whose content is a capture are inputs; all others are key files (YAML, JSON, or lines of a=crypto or inline).

            EXAMPLES
              siprecap keys check keys.yaml                 format and length of every key
              siprecap keys check keys.yaml call.pcapng     which key opens which stream, and what is still closed

            KEY FILE
              keys:
                - suite: AES_CM_128_HMAC_SHA1_80
                  key: "base64 of master key and salt"      or "hex:00ff..."
                  mki: "0001"                               optional, as are roc, callID, label, ssrc, source, destination
            """)

    @Argument(help: ArgumentHelp("Key files, then captures.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    @Option(help: ArgumentHelp("auto shows progress on a terminal only.", valueName: "auto|always|never|json"))
    var progress: ProgressMode = .auto

    func run() async throws {
        Interruption.install()
        let captures = files.filter(CaptureInputs.isCapture)
        var options = ReconstructionOptions()
        options.toolVersion = Siprecap.version
        options.keys = KeyFile.read(paths: files.filter { !captures.contains($0) })
        var plan: ReconstructionPlan?
        var survey: Survey?
        if !captures.isEmpty {
            let line = ProgressLine(progress)
            let inputs = CaptureInputs.resolve(arguments: captures, isHashed: false)
            let merge = FrameMerge(inputs.files, faults: inputs.faults, limits: options.limits)
            let seen = Surveyor.run(merge, options: options, hashKey: .random(in: .min ... .max), observer: line)
            plan = Planner.plan(seen, options: options)
            survey = seen
            line.finish()
            if seen.wasInterrupted { throw ExitStatus.interrupted }
        }
        let report = KeysReport(options.keys, survey: survey, plan: plan)
        if json {
            Console.result(String(decoding: try SidecarJSON.encode(report).dropLast(), as: UTF8.self))
        } else {
            KeysTable.lines(report).forEach(Console.result)
        }
        if KeyFile.unreadable(options.keys) != nil { throw ExitStatus.failed }
        if !report.problems.isEmpty || !report.keysNeeded.isEmpty { throw ExitStatus.incomplete }
    }
}
