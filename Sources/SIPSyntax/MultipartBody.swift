package import Evidence

extension SIPMessage {
    /// The leaves of the body in order, nested multiparts walked; empty without a body.
    ///
    /// Where Content-Length cuts a body whose proper end follows in the same datagram, the longer body is read (rule SIP007).
    package func parts(limits: Limits) -> [BodyPart] {
        var range = body
        guard !raw[range].isEmpty || !excess.isEmpty else { return [] }
        let type = MediaType(headers)
        if !excess.isEmpty, isCut(type) { range = body.lowerBound..<raw.count }
        guard !range.isEmpty else { return [] }
        if type.isMultipart, let packed = packedParts(range, limits: limits) { return packed }
        var reader = MultipartReader(raw: raw, limits: limits)
        reader.read(headers, content: range, isComplete: bodyIsComplete, depth: 0)
        return reader.finished
    }

    /// The parts of a multipart that was packed as a whole; nil where it was not, or does not unpack.
    private func packedParts(_ range: Range<Int>, limits: Limits) -> [BodyPart]? {
        let coding = BodyPart.word(headers, .contentEncoding)
        guard !ContentEncoding.isIdentity(coding),
            let plain = try? ContentEncoding.decode(Array(raw[range]), coding: coding, limit: limits.sipMessageOctets)
        else { return nil }
        var reader = MultipartReader(raw: plain, limits: limits)
        reader.read(headers, content: plain.indices, isComplete: bodyIsComplete, depth: 0, isUnpacked: true)
        return reader.finished.map { part in
            var part = part
            part.offset = range.lowerBound
            part.isTransferDecoded = true
            part.remarks = part.remarks.map { Remark($0.rule, at: range.lowerBound, $0.message) }
            return part
        }
    }

    /// Whether the declared body stops before its own end while the octets after it hold that end.
    private func isCut(_ type: MediaType) -> Bool {
        func ends(_ range: Range<Int>) -> Bool {
            let trimmed = raw[range].reversed().drop { $0.isBlank || $0 == 0x0D || $0 == 0x0A || $0 == 0 }
            guard type.isMultipart else { return trimmed.first == 0x3E }
            guard let boundary = type.parameters.value("boundary"), !boundary.isEmpty else { return trimmed.starts(with: [0x2D, 0x2D]) }
            return MultipartReader.hasClosing(raw, range, boundary: Array(boundary.utf8))
        }
        guard type.isMultipart || type.name.hasSuffix("xml") || type.name.hasPrefix("application/rs-metadata") else { return false }
        return !ends(body) && ends(body.lowerBound..<raw.count)
    }
}

/// Splits multiparts at their boundary lines (RFC 2046 section 5.1.1).
struct MultipartReader {
    let raw: [UInt8]
    let limits: Limits
    private var parts: [BodyPart] = []
    private var containerRemarks: [Remark] = []

    init(raw: [UInt8], limits: Limits) {
        self.raw = raw
        self.limits = limits
    }

    private struct Delimiter {
        /// The line end before the boundary belongs to it.
        let contentEnd: Int
        let next: Int
        let isClosing: Bool
    }

    /// - Parameter isUnpacked: the Content-Encoding that `fields` tell of was undone before.
    mutating func read(_ fields: HeaderFields, content: Range<Int>, isComplete: Bool, depth: Int, isUnpacked: Bool = false) {
        let type = MediaType(fields)
        let isMultipart = type.isMultipart || depth == 0 && isUndeclared(content)
        guard isMultipart, depth < limits.multipartDepth else {
            var remarks: [Remark] = []
            if isMultipart {
                remarks.append(Remark(.sip006, at: content.lowerBound, "multipart nested deeper than \(limits.multipartDepth) levels is not read"))
            }
            parts.append(
                BodyPart(fields: fields, raw: raw, content: content, isComplete: isComplete, isUnpacked: isUnpacked, remarks: remarks, limits: limits))
            return
        }
        let declared = HeaderText.trimmed(Array((type.parameters.value("boundary") ?? "").utf8)[...])
        var delimiters = declared.isEmpty ? [] : find(Array(declared), in: content)
        if delimiters.isEmpty, let guess = guessedBoundary(in: content) {
            let text =
                !type.isMultipart
                ? "the body is multipart but its type is '\(type.name)'"
                : declared.isEmpty ? "no boundary parameter" : "boundary \"\(HeaderText.text(declared))\" is not in the body"
            containerRemarks.append(Remark(.sip005, at: content.lowerBound, "\(text), \"\(String(decoding: guess, as: UTF8.self))\" is used"))
            delimiters = find(guess, in: content)
        }
        guard let first = delimiters.first, !first.isClosing else {
            let remark = Remark(.sip005, at: content.lowerBound, "no boundary line starts a part; the body is read as one part")
            parts.append(
                BodyPart(fields: fields, raw: raw, content: content, isComplete: isComplete, isUnpacked: isUnpacked, remarks: [remark], limits: limits))
            return
        }
        var opened = 0
        for (index, delimiter) in delimiters.enumerated() where !delimiter.isClosing {
            let isLast = index + 1 == delimiters.count
            let end = isLast ? content.upperBound : delimiters[index + 1].contentEnd
            if isLast { containerRemarks.append(Remark(.sip005, at: end, "the closing boundary line is missing")) }
            guard opened < limits.multipartParts, parts.count < limits.multipartParts * limits.multipartDepth else {
                containerRemarks.append(Remark(.sip006, at: delimiter.next, "more than \(limits.multipartParts) body parts; the rest is not read"))
                break
            }
            opened += 1
            let block = HeaderBlock(raw, from: delimiter.next, to: max(delimiter.next, end), limit: limits.sipHeaders, stopsAtText: true)
            read(block.fields, content: block.end..<max(block.end, end), isComplete: isComplete || !isLast, depth: depth + 1)
        }
    }

