import Evidence
import RecordingAccount
import RecordingFiles
import RecordingPlan

/// What `siprecap keys check` tells: files of keys, their mistakes, and what each opens in the captures beside them.
package struct KeyCheck: Sendable {
    private let report: KeysReport
    /// Whether a file of SRTP keys could not be read at all.
    package let hasUnreadableFile: Bool
    package let wasInterrupted: Bool

    /// `files` are told apart by content: captures and the three kinds of files with keys. `keys` says how passphrases are had. `observer` is asked
    /// for where there are captures.
    package init(files: [String], keys: Options.Keys, observer: () -> any RunObserver) throws(SiprecapError) {
        var options = Options()
        options.keys = keys
        var captures: [String] = []
        for file in files {
            switch CaptureInputs.content(of: file) {
            case .capture: captures.append(file)
            case .keyLog: options.keys.tlsKeyLogs.append(file)
            case .privateKey: options.keys.rsaKeys.append(file)
            case .keyFile: options.keys.srtpKeyFiles.append(file)
            }
        }
        let resolved = try options.resolved(areUnreadableKeysFatal: false)
        var plan: Plan?
        if !captures.isEmpty { plan = try CaptureSet(arguments: captures).survey(resolved, observer: observer()).plan() }
        report = KeysReport(resolved.keys, tls: resolved.tls, survey: plan?.survey, plan: plan?.core)
        hasUnreadableFile = KeyFile.unreadable(resolved.keys) != nil
        wasInterrupted = plan?.wasInterrupted ?? false
    }

    /// Schema `siprecap.keys/1`.
    package var json: String { get throws { try jsonText(report) } }
    package var lines: [String] { KeysTable.lines(report) }

    /// Whether there is a mistake, or something that stays closed.
    package var isDoubtful: Bool {
        let isAnyClosed = (report.tls?.closed ?? 0) > 0 || (report.streams?.inPart ?? 0) > 0
        let isAnyMalformed = report.tls?.keyLogs.contains { $0.malformed > 0 } ?? false
        return !report.problems.isEmpty || !report.keysNeeded.isEmpty || isAnyClosed || isAnyMalformed
    }
}
