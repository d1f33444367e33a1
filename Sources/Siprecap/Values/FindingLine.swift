import Evidence

/// A finding as the command prints it; the text is made when it is asked for.
package struct FindingLine: Sendable {
    private let finding: Evidence.Finding
    private let captureNames: [String]

    package var code: String { finding.rule.code }
    package var severity: Finding.Severity { Finding.Severity(rawValue: finding.severity.rawValue) ?? .info }

    /// Safe for a terminal.
    package var text: String { finding.line { Int($0) < captureNames.count ? captureNames[Int($0)] : "?" } }

    static func list(_ log: FindingLog, captureNames: [String]) -> [FindingLine] {
        log.sorted.map { FindingLine(finding: $0, captureNames: captureNames) }
    }
}