    /// The parts; what was remarked about multiparts themselves is with the first leaf, so that none is lost.
    var finished: [BodyPart] {
        var out = parts
        if !out.isEmpty { out[0].remarks.insert(contentsOf: containerRemarks, at: 0) }
        return out
    }

    /// Boundary lines in order, up to and including the closing one; what follows it is epilogue.
    private func find(_ boundary: [UInt8], in content: Range<Int>) -> [Delimiter] {
        var out: [Delimiter] = []
        var position = content.lowerBound
        var previousEnd = content.lowerBound
        while position < content.upperBound {
            let line = HeaderBlock.line(raw, from: position, to: content.upperBound)
            if let isClosing = Self.delimits(raw, line.content, boundary) {
                out.append(Delimiter(contentEnd: previousEnd, next: line.next, isClosing: isClosing))
                if isClosing { break }
            }
            previousEnd = line.content.upperBound
            position = line.next
        }
        return out
    }

    /// Whether the line is `--boundary` (false) or `--boundary--` (true), blanks after it allowed; nil for another line.
    private static func delimits(_ raw: [UInt8], _ line: Range<Int>, _ boundary: [UInt8]) -> Bool? {
        let start = line.lowerBound
        guard line.count >= boundary.count + 2, raw[start] == 0x2D, raw[start + 1] == 0x2D else { return nil }
        guard raw[(start + 2)..<(start + 2 + boundary.count)].elementsEqual(boundary) else { return nil }
        let rest = HeaderText.trimmed(raw[(start + 2 + boundary.count)..<line.upperBound])
        if rest.isEmpty { return false }
        return rest.elementsEqual([0x2D, 0x2D]) ? true : nil
    }

    static func hasClosing(_ raw: [UInt8], _ range: Range<Int>, boundary: [UInt8]) -> Bool {
        MultipartReader(raw: raw, limits: Limits()).find(boundary, in: range).last?.isClosing ?? false
    }

    /// Whether a body of another type begins with a boundary line all the same; what claims to be text may quote one.
    private func isUndeclared(_ content: Range<Int>) -> Bool {
        let start = raw[content].firstIndex { $0 != 0x0D && $0 != 0x0A && !$0.isBlank } ?? content.upperBound
        return raw[start..<content.upperBound].starts(with: [0x2D, 0x2D]) && guessedBoundary(in: start..<content.upperBound) != nil
    }

    /// The first line of two dashes and text that a MIME header line follows: what the sender really used.
    private func guessedBoundary(in content: Range<Int>) -> [UInt8]? {
        var position = content.lowerBound
        while position < content.upperBound {
            let line = HeaderBlock.line(raw, from: position, to: content.upperBound)
            let text = Array(HeaderText.trimmed(raw[line.content]))
            if text.count > 2, text.count <= 202, text[0] == 0x2D, text[1] == 0x2D {
                let next = HeaderBlock.line(raw, from: line.next, to: content.upperBound)
                if String(decoding: raw[next.content].prefix(8), as: UTF8.self).lowercased() == "content-" { return Array(text[2...]) }
            }
            position = line.next
        }
        return nil
    }
}
