import ArgumentParser
import Siprecap

/// `siprecap verify DIR [INPUT...]`.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies an output folder, and the captures it was made from.",
        discussion: """
            Compares every file in DIR with manifest-sha256.txt, the manifest with
            run.json, and each INPUT with the hashes of captures in run.json.
            Changes nothing.

            --accounting proves instead that nothing got lost: what became of the packets
            of each flow adds up to the packets captured, every moment of every audio
            file is audio or a gap with a cause, and complete follows from that.

            EXAMPLES
              siprecap verify case42/                  is every file unchanged?
              siprecap verify case42/ evidence.pcapng  and was it made from this capture?
              siprecap verify --accounting case42/     is every packet accounted for?

            Exit status: 0 unchanged, or accounted for; 1 a file is changed, missing or
            not listed, or a number does not add up; 2 failed.
            """)

    @Argument(help: ArgumentHelp("Folder that reconstruct wrote.", valueName: "dir"))
    var folder: String

    @Argument(help: ArgumentHelp("Captures or folders to compare with the inputs of the run.", valueName: "input"))
    var inputs: [String] = []

    @Flag(help: "Prove that packets, audio and gaps add up.")
    var accounting = false

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        if accounting, !inputs.isEmpty { throw ValidationError("--accounting compares no inputs; leave them out.") }
    }

    func run() throws {
        let verification: Verification
        do throws(SiprecapError) {
            verification = accounting ? try Verification(accountsOf: folder) : try Verification(folder: folder, inputs: inputs)
        } catch { throw error.asFailure }
        if json {
            Console.result(try verification.json)
        } else if accounting {
            for problem in verification.problems { Console.result(problem) }
            for line in verification.fates { Console.result(line) }
            Console.result(verification.problems.count.counted("problem"))
        } else {
            for problem in verification.problems { Console.result(problem) }
            var line = "\(verification.intact.counted("file")) unchanged, \(verification.problems.count.counted("problem"))"
            if !inputs.isEmpty {
                line += "; \(verification.inputsIntact.counted("input")) unchanged, \(verification.inputsNotGiven.counted("capture")) of the run not given"
            }
            Console.result(line)
        }
        if !verification.isIntact { throw ExitStatus.incomplete }
    }
}
