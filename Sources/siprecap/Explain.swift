import ArgumentParser
import Evidence

/// `siprecap explain RULE`.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Explains a finding: what it means, why it matters, what to do.",
        discussion: """
            EXAMPLES
              siprecap explain SDP104     the page of one rule
              siprecap explain --list     every rule with its severity and title
            """)

    @Argument(help: ArgumentHelp("A rule code such as SDP104.", valueName: "rule"))
    var rule: String?

    @Flag(help: "List every rule.")
    var list = false

    func run() throws {
        if list {
            for rule in Rule.catalogue { Console.result("\(rule.code)  \(rule.severity.rawValue.padded(to: 7))  \(rule.title)") }
            return
        }
        guard let code = rule else { throw ValidationError("Name a rule, for example `siprecap explain SDP104`, or use --list.") }
        guard let rule = Rule.named(code) else {
            let near = Rule.catalogue.filter { $0.code.hasPrefix(code.uppercased().prefix(3)) }.map(\.code)
            let hint = near.isEmpty ? "`siprecap explain --list` names them all." : "Rules of that area: \(near.joined(separator: ", "))."
            throw ValidationError("There is no rule \(code.printable). \(hint)")
        }
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

            What siprecap did about it
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
