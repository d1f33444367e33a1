import ArgumentParser
import Siprecap

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
        let verification: Verification
        do throws(SiprecapError) { verification = try Verification(folder: folder, inputs: inputs) } catch { throw error.asFailure }
        if json {
            Console.result(try verification.json)
        } else {
            for problem in verification.problems { Console.result(problem) }
            var line = "\(verification.intact) files as written, \(verification.problems.count) problems"
            if !inputs.isEmpty {
                line += "; \(verification.inputsIntact) inputs unchanged, \(verification.inputsNotGiven) captures of the run not given"
            }
            Console.result(line)
        }
        if !verification.isIntact { throw ExitStatus.incomplete }
    }
}
