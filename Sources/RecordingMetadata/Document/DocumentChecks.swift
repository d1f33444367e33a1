import Evidence

/// Rules that one document alone can break (RFC 7865 sections 6 and 9).
extension RecordingDocument {
    mutating func check() {
        guard root == .recording || !sessions.isEmpty || !participants.isEmpty || !streams.isEmpty else { return }
        checkIdentifiers()
        checkTimes()
        for participant in participants {
            if participant.nameIDs.isEmpty { remark(.met008, at: participant.offset, "participant '\(participant.id)' has no nameID") }
            for name in participant.nameIDs {
                if let problem = Self.aorProblem(name.aor) { remark(.met016, at: participant.offset, "participant '\(participant.id)': \(problem)") }
            }
        }
    }

    private mutating func checkIdentifiers() {
        var seen: [String: String] = [:]
        func define(_ kind: String, _ id: String, _ offset: Int, _ document: inout RecordingDocument) {
            guard !id.isEmpty else {
                document.remark(.met005, at: offset, "a \(kind) has no identifier")
                return
            }
            let octets = Base64.decode(id)
            if !(id.utf8.count == 24 && id.hasSuffix("==") && octets?.count == 16) { document.remark(.met006, at: offset, "\(kind) '\(id)'") }
            if let octets, Self.isOfHardwareAddress(octets) {
                document.remark(.met031, at: offset, "\(kind) '\(id)'")
            }
            if let other = seen[id] { document.remark(.met015, at: offset, "'\(id)' is a \(other) and a \(kind)") } else { seen[id] = kind }
        }
        for element in groups { define("group", element.id, element.offset, &self) }
        for element in sessions { define("session", element.id, element.offset, &self) }
        for element in participants { define("participant", element.id, element.offset, &self) }
        for element in streams { define("stream", element.id, element.offset, &self) }
        for element in sessionRecordingAssociations where element.sessionID.isEmpty { remark(.met005, at: element.offset, "an association has no session") }
        for element in participantSessionAssociations where element.participantID.isEmpty || element.sessionID.isEmpty {
            remark(.met005, at: element.offset, "an association has no \(element.participantID.isEmpty ? "participant" : "session")")
        }
        for element in participantStreamAssociations where element.participantID.isEmpty {
            remark(.met005, at: element.offset, "an association has no participant")
        }
    }

    /// Version 1 with the multicast bit of the node clear: made from a hardware address (RFC 9562 section 5.1). Random octets look so once in
    /// 128 identifiers; that their time lies between 1990 and 2100 as well is chance no more.
    private static func isOfHardwareAddress(_ octets: [UInt8]) -> Bool {
        guard octets.count == 16, octets[6] >> 4 == 1, octets[8] >> 6 == 2, octets[10] & 1 == 0 else { return false }
        func number(_ range: Range<Int>) -> UInt64 { octets[range].reduce(0) { $0 << 8 | UInt64($1) } }
        // Units of 100 ns since 15 October 1582.
        let time = number(0..<4) | number(4..<6) << 32 | (number(6..<8) & 0xFFF) << 48
        return (128_504_448_000_000_000..<163_217_376_000_000_000).contains(time)
    }

    private mutating func checkTimes() {
        func check(_ time: MetadataTime?, _ offset: Int, _ document: inout RecordingDocument) {
            guard let time, !time.isStrict else { return }
            let problem = time.time == nil ? "is not a date and time" : time.hasZone ? "is not in RFC 3339 format" : "has no zone"
            document.remark(.met009, at: offset, "'\(String(time.text.prefix(60)))' \(problem)")
        }
        func check(_ begin: MetadataTime?, _ end: MetadataTime?, _ offset: Int, _ document: inout RecordingDocument) {
            check(begin, offset, &document)
            check(end, offset, &document)
        }
        for item in groups { check(item.associateTime, item.disassociateTime, item.offset, &self) }
        for item in sessions { check(item.startTime, item.stopTime, item.offset, &self) }
        for item in streams { check(item.associateTime, item.offset, &self) }
        for item in sessionRecordingAssociations { check(item.associateTime, item.disassociateTime, item.offset, &self) }
        for item in participantSessionAssociations { check(item.associateTime, item.disassociateTime, item.offset, &self) }
        for item in participantStreamAssociations { check(item.associateTime, item.disassociateTime, item.offset, &self) }
    }

    /// Why an address of record names nobody, or nil.
    static func aorProblem(_ aor: String) -> String? {
        if aor.isEmpty { return "the aor is empty" }
        let lower = aor.lowercased()
        if lower.containsIgnoringCase("anonymous") { return "the aor is anonymous" }
        guard let colon = lower.utf8.firstIndex(of: 0x3A) else { return "the aor '\(aor)' has no URI scheme" }
        let scheme = Array(lower.utf8[..<colon])
        let isScheme = scheme.enumerated().allSatisfy { index, unit in
            (0x61...0x7A).contains(unit) || index > 0 && (unit.isASCIIDigit || unit == 0x2B || unit == 0x2D || unit == 0x2E)
        }
        // `host.example:5060` begins like a scheme; what follows a real one is no port number alone.
        let rest = lower.utf8[lower.utf8.index(after: colon)...]
        if scheme.isEmpty || !isScheme || scheme.contains(0x2E) && rest.allSatisfy(\.isASCIIDigit) { return "the aor '\(aor)' has no URI scheme" }
        if rest.first == 0x40 { return "the aor '\(aor)' has no user" }
        return rest.isEmpty ? "the aor '\(aor)' is empty" : nil
    }
}
