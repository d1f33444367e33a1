import ArgumentParser
import Siprecap

/// `siprecap check`: what is wrong, where, and why it matters.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks recording sessions for conformance and interoperability. Writes no file.",
        discussion: """
            EXAMPLES
              siprecap check day1.pcapng                      findings, worst first
              siprecap check --select REC,MET day1.pcapng     only these areas
              siprecap check --sarif day1.pcapng > out.sarif  SARIF 2.1.0 for other tools
              siprecap check --ignore DLG008 --fail-on warning day1.pcapng
                                                              exit 1 on warnings or errors;
                                                              ignore DLG008
              siprecap explain REC016                         what a finding means

            A finding gives its rule, frame and byte offset, and shows the header, SDP or
            XML line there. Severities: error, something is missing or a MUST is violated;
            warning, something is doubtful or a SHOULD is violated; info, noted.
            Rules begin with their area: CAP capture, NET network, SIP, SDP, DLG dialogs,
            MET metadata, REC recording sessions, MAT matching, RTP, SRT and TLS keys,
            FLW, PLY and AUD media. If a capture also contains the call itself, the
            recording is compared with it.

            Exit status: 0 no finding reaches --fail-on; 1 one does, or nothing matched;
            2 failed; 130 interrupted.
            """)

    enum Threshold: String, ExpressibleByArgument, CaseIterable { case error, warning, never }

    @OptionGroup var capture: CaptureOptions

    @Flag(help: "Print JSON (schema siprecap.check/1).")
    var json = false

    @Flag(help: "Print SARIF 2.1.0.")
    var sarif = false

    @Option(help: ArgumentHelp("Only these rules: codes or prefixes, separated by commas.", valueName: "codes"))
    var select: String?

    @Option(help: ArgumentHelp("Ignore these rules; if both --select and --ignore match, the longer prefix takes precedence.", valueName: "codes"))
    var ignore: String?

    @Option(name: .customLong("fail-on"), help: ArgumentHelp("Lowest severity that makes the exit status 1.", valueName: "error|warning|never"))
    var failOn: Threshold = .error

    func validate() throws {
        if json, sarif { throw ValidationError("Choose one of --json and --sarif.") }
        for code in codes(select) + codes(ignore) where !Finding.Page.codes.contains(where: { $0.hasPrefix(code.uppercased()) }) {
            throw ValidationError("No rule begins with \(code.forTerminal); `siprecap explain --list` lists all rules.")
        }
    }

    func run() async throws {
        Interruption.install()
        let progress = ProgressLine(capture.progress)
        let plan = try capture.plan(capture.options(), progress)
        progress.finish()
        let check = plan.check(selected: codes(select), ignored: codes(ignore))
        if json {
            Console.result(try check.json)
        } else if sarif {
            Console.result(try check.sarif)
        } else {
            Console.lines(check.lines)
        }
        if plan.wasInterrupted { throw ExitStatus.interrupted }
        if plan.hasNoCapture {
            Console.findings(plan.surveyFindingLines)
            throw ExitStatus.failed
        }
        let limit: Finding.Severity? = failOn == .never ? nil : failOn == .warning ? .warning : .error
        if plan.isEmpty { throw ExitStatus.incomplete }
        if let limit, let worst = check.worst, worst >= limit { throw ExitStatus.incomplete }
    }

    private func codes(_ text: String?) -> [String] { (text ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) } }
}
