import ArgumentParser
import CaptureSurvey
import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

/// `siprecap inspect`: the first look.
struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows what is in the captures. Writes no file.",
        discussion: """
            EXAMPLES
              siprecap inspect day1.pcapng            recordings, participants, streams, keys needed
              siprecap inspect --json captures/ | jq  the same for scripts (schema siprecap.inspect/1)
            """)

    @OptionGroup var capture: CaptureOptions

    @Flag(help: "Print JSON instead of tables.")
    var json = false

    /// The command line behind the command's name.
    private static var typed: [String] {
        let all = CommandLine.arguments
        return Array(all[(all.firstIndex(of: "inspect").map { $0 + 1 } ?? min(1, all.count))...])
    }

    func run() async throws {
        Interruption.install()
        let options = try capture.reconstructionOptions()
        let progress = ProgressLine(capture.progress)
        let inputs = CaptureInputs.resolve(arguments: capture.inputs, isHashed: false)
        let merge = try CaptureOptions.merge(inputs, options, progress)
        let survey = Surveyor.run(merge, options: options.reading, hashKey: .random(in: .min ... .max), observer: progress)
        let plan = Planner.plan(survey, options: options)
        progress.finish()
        let report = InspectReport(survey: survey, plan: plan)
        if json {
            Console.result(String(decoding: try SidecarJSON.encode(report).dropLast(), as: UTF8.self))
        } else {
            Console.lines(InspectTable.lines(report, arguments: Self.typed))
        }
        Console.findings(survey: survey, plan: plan)
        if survey.wasInterrupted { throw ExitStatus.interrupted }
        if survey.captures.isEmpty { throw ExitStatus.failed }
        if plan.recordings.isEmpty { throw ExitStatus.incomplete }
    }
}

extension Console {
    /// Findings of survey and plan in line form, on standard error.
    static func findings(survey: Survey, plan: ReconstructionPlan) {
        var log = survey.findings
        log.merge(plan.findings)
        log.merge(plan.foreseen)
        findings(log, captureNames: survey.captures.map(\.name))
    }

    /// Findings of one rule that are printed.
    private static let perRule = 20

    static func findings(_ log: FindingLog, captureNames: [String]) {
        let colour = errorHasColour
        var shown: [String: Int] = [:]
        for finding in log.sorted {
            let code = finding.rule.code
            shown[code, default: 0] += 1
            // A day of calls repeats a few rules thousands of times; the sidecars have every one.
            if shown[code, default: 0] > perRule { continue }
            let line = finding.line { Int($0) < captureNames.count ? captureNames[Int($0)] : "?" }
            guard colour else {
                diagnostic(line)
                continue
            }
            let hue = finding.severity == .error ? "31" : finding.severity == .warning ? "33" : "2"
            diagnostic("\u{1B}[\(hue)m\(line)\u{1B}[0m")
        }
        for (code, count) in shown.sorted(by: { $0.key < $1.key }) where count > perRule {
            diagnostic("\(code): \(count - perRule) more; run.json and each recording.json list them all, and so does inspect --json")
        }
    }
}
