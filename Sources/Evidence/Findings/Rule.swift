/// How much a finding means for the recording.
package enum Severity: String, Sendable, Comparable, CaseIterable {
    /// Noted.
    case info
    /// Used but doubtful, or a rule broken that may break interoperation.
    case warning
    /// Something is missing, or a MUST is broken.
    case error

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// One thing that can be wrong, with its page: what it means, why it matters, what siprecap did about it.
///
/// The page is a value, not a doc comment, because `siprecap explain` prints it and `docs/rules` is generated from it:
/// one source for both. One rule is one file in `Rules/` of the lowest module that raises it; a code is never reused.
package struct Rule: Sendable, Hashable {
    /// Three letters for the area and three digits, for example `SDP104`.
    package let code: String
    /// Names the defect, not the cure: `Secure media line without a key`.
    package let title: String
    package let severity: Severity
    /// Whether an error of this rule means that something of the recording itself may be missing. Of a rule that only speaks of how a party
    /// behaves, an error says that a MUST is broken, and the recording can be whole all the same.
    package let concernsContent: Bool
    /// Version of siprecap that first had the rule.
    package let since: String
    /// What it means.
    package let meaning: String
    /// Why it matters for the recording.
    package let consequence: String
    /// The usual cause.
    package let cause: String
    /// What siprecap does about it.
    package let action: String
    /// What the sender or the user can do.
    package let remedy: String
    /// RFC and section, or the specification that says so.
    package let reference: String

    package init(
        code: String, title: String, severity: Severity, concernsContent: Bool = true, since: String = "0.1.0", meaning: String, consequence: String,
        cause: String, action: String, remedy: String, reference: String
    ) {
        self.code = code
        self.title = title
        self.severity = severity
        self.concernsContent = concernsContent
        self.since = since
        self.meaning = meaning
        self.consequence = consequence
        self.cause = cause
        self.action = action
        self.remedy = remedy
        self.reference = reference
    }

    package static func == (left: Rule, right: Rule) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}

/// A parser's complaint before anybody knows which frame it sits in: rule, octet offset in what was parsed, words.
package struct Remark: Sendable, Equatable {
    package let rule: Rule
    /// Octets from the start of the parsed input.
    package let offset: Int
    package let message: String

    package init(_ rule: Rule, at offset: Int, _ message: String) {
        self.rule = rule
        self.offset = offset
        self.message = message
    }

    /// The same remark about an input that begins `base` octets into a larger one.
    package func shifted(by base: Int) -> Remark { Remark(rule, at: offset + base, message) }
}
