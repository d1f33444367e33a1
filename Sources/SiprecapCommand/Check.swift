import ArgumentParser
import Siprecap

/// `siprecap check`: what is wrong, where, and why it matters.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks recording sessions for conformance and interoperation. Writes no file.",
        discussion: """
            EXAMPLES
              siprecap check day1.pcapng                     findings by recording, worst first
              siprecap check --select REC,MET day1.pcapng    only these areas
              siprecap check --sarif day1.pcapng > out.sarif for tools that read SARIF 2.1.0
              siprecap check --ignore DLG008 --fail-on warning day1.pcapng
                                                             for a script: 1 from warnings on, clear text left aside
              siprecap explain REC016                        what a finding means and what to do about it

            A finding names its rule, the frame and the octet, and shows the header, SDP or XML line there. Severities: error, something is
            missing or a MUST is broken; warning, doubtful or a SHOULD is broken; info, noted. Rules begin with their area: CAP capture, NET
            network, SIP, SDP, DLG dialogs, MET metadata, REC recording sessions, MAT who is who, RTP, SRT and TLS keys, FLW, PLY, AUD media.
            Where a capture also has the call itself, the recording is checked against it.

            Exit status: 0 no finding reaches --fail-on; 1 one does, or nothing matched; 2 could not do it; 130 interrupted.
            """)

    enum Threshold: String, ExpressibleByArgument, CaseIterable { case error, warning, never }

    @OptionGroup var capture: CaptureOptions

    @Flag(help: "Print JSON (schema siprecap.check/1).")
    var json = false

    @Flag(help: "Print SARIF 2.1.0.")
    var sarif = false

    @Option(help: ArgumentHelp("Only these rules: codes or beginnings of codes, separated by commas.", valueName: "codes"))
    var select: String?

    @Option(help: ArgumentHelp("Not these rules; of --select and --ignore the longer one that fits decides.", valueName: "codes"))
    var ignore: String?

    @Option(name: .customLong("fail-on"), help: ArgumentHelp("Severity from which the exit status is 1.", valueName: "error|warning|never"))
    var failOn: Threshold = .error

    func validate() throws {
        if json, sarif { throw ValidationError("Choose one of --json and --sarif.") }
        for code in codes(select) + codes(ignore) where !Finding.Page.codes.contains(where: { $0.hasPrefix(code.uppercased()) }) {
            throw ValidationError("No rule begins with \(code.forTerminal); `siprecap explain --list` names them all.")
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
