package import Evidence

/// The page of a rule as Markdown: what `siprecap explain` prints and what `docs/rules` holds.
package enum RulePage {
    /// The whole file `docs/rules/<CODE>.md`, ending in a newline.
    package static func markdown(_ rule: Rule) -> String {
        """
        # \(rule.code): \(rule.title)

        Severity **\(rule.severity.rawValue)** · since \(rule.since) · \(rule.reference)

        ## What it means

        \(rule.meaning)

        ## Why it matters for the recording

        \(rule.consequence)

        ## Usual cause

        \(rule.cause)

        ## What siprecap does

        \(rule.action)

        ## What you can do

        \(rule.remedy)

        """
    }

    /// The whole file `docs/rules/README.md`: every rule with a link, by code.
    package static func index(_ rules: [Rule]) -> String {
        var out = """
            # Rules

            Every finding carries the code of its rule. `siprecap explain CODE` prints the same page.
            Severity speaks of the recording: **info** noted · **warning** used but doubtful, or a rule broken that may break
            interoperation · **error** something is missing, or a MUST is broken.

            These pages are generated from the rules in `Sources/*/Rules` by `make docs`; do not edit them here.

            | rule | severity | defect |
            |---|---|---|

            """
        for rule in rules.sorted(by: { $0.code < $1.code }) {
            out += "| [\(rule.code)](\(rule.code).md) | \(rule.severity.rawValue) | \(rule.title.replacingPipes) |\n"
        }
        return out
    }
}

extension String {
    /// A bar would end the table cell.
    fileprivate var replacingPipes: String { split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
}
