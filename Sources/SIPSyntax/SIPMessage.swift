package import Evidence

/// One SIP message, read leniently: what cannot be understood is kept and remarked upon (RFC 3261 section 7).
package struct SIPMessage: Sendable {
    package typealias StartLine = SIPSyntax.StartLine

    /// What was read, behind one reference: messages are kept, sorted and handed on by the thousand.
    private final class Reading: Sendable {
        let parts: Parts

        init(_ parts: Parts) { self.parts = parts }
    }

    private struct Parts: Sendable {
        let headers: HeaderFields
        let start: StartLine.Layout
        let method: String
        let cseq: CSeq?
        let fromTag: String?
        let toTag: String?
        let body: Range<Int>
        let bodyIsComplete: Bool
        let remarks: [Remark]
    }

    private let reading: Reading

    package var startLine: StartLine { StartLine(reading.parts.start, in: raw[...]) }
    /// In the order of the wire.
    package var headers: HeaderFields { reading.parts.headers }
    /// All octets as given, or the first `Limits.sipMessageOctets` of them.
    package var raw: [UInt8] { reading.parts.headers.raw }
    /// First octet after the blank line.
    package var bodyStart: Int { reading.parts.body.lowerBound }
    /// The octets that Content-Length declares, as far as they are there; all to the end without Content-Length.
    package var body: Range<Int> { reading.parts.body }
    /// False when Content-Length promises more octets than there are, or when the header fields are cut.
    package var bodyIsComplete: Bool { reading.parts.bodyIsComplete }
    package var remarks: [Remark] { reading.parts.remarks }
    /// Tag of From and of To (RFC 3261 section 19.3); kept, as every message is sorted by them several times.
    package var fromTag: String? { reading.parts.fromTag }
    package var toTag: String? { reading.parts.toTag }
    package var cseq: CSeq? { reading.parts.cseq }
    /// Method of a request; of a response the one in its CSeq.
    package var method: String { reading.parts.method }
    /// Status code of a response.
    package var status: Int? { reading.parts.start.status }

    /// Octets after the declared body (RFC 3261 section 18.3 has them discarded; a wrong Content-Length is as likely).
    package var excess: Range<Int> { body.upperBound..<raw.count }

    /// Nil only when the octets do not begin with a SIP start line, blank lines before it apart.
    package init?(parsing octets: [UInt8], limits: Limits) {
        var remarks: [Remark] = []
        let limit = max(1, limits.sipMessageOctets)
        let raw: [UInt8]
        if octets.count > limit {
            raw = Array(octets[..<limit])
            remarks.append(Remark(.sip006, at: limit, "message of \(octets.count) bytes; only the first \(limit) are read"))
        } else {
            raw = octets
        }
        var start = 0
        while start < raw.count, raw[start] == 0x0D || raw[start] == 0x0A { start += 1 }
        let line = HeaderBlock.line(raw, from: start, to: min(raw.count, start + StartLine.longestLine))
        guard let layout = StartLine.Layout(raw[line.content]) else { return nil }
        let block = HeaderBlock(raw, from: line.next, to: raw.count, limit: max(1, limits.sipHeaders))
        if line.isBare || block.bareLineFeeds > 0 {
            let first = line.isBare ? line.next - 1 : block.firstBareLineFeed
            let count = block.bareLineFeeds + (line.isBare ? 1 : 0)
            remarks.append(Remark(.sip003, at: first, "\(count) header \(count == 1 ? "line ends" : "lines end") in LF without CR"))
        }
        if block.dropped > 0 {
            remarks.append(
                Remark(
                    .sip006, at: block.end, "\(block.dropped) header \(block.dropped == 1 ? "field" : "fields") beyond the first \(limits.sipHeaders) not read")
            )
        }
        for offset in block.malformedLines.prefix(8) { remarks.append(Remark(.sip004, at: offset, "the line is not a header field")) }
        if !block.isTerminated { remarks.append(Remark(.sip009, at: raw.count, "the message ends inside its header")) }

        let present = raw.count - block.end
        let declared = Self.contentLength(block.fields, &remarks)
        let body = block.end..<block.end + min(present, declared ?? present)
        if let declared {
            if declared > limit - min(limit, block.end) {
                remarks.append(
                    Remark(.sip006, at: block.end, "Content-Length is \(declared); bodies of messages over \(limit) bytes are not read completely"))
            } else if declared > present {
                remarks.append(Remark(.sip001, at: block.end, "Content-Length is \(declared), but the body has \(present) bytes"))
            } else if raw[body.upperBound...].contains(where: { $0 != 0x0D && $0 != 0x0A && $0 != 0 && !$0.isBlank }) {
                remarks.append(Remark(.sip007, at: body.upperBound, "Content-Length is \(declared), but the body has \(present) bytes"))
            }
        }
        remarks += Self.headerRemarks(block.fields, at: start, isWhole: block.isTerminated)
        let cseq = block.fields.content(.cseq).flatMap { CSeq($0) }
        // Kept as long as the message is: in no more room than it takes.
        let headers = HeaderFields(raw: raw, places: block.fields.places.map { $0 })
        reading = Reading(
            Parts(
                headers: headers, start: layout, method: layout.status == nil ? HeaderText.text(raw[layout.method]) : cseq?.method ?? "",
                cseq: cseq, fromTag: block.fields.content(.from).flatMap { AddressLayout($0)?.tag },
                toTag: block.fields.content(.to).flatMap { AddressLayout($0)?.tag }, body: body,
                bodyIsComplete: block.isTerminated && octets.count <= limit && declared.map { $0 <= present } ?? true, remarks: remarks))
    }

    /// The first readable Content-Length, in octets.
    static func contentLength(_ headers: HeaderFields, _ remarks: inout [Remark]) -> Int? {
        var found: Int?
        for place in headers.places where place.name == .contentLength {
            let text = place.content(in: headers.raw)
            guard !text.isEmpty, text.allSatisfy(\.isASCIIDigit) else {
                remarks.append(Remark(.sip004, at: Int(place.offset), "Content-Length is not a number"))
                continue
            }
            let value = Int(HeaderText.text(text)) ?? Int.max
            if let found, found != value { remarks.append(Remark(.sip004, at: Int(place.offset), "two values of Content-Length, \(found) and \(value)")) }
            found = found ?? value
        }
        return found
    }

    private static func headerRemarks(_ headers: HeaderFields, at start: Int, isWhole: Bool) -> [Remark] {
        var remarks: [Remark] = []
        // In a cut header the last field may be cut too, and what is missing may be beyond the cut: neither is the sender's fault.
        let whole = isWhole ? headers.places[...] : headers.places.dropLast()
        for place in whole {
            switch place.name {
            case .from, .to, .contact:
                var isEmpty = true
                var isMalformed = false
                for entry in HeaderPieces(place.content(in: headers.raw), at: 0x2C) where !entry.isEmpty {
                    isEmpty = false
                    if !entry.elementsEqual([0x2A]), AddressLayout(entry)?.isMalformed ?? true { isMalformed = true }
                }
                if isEmpty || isMalformed {
                    let name = SIPHeader(raw: headers.raw, place: place).name
                    remarks.append(Remark(.sip004, at: Int(place.offset), "\(name) is not a name-addr or addr-spec"))
                }
            case .cseq:
                if CSeq(place.content(in: headers.raw)) == nil {
                    remarks.append(Remark(.sip004, at: Int(place.offset), "CSeq is not a number and a method"))
                }
            default: break
            }
        }
        if isWhole {
            let missing = [HeaderName.via, .from, .to, .callID, .cseq].filter { name in !whole.contains { $0.name == name } }
            if !missing.isEmpty { remarks.append(Remark(.sip002, at: start, "no \(missing.map(\.text.description).joined(separator: ", "))")) }
        }
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

    init?(_ text: ArraySlice<UInt8>) {
        let start = text.firstIndex { !$0.isBlank } ?? text.endIndex
        let end = text[start...].firstIndex(where: \.isBlank) ?? text.endIndex
        let digits = text[start..<end]
        let name = text[end...].drop(while: \.isBlank)
        guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit), let number = UInt32(HeaderText.text(digits)) else { return nil }
        guard !name.isEmpty, name.allSatisfy(\.isTokenOctet) else { return nil }
        self.init(number: number, method: HeaderText.text(name))
    }
}
