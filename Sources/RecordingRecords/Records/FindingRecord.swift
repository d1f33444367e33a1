package import Evidence

/// A packet octet, by the name of its capture.
package struct PlaceRecord: Codable, Sendable, Equatable {
    package var capture: String
    /// One-based, as Wireshark counts; absent where the place is the capture as a whole.
    package var frame: Int?
    /// Octets from the start of the frame; absent where it is not known or 0.
    package var offset: Int?

    package init(capture: String, frame: Int?, offset: Int? = nil) {
        self.capture = capture
        self.frame = frame
        self.offset = offset
    }

    package init(_ origin: Origin, captureNames: [String]) {
        let index = Int(origin.capture)
        capture = captureNames.indices.contains(index) ? captureNames[index] : "capture \(index)"
        frame = origin.frame > 0 ? Int(origin.frame) : nil
        offset = origin.offset > 0 ? Int(origin.offset) : nil
    }
}

/// One finding in a sidecar.
package struct FindingRecord: Codable, Sendable, Equatable {
    package struct Subject: Codable, Sendable, Equatable {
        package var callID: String?
        package var stream: String?
        package var flow: String?
        package var capture: String?
    }

    /// Code of the rule, for `siprecap explain`.
    package var rule: String
    /// `error`, `warning` or `info`.
    package var severity: String
    package var message: String
    package var count: Int
    package var first: PlaceRecord?
    package var last: PlaceRecord?
    package var subject: Subject
    /// RFC and section.
    package var reference: String

    package init(_ finding: Finding, captureNames: [String]) {
        rule = finding.rule.code
        severity = finding.severity.rawValue
        message = finding.message
        count = finding.count
        first = finding.first.map { PlaceRecord($0, captureNames: captureNames) }
        last = finding.last.map { PlaceRecord($0, captureNames: captureNames) }
        let subject = finding.subject
        self.subject = Subject(callID: subject.callID, stream: subject.stream, flow: subject.flow?.description, capture: subject.capture)
        reference = finding.rule.reference
    }
}
