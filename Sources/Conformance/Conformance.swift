package import Evidence

/// One check: the rules that it may report, and what looks for them.
package struct ConformanceCheck: Sendable {
    /// Rules that it may report.
    package let rules: [Rule]
    let run: @Sendable (SessionEvidence, inout FindingLog) -> Void
}

/// What RFC 7866 and RFC 7865 ask of a recording session as a whole.
package enum Conformance {
    /// Every check, by area.
    package static let checks: [ConformanceCheck] = signallingChecks + metadataChecks + descriptionChecks + offerChecks + mediaChecks

    /// Runs every check on one session.
    package static func report(_ session: SessionEvidence, to findings: inout FindingLog) {
        for check in checks { check.run(session, &findings) }
    }
}
