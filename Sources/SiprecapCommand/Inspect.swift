import ArgumentParser
import Siprecap

/// `siprecap inspect`: the first look.
struct Inspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Lists what captures contain. Writes no file.",
        discussion: """
            EXAMPLES
              siprecap inspect day1.pcapng            recordings, participants, keys needed
              siprecap inspect --json captures/ | jq  the same for scripts
                                                      (schema siprecap.inspect/1)
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
        let progress = ProgressLine(capture.progress)
        let plan = try capture.plan(capture.options(), progress)
        progress.finish()
        let inspection = plan.inspection
        if json {
            Console.result(try inspection.json)
        } else {
            Console.lines(inspection.lines(arguments: Self.typed))
        }
        Console.findings(plan.findingLines)
        if plan.wasInterrupted { throw ExitStatus.interrupted }
        if plan.hasNoCapture { throw ExitStatus.failed }
        if plan.isEmpty { throw ExitStatus.incomplete }
    }
}

extension Console {
    /// Findings of one rule that are printed.
    private static let perRule = 20

    /// On standard error.
    static func findings(_ findings: [FindingLine]) {
        let colour = errorHasColour
        var shown: [String: Int] = [:]
        for finding in findings {
            let code = finding.code
            shown[code, default: 0] += 1
            // A day of calls repeats a few rules thousands of times; the sidecars have every one.
            if shown[code, default: 0] > perRule { continue }
            let line = finding.text
            guard colour else {
                diagnostic(line)
                continue
            }
            let hue = finding.severity == .error ? "31" : finding.severity == .warning ? "33" : "2"
            diagnostic("\u{1B}[\(hue)m\(line)\u{1B}[0m")
        }
        for (code, count) in shown.sorted(by: { $0.key < $1.key }) where count > perRule {
            diagnostic("\(code): \(count - perRule) more; inspect --json, run.json and recording.json list all of them")
        }
    }
}
