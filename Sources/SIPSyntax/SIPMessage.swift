package import Evidence

/// One SIP message, read leniently: what cannot be understood is kept and remarked upon (RFC 3261 section 7).
package struct SIPMessage: Sendable {
    package typealias StartLine = SIPSyntax.StartLine

    package let startLine: StartLine
    /// In the order of the wire.
    package let headers: [SIPHeader]
    /// All octets as given, or the first `Limits.sipMessageOctets` of them.
    package let raw: [UInt8]
    /// First octet after the blank line.
    package let bodyStart: Int
    /// The octets that Content-Length declares, as far as they are there; all to the end without Content-Length.
    package let body: Range<Int>
    /// False when Content-Length promises more octets than there are, or when the header fields are cut.
    package let bodyIsComplete: Bool
    package let remarks: [Remark]
    /// Tag of From and of To (RFC 3261 section 19.3); kept, as every message is sorted by them several times.
    package let fromTag: String?
    package let toTag: String?

    /// Octets after the declared body (RFC 3261 section 18.3 has them discarded; a wrong Content-Length is as likely).
    package var excess: Range<Int> { body.upperBound..<raw.count }

    /// Nil only when the octets do not begin with a SIP start line, blank lines before it apart.
    package init?(parsing octets: [UInt8], limits: Limits) {
        var remarks: [Remark] = []
        let limit = max(1, limits.sipMessageOctets)
        if octets.count > limit {
            raw = Array(octets[..<limit])
            remarks.append(Remark(.sip006, at: limit, "message of \(octets.count) octets, only the first \(limit) are read"))
        } else {
            raw = octets
        }
        var start = 0
        while start < raw.count, raw[start] == 0x0D || raw[start] == 0x0A { start += 1 }
        let line = HeaderBlock.line(raw, from: start, to: min(raw.count, start + SIPSyntax.StartLine.longestLine))
        guard let startLine = SIPSyntax.StartLine(raw[line.content]) else { return nil }
        self.startLine = startLine
        let block = HeaderBlock(raw, from: line.next, to: raw.count, limit: max(1, limits.sipHeaders))
        headers = block.headers
        fromTag = block.headers.first("From").flatMap { NameAddress(parsing: $0)?.tag }
        toTag = block.headers.first("To").flatMap { NameAddress(parsing: $0)?.tag }
        bodyStart = block.end
        if line.isBare || block.bareLineFeeds > 0 {
            let first = line.isBare ? line.next - 1 : block.firstBareLineFeed
            let count = block.bareLineFeeds + (line.isBare ? 1 : 0)
            remarks.append(Remark(.sip003, at: first, "\(count) line(s) of the header end in LF without CR"))
        }
        if block.dropped > 0 {
            remarks.append(Remark(.sip006, at: block.end, "\(block.dropped) header field(s) beyond the first \(limits.sipHeaders) are not read"))
        }
        for offset in block.malformedLines.prefix(8) { remarks.append(Remark(.sip004, at: offset, "line is not a header field")) }
        if !block.isTerminated { remarks.append(Remark(.sip009, at: raw.count, "the message ends before its header fields do")) }

        let present = raw.count - block.end
        let declared = Self.contentLength(block.headers, &remarks)
        body = block.end..<block.end + min(present, declared ?? present)
        bodyIsComplete = block.isTerminated && octets.count <= limit && declared.map { $0 <= present } ?? true
        if let declared {
            if declared > limit - min(limit, block.end) {
                remarks.append(
                    Remark(.sip006, at: block.end, "Content-Length is \(declared); of messages with more than \(limit) octets the body is not read whole"))
            } else if declared > present {
                remarks.append(Remark(.sip001, at: block.end, "Content-Length is \(declared), \(present) octets are there"))
            } else if raw[body.upperBound...].contains(where: { $0 != 0x0D && $0 != 0x0A && $0 != 0 && !$0.isBlank }) {
                remarks.append(Remark(.sip007, at: body.upperBound, "Content-Length is \(declared), \(present) octets are there"))
            }
        }
        remarks += Self.headerRemarks(headers, at: start, isWhole: block.isTerminated)
        self.remarks = remarks
    }

    /// The first readable Content-Length, in octets.
    static func contentLength(_ headers: [SIPHeader], _ remarks: inout [Remark]) -> Int? {
        var found: Int?
        for header in headers where header.key == "content-length" {
            guard !header.value.isEmpty, header.value.utf8.allSatisfy(\.isASCIIDigit) else {
                remarks.append(Remark(.sip004, at: header.offset, "Content-Length is not a number"))
                continue
            }
            let value = Int(header.value) ?? Int.max
            if let found, found != value { remarks.append(Remark(.sip004, at: header.offset, "Content-Length is given twice, as \(found) and \(value)")) }
            found = found ?? value
        }
        return found
    }

    private static func headerRemarks(_ headers: [SIPHeader], at start: Int, isWhole: Bool) -> [Remark] {
        var remarks: [Remark] = []
        var keys: Set<String> = []
        // In a cut header the last field may be cut too, and what is missing may be beyond the cut: neither is the sender's fault.
        for (index, header) in headers.enumerated() where isWhole || index + 1 < headers.count {
            keys.insert(header.key)
            switch header.key {
            case "from", "to", "contact":
                let entries = HeaderText.commaSplit(header.value)
                if entries.isEmpty || entries.contains(where: { $0 != "*" && (NameAddress(parsing: $0)?.isMalformed ?? true) }) {
                    remarks.append(Remark(.sip004, at: header.offset, "\(header.name) is not a name-addr or addr-spec"))
                }
            case "cseq":
                if CSeq(parsing: header.value) == nil { remarks.append(Remark(.sip004, at: header.offset, "CSeq is not a number and a method")) }
            default: break
            }
        }
        let missing = [("Via", "via"), ("From", "from"), ("To", "to"), ("Call-ID", "call-id"), ("CSeq", "cseq")].filter { !keys.contains($0.1) }
        if !missing.isEmpty, isWhole { remarks.append(Remark(.sip002, at: start, "no \(missing.map(\.0).joined(separator: ", "))")) }
        return remarks
    }
}

/// CSeq (RFC 3261 section 20.16).
package struct CSeq: Sendable, Hashable {
    package let number: UInt32
    /// As written: methods are case-sensitive.
    package let method: String

    package init(number: UInt32, method: String) {
        self.number = number
        self.method = method
    }

    init?(parsing text: String) {
        let parts = text.utf8.split(maxSplits: 1, whereSeparator: \.isBlank)
        guard parts.count == 2, let digits = parts.first, digits.allSatisfy(\.isASCIIDigit), let number = UInt32(String(Substring(digits))) else { return nil }
        let method = String(Substring(parts[1].drop(while: \.isBlank)))
        guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenOctet) else { return nil }
        self.init(number: number, method: method)
    }
}
