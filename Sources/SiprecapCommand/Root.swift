import ArgumentParser
import Glibc
import Siprecap

/// Exit statuses of the contract.
enum ExitStatus {
    static let incomplete = ExitCode(1)
    static let failed = ExitCode(2)
    static let interrupted = ExitCode(130)
}

/// Each command says its own name: the parser would ask the runtime for the type's, which costs 1.2 million instructions a command at every start.
@main
struct Root: AsyncParsableCommand {
    static let version = Options.toolVersion

    static let configuration = CommandConfiguration(
        commandName: "siprecap",
        abstract: "Turns packet captures back into recordings: one time-aligned audio file per participant.",
        discussion: """
            EXAMPLES
              siprecap inspect evidence.pcapng              list what a capture contains
              siprecap reconstruct evidence.pcapng -o out/  captures in, recordings out
              siprecap reconstruct probe1/ probe2/ -o out/  search folders, merge by time
              siprecap check evidence.pcapng                report problems, worst first
              siprecap explain SDP104                       what a finding means

            Results go to standard output, findings and progress to standard error.
            Exit status: 0 everything found was recovered completely; 1 something is
            missing or doubtful, or nothing matched; 2 failed; 130 interrupted.
            """,
        version: version,
        subcommands: [Reconstruct.self, Inspect.self, Check.self, Carve.self, Verify.self, Keys.self, Explain.self])

    /// As the library's own `main`, but a usage error ends with status 2, and a closed pipe is success.
    static func main() async {
        signal(SIGPIPE, SIG_DFL)
        do {
            let words = Array(CommandLine.arguments.dropFirst())
            // Scripts ask for this often, and nothing else: the parser takes longer to describe the commands to itself.
            if words == ["--version"] {
                Console.result(version)
                return
            }
            let configured = try configured(words)
            if let listing = configured.listing {
                Console.result(listing)
                return
            }
            if let file = configured.file { Console.diagnostic("siprecap: options from \(file)".forTerminal) }
            var command = try parseAsRoot(configured.arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try MissingLibrary.check()
        } catch {
            if let missing = MissingLibrary.first {
                // Whatever else went wrong: this is why.
                Console.diagnostic("siprecap: \(missing)".forTerminal)
                Glibc.exit(ExitStatus.failed.rawValue)
            }
            let text = fullMessage(for: error)
            let code = exitCode(for: error)
            if code == .success {
                if !text.isEmpty { Console.result(text) }
                Glibc.exit(0)
            }
            if !text.isEmpty { Console.diagnostic(text) }
            Glibc.exit(code == .validationFailure ? ExitStatus.failed.rawValue : code.rawValue)
        }
    }

    /// A config file is looked for only where one can matter, for the parser's description of itself takes time to make.
    private static func configured(_ words: [String]) throws -> ConfiguredArguments {
        let standard = unsafe access("siprecap.yaml", F_OK) == 0 ? "siprecap.yaml" : nil
        let isAsked = words.contains { $0.hasPrefix("--config") || $0 == "--print-config" }
        guard standard != nil || isAsked, let syntax = CommandSyntax(dump: _dumpHelp()) else { return ConfiguredArguments(words) }
        return try ConfiguredArguments(words, syntax: syntax, standard: standard)
    }
}
