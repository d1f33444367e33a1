import Evidence
import RecordingAccount
import RecordingFiles
import RecordingPlan
import RecordingRecords
import RecordingRender
import RuleCatalogue

extension Plan {
    /// What `siprecap inspect` tells.
    package struct Inspection: Sendable {
        private let report: InspectReport

        fileprivate init(_ report: InspectReport) { self.report = report }

        /// Schema `siprecap.inspect/1`.
        package var json: String { get throws { try jsonText(report) } }

        /// For people. `arguments`: what was typed behind the command's name.
        package func lines(arguments: [String]) -> [String] { InspectTable.lines(report, arguments: arguments) }
    }

    package var inspection: Inspection { Inspection(InspectReport(survey: survey, plan: core)) }

    /// What `siprecap check` tells.
    package struct Check: Sendable {
        private let report: CheckReport

        fileprivate init(_ report: CheckReport) { self.report = report }

        /// Schema `siprecap.check/1`.
        package var json: String { get throws { try jsonText(report) } }
        /// SARIF 2.1.0.
        package var sarif: String { get throws { try jsonText(SARIFLog(report, toolVersion: Options.toolVersion, catalogue: Rule.catalogue)) } }
        package var lines: [String] { CheckTable.lines(report) }
        package var worst: Finding.Severity? { report.worst.flatMap { Finding.Severity(rawValue: $0.rawValue) } }
    }

    /// `selected`, `ignored`: codes of rules or beginnings of codes.
    package func check(selected: [String], ignored: [String]) -> Check {
        Check(CheckReport(survey: survey, plan: core, filter: FindingFilter(selected: selected, ignored: ignored)))
    }

    /// Paths of audio that each recording will have, for a run that writes nothing.
    package var audioPaths: [(folder: String, kind: String, paths: [String])] {
        core.recordings.map { recording in
            (recording.folder, recording.kind.rawValue, recording.tracks.map(\.path) + [recording.mixPath(options)].compactMap(\.self))
        }
    }
}

func jsonText(_ report: some Encodable) throws -> String { String(decoding: try RecordJSON.octets(of: report).dropLast(), as: UTF8.self) }
