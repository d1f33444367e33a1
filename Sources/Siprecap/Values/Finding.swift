import Evidence
import RecordingRecords
import RuleCatalogue

/// Something that is missing, broken or doubtful, with the packet that shows it.
///
/// The same rule broken again on the same subject is one finding that counts.
public struct Finding: Sendable, CustomStringConvertible {
    /// How much a finding means for the recording.
    public enum Severity: String, Sendable, Comparable, CaseIterable {
        /// Noted.
        case info
        /// Used but doubtful, or a SHOULD is broken.
        case warning
        /// Something is missing, or a MUST is broken.
        case error

        /// Whether one severity means less than another.
        public static func < (left: Severity, right: Severity) -> Bool { left.core < right.core }

        private var core: Evidence.Severity {
            switch self {
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        }
    }

    /// An octet of a packet.
    public struct Place: Sendable, Hashable {
        /// Name of the capture, without its folder.
        public let capture: String
        /// Number of the frame in its capture, from 1 as Wireshark counts; nil where the capture as a whole is meant.
        public let frame: Int?
        /// Octets from the start of the frame; nil where that is not known.
        public let offset: Int?
    }

    /// What a rule means, in sentences for people; the same text that `siprecap explain CODE` prints.
    public struct Page: Sendable {
        /// Code of the rule.
        public let code: String
        /// How much a finding of this rule means.
        public let severity: Severity
        /// Version of siprecap that first had the rule.
        public let since: String
        /// Names the defect.
        public let title: String
        /// What it means.
        public let meaning: String
        /// Why it matters for the recording.
        public let consequence: String
        /// The usual cause.
        public let cause: String
        /// What siprecap does.
        public let action: String
        /// What the sender or you can do.
        public let remedy: String
        /// RFC and section, or another specification.
        public let reference: String
    }

    /// Code of the rule: three letters for the area and three digits, for example `SDP104`. Codes are never reused.
    public let code: String
    /// How much it means.
    public let severity: Severity
    /// What was seen, in words. It quotes what came from the wire: escape it where you show it.
    public let message: String
    /// Times that it was seen.
    public let count: Int
    /// Where it was first seen, or the capture that it is about; nil where neither is known.
    public let place: Place?
    /// Where it was last seen.
    public let lastPlace: Place?
    /// Call-ID (RFC 3261 section 8.1.1.4) of the dialog that it concerns, where it concerns one.
    public let callID: String?

    /// The rule's page.
    public var page: Page? { Page(code: code) }

    /// `day1.pcapng: frame 1042: SDP104 error: …`
    public var description: String {
        let location = place.map { place in "\(place.capture): " + (place.frame.map { "frame \($0): " } ?? "") } ?? ""
        return "\(location)\(code) \(severity.rawValue): \(message)\(count > 1 ? " (×\(count))" : "")".printable
    }

    init(_ record: FindingRecord) {
        code = record.rule
        severity = Severity(rawValue: record.severity) ?? .info
        message = record.message
        count = record.count
        place = record.first.map(Place.init) ?? record.subject.capture.map { Place(capture: $0, frame: nil, offset: nil) }
        lastPlace = record.last.map(Place.init)
        callID = record.subject.callID
    }

    static func list(_ log: FindingLog, captureNames: [String]) -> [Finding] {
        log.sorted.map { Finding(FindingRecord($0, captureNames: captureNames)) }
    }
}

extension Finding.Place {
    init(_ record: PlaceRecord) { self.init(capture: record.capture, frame: record.frame, offset: record.offset) }
}

extension Finding.Page {
    /// The page of a rule by its code, for example `SDP104`; nil where there is no such rule.
    public init?(code: String) {
        guard let rule = Rule.named(code) else { return nil }
        self.init(rule)
    }

    /// The pages of all rules, by code.
    public static var all: [Finding.Page] { Rule.catalogue.map { Finding.Page($0) } }

    /// Codes of all rules.
    package static var codes: [String] { Rule.catalogue.map(\.code) }

    private init(_ rule: Rule) {
        self.init(
            code: rule.code, severity: Finding.Severity(rawValue: rule.severity.rawValue) ?? .info, since: rule.since, title: rule.title, meaning: rule.meaning,
            consequence: rule.consequence, cause: rule.cause, action: rule.action, remedy: rule.remedy,
            reference: rule.reference)
    }
}
