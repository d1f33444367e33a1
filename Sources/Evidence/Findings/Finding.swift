/// What a finding is about. Empty fields are not known; text is as it came from the wire, so printers must escape it.
package struct FindingSubject: Hashable, Sendable, Comparable {
    package var callID: String?
    package var stream: String?
    package var flow: FlowIdentity?
    package var capture: String?

    package init(callID: String? = nil, stream: String? = nil, flow: FlowIdentity? = nil, capture: String? = nil) {
        self.callID = callID
        self.stream = stream
        self.flow = flow
        self.capture = capture
    }

    package static func < (left: FindingSubject, right: FindingSubject) -> Bool {
        // Absent sorts before empty: with no ties between different subjects, no order ever depends on a dictionary.
        if left.callID != right.callID { return isOrdered(left.callID, right.callID) }
        if left.stream != right.stream { return isOrdered(left.stream, right.stream) }
        if left.flow != right.flow { return isOrdered(left.flow?.description, right.flow?.description) }
        return left.capture != right.capture && isOrdered(left.capture, right.capture)
    }

    private static func isOrdered(_ left: String?, _ right: String?) -> Bool {
        guard let left else { return true }
        guard let right else { return false }
        return left < right
    }
}

/// One rule broken on one subject, with the first and last place and how often.
package struct Finding: Sendable, Equatable {
    package let rule: Rule
    package let subject: FindingSubject
    /// The words of the first occurrence; of several at the same place, those that sort first.
    package let message: String
    package internal(set) var count: Int
    /// Nil for what has no packet, such as an output problem.
    package internal(set) var first: Origin?
    package internal(set) var last: Origin?

    package var severity: Severity { rule.severity }
}

/// Collects findings: the same rule on the same subject is one finding with first, last and count.
///
/// A value that is passed in. The order of reports does not change the result, unless the bound was reached.
/// Bound: `limit` distinct findings, after which only counts of known ones grow and `overflow` tells how many were refused.
package struct FindingLog: Sendable {
    private struct Key: Hashable {
        let code: String
        let subject: FindingSubject
    }

    private var table: [Key: Finding] = [:]
    private let limit: Int
    /// Reports refused because the table was full.
    package private(set) var overflow = 0

    package init(limit: Int = 20_000) { self.limit = limit }

    /// Records one occurrence. `count` lets a caller that counted by itself report many at once.
    package mutating func report(_ rule: Rule, _ message: String, at origin: Origin?, subject: FindingSubject = FindingSubject(), count: Int = 1) {
        insert(Finding(rule: rule, subject: subject, message: message, count: count, first: origin, last: origin))
    }

    /// Records `count` occurrences that the caller counted, with the first and the last place.
    package mutating func report(_ rule: Rule, _ message: String, first: Origin, last: Origin, count: Int, subject: FindingSubject) {
        insert(Finding(rule: rule, subject: subject, message: message, count: count, first: first, last: last))
    }

    /// Adds what another log holds, as if it had been reported here.
    package mutating func merge(_ other: FindingLog) {
        for finding in other.sorted { insert(finding) }
        overflow += other.overflow
    }

    package mutating func insert(_ finding: Finding) {
        let key = Key(code: finding.rule.code, subject: finding.subject)
        guard var known = table[key] else {
            if table.count >= limit { overflow += finding.count } else { table[key] = finding }
            return
        }
        known.count += finding.count
        let isEarlier = finding.first.map { first in known.first.map { first < $0 } ?? true } ?? false
        if isEarlier || (finding.first == known.first && finding.message < known.message) {
            known = Finding(
                rule: known.rule, subject: known.subject, message: finding.message, count: known.count, first: finding.first, last: known.last)
        }
        if let last = finding.last, known.last.map({ last > $0 }) ?? true { known.last = last }
        table[key] = known
    }

    /// By first place, then rule, then subject: the same for any order of reporting.
    package var sorted: [Finding] {
        let findings = Array(table.values)
        // Places and numbers are moved about, not findings: each holds six texts, and moving them took most of the time.
        var order = findings.indices.map { (place: findings[$0].first ?? Origin(capture: .max, frame: .max), number: $0) }
        order.sort { left, right in
            if left.place != right.place { return left.place < right.place }
            let (a, b) = (findings[left.number], findings[right.number])
            return a.rule.code != b.rule.code ? a.rule.code < b.rule.code : a.subject < b.subject
        }
        return order.map { findings[$0.number] }
    }

    package var isEmpty: Bool { table.isEmpty }
    package func contains(_ rule: Rule) -> Bool { table.keys.contains { $0.code == rule.code } }
    package var worst: Severity? { table.values.map(\.severity).max() }
    /// Whether an error says that something of a recording is missing: errors of rules that only speak of behaviour do not.
    package var tellsOfLoss: Bool { table.values.contains { $0.severity == .error && $0.rule.concernsContent } }
}

extension Finding {
    /// `day1.pcapng: frame 1042 +0x2a: SDP104 error: … (×3, last in frame 1188)`, made safe for a terminal.
    package func line(captureName: (UInt32) -> String) -> String {
        var place = ""
        if let first {
            place = "\(captureName(first.capture)): "
            if first.frame > 0 { place += "frame \(first.frame) " + (first.offset > 0 ? "+0x\(String(first.offset, radix: 16))" : "") }
            while place.hasSuffix(" ") { place.removeLast() }
            if !place.hasSuffix(":") { place += ":" }
            place += " "
        } else if let capture = subject.capture {
            place = "\(capture): "
        }
        var tail = ""
        if count > 1 {
            tail = " (×\(count)"
            if let last, let first, last.capture != first.capture || last.frame != first.frame {
                tail += ", last in " + (last.capture == first.capture ? "" : "\(captureName(last.capture)) ") + "frame \(last.frame)"
            }
            tail += ")"
        }
        return (place + "\(rule.code) \(severity.rawValue): \(message)" + tail).printable
    }
}
