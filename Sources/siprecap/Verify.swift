import ArgumentParser
import Evidence
import Reconstruction
import RecordingFiles

/// `siprecap verify DIR [INPUT...]`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-hashes an output folder, and the captures it was made from.",
        discussion: """
            Compares every file below DIR with manifest-sha256.txt, the manifest with run.json, and each INPUT with the hashes that run.json
            holds of the captures read. Changes nothing.

            EXAMPLES
              siprecap verify case42/                    is every file as it was written?
              siprecap verify case42/ evidence.pcapng    and was it made from this capture?

            Exit status: 0 all as written; 1 a file is changed, missing or not listed; 2 could not be checked.
            """)

    @Argument(help: ArgumentHelp("Folder that reconstruct has written.", valueName: "dir"))
    var folder: String

    @Argument(help: ArgumentHelp("Captures or folders to compare with what the run has read.", valueName: "input"))
    var inputs: [String] = []

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    func run() throws {
        let report: VerifyReport
        do { report = try OutputVerifier.verify(path: folder, inputs: CaptureInputs.resolve(arguments: inputs)) } catch {
            Console.diagnostic("siprecap: \(error)".printable)
            throw ExitStatus.failed
        }
        if json {
            Console.result(String(decoding: try SidecarJSON.encode(report).dropLast(), as: UTF8.self))
        } else {
            for problem in report.problems { Console.result("\(problem.kind.rawValue)  \(problem.path)  \(problem.reason)".printable) }
            var line = "\(report.intact) files as written, \(report.problems.count) problems"
            if !inputs.isEmpty { line += "; \(report.inputsIntact) inputs unchanged, \(report.inputsNotGiven.count) captures of the run not given" }
            Console.result(line)
        }
        if !report.isIntact { throw ExitStatus.incomplete }
    }
}
