extension Rule {
    /// Every rule there is, by area and code. A rule that is not listed here has no page, and a test fails.
    package static let catalogue: [Rule] =
        captureRules + networkRules + sipRules + sdpRules + metadataRules + dialogRules + rtpRules + srtpRules + audioRules + playoutRules
        + tlsRules + matchingRules + flowRules + conformanceRules + outputRules

    /// The rule with this code in any case, if there is one.
    package static func named(_ code: some StringProtocol) -> Rule? {
        let wanted = code.uppercased()
        return catalogue.first { $0.code == wanted }
    }
}
