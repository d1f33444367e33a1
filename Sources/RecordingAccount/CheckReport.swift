package import CaptureSurvey
package import Evidence
package import RecordingPlan
package import RecordingRecords
import SIPDialogs
import StreamMatching

/// Which findings `siprecap check` shows.
package struct FindingFilter: Sendable {
    /// Codes or beginnings of codes, upper case; all where empty.
    package let selected: [String]
    /// Codes or beginnings of codes, upper case; the longer of two that fit decides.
    package let ignored: [String]

    package init(selected: [String], ignored: [String]) {
        self.selected = selected.map { $0.uppercased() }
        self.ignored = ignored.map { $0.uppercased() }
    }

    package func takes(_ rule: Rule) -> Bool {
        let best = selected.filter { rule.code.hasPrefix($0) }.map(\.count).max()
        guard selected.isEmpty || best != nil else { return false }
        guard let worst = ignored.filter({ rule.code.hasPrefix($0) }).map(\.count).max() else { return true }
        return (best ?? 0) > worst
    }
}

/// What `siprecap check` tells: the findings of survey and plan by recording, worst first (schema `siprecap.check/1`).
package struct CheckReport: Codable, Sendable {
    package struct Item: Codable, Sendable {
        package let finding: FindingRecord
        package let title: String
        /// The line of the message that the first occurrence is in; absent where it is in no message.
        package let source: SourceExcerpt?
    }

    package struct Group: Codable, Sendable {
        /// The recording's id; absent for what belongs to none.
        package let recording: String?
        package let kind: String?
        package let start: String?
        package let callIDs: [String]
        package let items: [Item]
    }

    package struct Totals: Codable, Sendable {
        package let errors: Int
        package let warnings: Int
        package let infos: Int
    }

    package let schema: String
    package let groups: [Group]
    package let totals: Totals

    package init(survey: Survey, plan: ReconstructionPlan, filter: FindingFilter) {
        schema = "siprecap.check/1"
        var log = survey.findings
        log.merge(plan.findings)
        log.merge(plan.foreseen)
        let findings = log.sorted.filter { filter.takes($0.rule) }
        let names = survey.captures.map(\.name)
        let excerpts = SourceExcerpts(survey.dialogs.all)
        var byCall: [String: Int] = [:]
        var byFlow: [FlowIdentity: Int] = [:]
        for (number, recording) in plan.recordings.enumerated() {
            for dialog in recording.dialogs { byCall[survey.dialogs[dialog].callID] = byCall[survey.dialogs[dialog].callID] ?? number }
            for flow in recording.streams.flatMap(\.flows) { byFlow[survey.flows.rows[flow.flow].identity] = number }
        }
        // What a call breaks that has no recording of its own is the business of the recording that delivers it.
        for (number, recording) in plan.recordings.enumerated() {
            for related in recording.related { byCall[survey.dialogs[related.dialog].callID] = byCall[survey.dialogs[related.dialog].callID] ?? number }
        }
        var parts: [[Finding]] = Array(repeating: [], count: plan.recordings.count + 1)
        for finding in findings {
            let home = finding.subject.callID.flatMap { byCall[$0] } ?? finding.subject.flow.flatMap { byFlow[$0] }
            parts[home ?? plan.recordings.count].append(finding)
        }
        var groups: [(worst: Severity, group: Group)] = []
        for (number, part) in parts.enumerated() {
            guard let worst = part.map(\.severity).max() else { continue }
            let items = Severity.allCases.sorted(by: >).flatMap { severity in part.filter { $0.severity == severity } }.map {
                Item(finding: FindingRecord($0, captureNames: names), title: $0.rule.title, source: excerpts.excerpt(at: $0.first))
            }
            let recording = number < plan.recordings.count ? plan.recordings[number] : nil
            groups.append(
                (
                    worst,
                    Group(
                        recording: recording?.id, kind: recording?.kind.rawValue, start: recording?.start.rfc3339,
                        callIDs: recording?.dialogs.map { survey.dialogs[$0].callID } ?? [], items: items)
                ))
        }
        self.groups = Severity.allCases.sorted(by: >).flatMap { severity in groups.filter { $0.worst == severity }.map(\.group) }
        func count(_ severity: Severity) -> Int { findings.filter { $0.severity == severity }.count }
        totals = Totals(errors: count(.error), warnings: count(.warning), infos: count(.info))
    }

    /// The worst severity that is shown.
    package var worst: Severity? { totals.errors > 0 ? .error : totals.warnings > 0 ? .warning : totals.infos > 0 ? .info : nil }
}
