import ArgumentParser
import Siprecap

/// `siprecap explain RULE` and `siprecap explain DIR/recordings/ID`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a finding, or every claim about a recording.",
        discussion: """
            EXAMPLES
              siprecap explain SDP104     the page of one rule
              siprecap explain --list     every rule with its severity and title
              siprecap explain case42/recordings/0fb05d6d5bf3d7c7
                                          who is in this recording and what is missing:
                                          packets, reasons, rejected alternatives
            """)

    @Argument(help: ArgumentHelp("A rule code such as SDP104, or the folder of a recording.", valueName: "rule-or-folder"))
    var subject: String?

    @Flag(help: "List every rule.")
    var list = false

    func run() throws {
        if list {
            for rule in Finding.Page.all { Console.result("\(rule.code)  \(rule.severity.rawValue.padded(to: 7))  \(rule.title)") }
            return
        }
        guard let subject else { throw ValidationError("Give a rule, for example `siprecap explain SDP104`, or use --list.") }
        if let rule = Finding.Page(code: subject) { return page(rule) }
        // Only a path has these.
        guard subject.contains("/") || subject.contains("_") || subject.contains(".") else { throw unknown(subject) }
        do throws(SiprecapError) { Console.lines(try WrittenRecording(path: subject).explanation) } catch { throw error.asFailure }
    }

    private func unknown(_ code: String) -> ValidationError {
        let near = Finding.Page.codes.filter { $0.hasPrefix(code.uppercased().prefix(3)) }
        let hint = near.isEmpty ? "`siprecap explain --list` lists all rules." : "Rules of that area: \(near.joined(separator: ", "))."
        return ValidationError("Unknown rule \(code.forTerminal). \(hint)")
    }

    private func page(_ rule: Finding.Page) {
        Console.result(
            """
            \(rule.code)  \(rule.title)
            Severity: \(rule.severity.rawValue)   Since: \(rule.since)   Reference: \(rule.reference)

            What it means
            \(rule.meaning.wrapped())

            Why it matters for the recording
            \(rule.consequence.wrapped())

            Usual cause
            \(rule.cause.wrapped())

            What siprecap does
            \(rule.action.wrapped())

            What you can do
            \(rule.remedy.wrapped())
            """)
    }
}

extension String {
    /// Blanks added on the right up to `width` characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// Lines of at most `width` characters, indented by two.
    func wrapped(width: Int = 88) -> String {
        var lines: [String] = []
        var line = " "
        for word in split(separator: " ") {
            if line.count + 1 + word.count > width, line != " " {
                lines.append(line)
                line = " "
            }
            line += " " + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
