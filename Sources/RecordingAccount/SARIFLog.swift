package import Evidence
import RecordingRecords

/// The findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), for tools that show such results.
package struct SARIFLog: Codable, Sendable {
    package struct Text: Codable, Sendable { package let text: String }

    package struct Configuration: Codable, Sendable { package let level: String }

    package struct Descriptor: Codable, Sendable {
        package let id: String
        package let shortDescription: Text
        package let fullDescription: Text
        package let help: Text
        package let defaultConfiguration: Configuration
    }

    package struct Driver: Codable, Sendable {
        package let name: String
        package let version: String
        package let rules: [Descriptor]
    }

    package struct Tool: Codable, Sendable { package let driver: Driver }

    package struct Artifact: Codable, Sendable { package let uri: String }

    package struct Snippet: Codable, Sendable { package let text: String }

    package struct PhysicalLocation: Codable, Sendable { package let artifactLocation: Artifact }

    package struct LogicalLocation: Codable, Sendable {
        package let name: String
        package let kind: String
    }

    package struct Location: Codable, Sendable {
        package let physicalLocation: PhysicalLocation
        package let logicalLocations: [LogicalLocation]
    }

    package struct Properties: Codable, Sendable {
        package let recording: String?
        package let callID: String?
        package let stream: String?
        package let flow: String?
        package let frame: Int?
        package let offset: Int?
        package let source: SourceExcerpt?
        package let reference: String
    }

    package struct Result: Codable, Sendable {
        package let ruleId: String
        package let ruleIndex: Int
        package let level: String
        package let message: Text
        package let locations: [Location]
        package let occurrenceCount: Int
        package let properties: Properties
    }

    package struct Run: Codable, Sendable {
        package let tool: Tool
        package let results: [Result]
    }

    package let schema: String
    package let version: String
    package let runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    /// `catalogue`: every rule there is; of those that the report names, the log tells what they mean.
    package init(_ report: CheckReport, toolVersion: String, catalogue: [Rule]) {
        schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        version = "2.1.0"
        let items = report.groups.flatMap { group in group.items.map { (group.recording, $0) } }
        let codes = Set(items.map(\.1.finding.rule)).sorted()
        let rules = catalogue.filter { codes.contains($0.code) }.sorted { $0.code < $1.code }.map {
            Descriptor(
                id: $0.code, shortDescription: Text(text: $0.title), fullDescription: Text(text: $0.meaning + " " + $0.consequence),
                help: Text(text: "\($0.cause) \($0.remedy) (\($0.reference))"), defaultConfiguration: Configuration(level: Self.level($0.severity.rawValue)))
        }
        let results = items.map { recording, item in
            let finding = item.finding
            return Result(
                ruleId: finding.rule, ruleIndex: codes.firstIndex(of: finding.rule) ?? 0, level: Self.level(finding.severity),
                message: Text(text: finding.message.printable), locations: Self.locations(finding), occurrenceCount: max(1, finding.count),
                properties: Properties(
                    recording: recording, callID: finding.subject.callID, stream: finding.subject.stream, flow: finding.subject.flow?.description,
                    frame: finding.first?.frame, offset: finding.first?.offset, source: item.source, reference: finding.reference))
        }
        runs = [Run(tool: Tool(driver: Driver(name: "siprecap", version: toolVersion, rules: rules)), results: results)]
    }

    private static func level(_ severity: String) -> String { severity == "info" ? "note" : severity }

    private static func locations(_ finding: FindingRecord) -> [Location] {
        guard let place = finding.first else { return [] }
        let frame = place.frame.map { LogicalLocation(name: "frame \($0)" + (place.offset.map { " +0x\(String($0, radix: 16))" } ?? ""), kind: "frame") }
        return [
            Location(
                physicalLocation: PhysicalLocation(artifactLocation: Artifact(uri: uri(place.capture))), logicalLocations: frame.map { [$0] } ?? [])
        ]
    }

    /// The name as a relative URI reference (RFC 3986 section 3.3).
    static func uri(_ name: String) -> String {
        var out = ""
        for octet in name.utf8 {
            switch octet {
            case 0x2D, 0x2E, 0x2F, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x7E: out.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                out += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return out
    }
}
