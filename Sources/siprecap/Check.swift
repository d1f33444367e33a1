import ArgumentParser
import CaptureSurvey
import Evidence
import PacketInput
import Reconstruction
import RecordingFiles

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
        for code in codes(select) + codes(ignore) where !Rule.catalogue.contains(where: { $0.code.hasPrefix(code.uppercased()) }) {
            throw ValidationError("No rule begins with \(code.printable); `siprecap explain --list` names them all.")
        }
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
        let report = CheckReport(survey: survey, plan: plan, filter: FindingFilter(selected: codes(select), ignored: codes(ignore)))
        if json {
            Console.result(String(decoding: try SidecarJSON.encode(report).dropLast(), as: UTF8.self))
        } else if sarif {
            Console.result(String(decoding: try SidecarJSON.encode(SARIFLog(report, toolVersion: Siprecap.version)).dropLast(), as: UTF8.self))
        } else {
            Console.lines(CheckTable.lines(report))
        }
        if survey.wasInterrupted { throw ExitStatus.interrupted }
        if survey.captures.isEmpty {
            Console.findings(survey.findings, captureNames: [])
            throw ExitStatus.failed
        }
        let limit: Severity? = failOn == .never ? nil : failOn == .warning ? .warning : .error
        if plan.recordings.isEmpty { throw ExitStatus.incomplete }
        if let limit, let worst = report.worst, worst >= limit { throw ExitStatus.incomplete }
    }

    private func codes(_ text: String?) -> [String] { (text ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) } }
}

/// The report of `siprecap check` as lines for a terminal.
enum CheckTable {
    /// Characters of a message's line that are shown.
    private static let width = 100

    static func lines(_ report: CheckReport) -> [String] {
        var out: [String] = []
        for group in report.groups {
            if let id = group.recording {
                out.append("\(group.kind ?? "recording") \(id)  \(group.start ?? "")  \(group.callIDs.joined(separator: ", "))".printable)
            } else {
                out.append("captures")
            }
            for item in group.items {
                let finding = item.finding
                let place = finding.first.map { place in
                    " \(place.capture)" + (place.frame.map { " frame \($0)" } ?? "") + (place.offset.map { " +0x\(String($0, radix: 16))" } ?? "")
                }
                let count = finding.count > 1 ? " (×\(finding.count))" : ""
                out.append("  \(finding.severity.padded(to: 7)) \(finding.rule)\((place ?? ""))\(count): \(finding.message)".printable)
                if let source = item.source { out += excerpt(source) }
            }
            out.append("")
        }
        out.append("\(report.totals.errors) errors, \(report.totals.warnings) warnings, \(report.totals.infos) notes; siprecap explain CODE tells more")
        return out
    }

    /// The line around the place, and a caret below it.
    static func excerpt(_ source: SourceExcerpt) -> [String] {
        let octets = Array(source.text.utf8)
        let place = max(0, min(source.column - 1, octets.count))
        let start = place > width * 3 / 4 ? place - width / 2 : 0
        let head = String(decoding: octets[start..<place], as: UTF8.self).printable
        let shown = String(decoding: octets[start..<min(octets.count, start + width)], as: UTF8.self).printable
        let margin = "          \(source.line) | "
        return [margin + shown, String(repeating: " ", count: margin.count + head.count) + "^"]
    }
}
