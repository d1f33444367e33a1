package import Evidence

/// One message cut out of a stream.
package struct FramedMessage: Sendable, Equatable {
    package let octets: [UInt8]
    /// Maps octets of this message to packets.
    package let origins: OriginMap
    /// False when octets of the message were lost, or the stream or a limit ended before it did.
    package let isComplete: Bool
    /// Content-Length did not say where the message ends: the next start line, or the octets at hand, did.
    package var hasWrongLength = false

    package init(octets: [UInt8], origins: OriginMap, isComplete: Bool) {
        self.octets = octets
        self.origins = origins
        self.isComplete = isComplete
    }
}

/// Cuts one direction of a TCP or TLS stream into messages by Content-Length (RFC 3261 section 18.3).
///
/// Keepalives (RFC 5626 section 4.4.1) between messages are skipped. After lost octets, or octets that are no message, it goes on at the
/// next start line. Feed octets in order; take the messages from each call and those of `finish()` at the end.
package struct SIPStreamFramer: Sendable {
    private enum State: Sendable {
        /// At the first octet of a start line or a keepalive.
        case between
        /// In something unknown; looking for a start line.
        case lost
        /// In header fields; `lineStart` is where to look on.
        case headers(lineStart: Int)
        /// In a body that is said to end at `end`; `lineStart` is where to look on for a start line that must not be in it, nil where one may.
        case body(end: Int, lineStart: Int?)
        /// In a body without Content-Length: ends at the next start line. `lineStart` is where to look on.
        case openBody(lineStart: Int)
    }

    /// Text without a start line after which a stream is given up as not SIP.
    private static let patience = 16_384

    private let limits: Limits
    private var buffer: [UInt8] = []
    private var origins = OriginMap()
    /// First octet of the message being read; octets before it are done with.
    private var start = 0
    private var scan = 0
    private var state = State.between
    private var hasFramed = false
    /// The message being read has a Content-Type.
    private var hasContent = false
    private var skipped = 0
    /// What was passed over since the last message.
    private var remainder: [UInt8] = []
    private var remainderOrigins = OriginMap()

    /// Whether the stream cannot be SIP: it began with octets that no message begins with, or showed no start line for long.
    package private(set) var isNotSIP = false

    package init(limits: Limits) { self.limits = limits }

    /// Adds octets that follow those fed before, after `lostBefore` octets that are missing.
    package mutating func feed(_ octets: [UInt8], origins: OriginMap, lostBefore: Int) -> [FramedMessage] {
        guard !isNotSIP else { return [] }
        var out: [FramedMessage] = []
        if lostBefore > 0 {
            out += interrupt()
            state = .lost
        }
        compact()
        for piece in origins.pieces { self.origins.append(start: buffer.count + piece.start, origin: piece.origin, time: piece.time) }
        buffer += octets
        while !isNotSIP, let message = step() {
            if let framed = message.framed { out.append(framed) }
        }
        if isNotSIP { reset() }
        return out
    }

    /// The message that was being read when the stream ended, if any.
    package mutating func finish() -> [FramedMessage] { isNotSIP ? [] : interrupt() }

    private struct Step { var framed: FramedMessage? }

    /// One state change; nil when more octets are needed.
    private mutating func step() -> Step? {
        switch state {
        case .between: between()
        case .lost: resynchronise()
        case .headers(let lineStart): headers(from: lineStart)
        case .body(let end, let lineStart): body(to: end, from: lineStart)
        case .openBody(let lineStart): openBody(from: lineStart)
        }
    }

    private mutating func between() -> Step? {
        while start < buffer.count, buffer[start] == 0x0D || buffer[start] == 0x0A { start += 1 }
        scan = max(scan, start)
        guard start < buffer.count else { return nil }
        guard buffer[start].isTokenOctet || hasFramed || isText(start) else {
            isNotSIP = true
            return nil
        }
        guard let end = lineEnd(from: scan) else {
            if buffer.count - start > StartLine.longestLine || !couldStart() {
                state = .lost
                return Step()
            }
            scan = buffer.count
            return nil
        }
        if StartLine.Layout(buffer[start..<end.content]) != nil {
            state = .headers(lineStart: end.next)
        } else {
            state = .lost
        }
        return Step()
    }

    /// Whether the unfinished first line can still become a start line.
    private func couldStart() -> Bool {
        let method = buffer[start...].prefix(StartLine.longestMethod + 1)
        guard let stop = method.firstIndex(where: { !$0.isTokenOctet }) else { return method.count <= StartLine.longestMethod }
        return stop > start && (buffer[stop].isBlank || buffer[stop] == 0x2F)
    }

    /// Looks for a start line from line to line, and within a line for one that follows a body without a line end.
    private mutating func resynchronise() -> Step? {
        scan = max(scan, start)
        guard let end = lineEnd(from: scan) else {
            if !hasFramed, !isText(start) { isNotSIP = true }
            if buffer.count - start > StartLine.longestLine { giveUp(upTo: buffer.count) }
            scan = buffer.count
            return nil
        }
        if let found = Self.startLine(in: buffer, start..<end.content) {
            giveUp(upTo: found)
            if isNotSIP { return nil }
            skipped = 0
            state = .headers(lineStart: end.next)
            return Step()
        }
        if !hasFramed, !isText(start) { isNotSIP = true }
        giveUp(upTo: end.next)
        return isNotSIP ? nil : Step()
    }

    /// Octets before the message that was cut last that belong to none: the end of one whose beginning is not there. Nil where there are none.
    package mutating func takeRemainder() -> FramedMessage? {
        guard !remainder.isEmpty, case .between = state else { return nil }
        defer {
            remainder = []
            remainderOrigins = OriginMap()
        }
        return FramedMessage(octets: remainder, origins: remainderOrigins, isComplete: false)
    }

    private mutating func giveUp(upTo index: Int) {
        if index > start, remainder.count < Self.patience {
            for piece in origins.slice(start..<index).pieces {
                remainderOrigins.append(start: remainder.count + piece.start, origin: piece.origin, time: piece.time)
            }
            remainder += buffer[start..<index]
        }
        skipped += index - start
        start = index
        scan = index
        if !hasFramed, skipped > Self.patience { isNotSIP = true }
    }

    private mutating func headers(from lineStart: Int) -> Step? {
        var position = lineStart
        scan = max(scan, position)
        while let end = lineEnd(from: scan) {
            scan = end.next
            if end.content <= position { return headerEnd(at: end.next) }
            position = end.next
        }
        scan = buffer.count
        state = .headers(lineStart: position)
        guard buffer.count - start > limits.sipMessageOctets else { return nil }
        let step = emit(upTo: buffer.count, isComplete: false)
        state = .lost
        return step
    }

    private mutating func headerEnd(at end: Int) -> Step {
        let first = HeaderBlock.line(buffer, from: start, to: end)
        let block = HeaderBlock(buffer, from: first.next, to: end, limit: limits.sipHeaders)
        var remarks: [Remark] = []
        guard let length = SIPMessage.contentLength(block.fields, &remarks) else {
            // Without Content-Length a body, if there is one, can only be told by the next start line.
            state = block.fields.content(.contentType) == nil ? .body(end: end, lineStart: nil) : .openBody(lineStart: end)
            scan = end
            return Step()
        }
        let (total, overflow) = (end - start).addingReportingOverflow(length)
        if overflow || total > limits.sipMessageOctets {
            let step = emit(upTo: end, isComplete: false)
            state = .lost
            return step
        }
        let type = block.fields.content(.contentType).map { HeaderText.lowercased($0) }
        hasContent = type != nil
        // Messages in messages, and parts that may be such, are the bodies that start lines belong in.
        let isPlain = type.map { !$0.hasPrefix("message/") && !$0.hasPrefix("multipart/") } ?? false
        state = .body(end: end + length, lineStart: isPlain && length > 0 ? end : nil)
        scan = end
        return Step()
    }

    private mutating func body(to end: Int, from start: Int?) -> Step? {
        if var lineStart = start {
            scan = max(scan, lineStart)
            while lineStart < end, let line = lineEnd(from: scan) {
                // A line across the said end may be a body's last one and the next message's first one together, unless it begins with a method.
                let mayStart = line.content <= end || Self.beginsKnown(buffer[lineStart...])
                if mayStart, StartLine.Layout(buffer[lineStart..<line.content]) != nil { return emit(upTo: lineStart, isComplete: true, hasWrongLength: true) }
                lineStart = line.next
                scan = line.next
            }
            if lineStart < end {
                scan = buffer.count
                state = .body(end: end, lineStart: lineStart)
                // Waits for the end of a line that looks like a start line so far.
                if buffer.count >= end, buffer.count - lineStart < StartLine.longestLine, Self.beginsKnown(buffer[lineStart...]) { return nil }
            }
        }
        guard buffer.count >= end else { return nil }
        if hasContent, let further = furtherEnd(than: end) { return emit(upTo: further, isComplete: true, hasWrongLength: true) }
        return emit(upTo: end, isComplete: true)
    }

    /// Where a body really ends that goes on behind its said end: at the next start line, or where the octets at hand end. Nil when what
    /// follows may be the next message.
    private func furtherEnd(than end: Int) -> Int? {
        var index = end
        while index < buffer.count, buffer[index] == 0x0D || buffer[index] == 0x0A { index += 1 }
        guard index < buffer.count, isText(index), let line = lineEnd(from: index), Self.startLine(in: buffer, index..<line.content) != index else {
            return nil
        }
        index = end
        while let line = lineEnd(from: index) {
            if let found = Self.startLine(in: buffer, index..<line.content) { return found }
            index = line.next
        }
        return buffer.count
    }

    private mutating func openBody(from lineStart: Int) -> Step? {
        scan = max(scan, lineStart)
        if let end = lineEnd(from: scan) {
            if let found = Self.startLine(in: buffer, lineStart..<end.content) { return emit(upTo: found, isComplete: true) }
            state = .openBody(lineStart: end.next)
            scan = end.next
            return buffer.count - start > limits.sipMessageOctets ? interruptStep() : Step()
        }
        scan = buffer.count
        return buffer.count - start > limits.sipMessageOctets ? interruptStep() : nil
    }

    private mutating func interruptStep() -> Step {
        let step = emit(upTo: buffer.count, isComplete: false)
        state = .lost
        return step
    }

    private mutating func emit(upTo end: Int, isComplete: Bool, hasWrongLength: Bool = false) -> Step {
        var framed = FramedMessage(octets: Array(buffer[start..<end]), origins: origins.slice(start..<end), isComplete: isComplete)
        framed.hasWrongLength = hasWrongLength
        start = end
        scan = end
        state = .between
        hasFramed = true
        return Step(framed: framed)
    }

    /// Ends what was being read at the last octet that came.
    private mutating func interrupt() -> [FramedMessage] {
        var out: [FramedMessage] = []
        switch state {
        case .headers, .body:
            if let framed = emit(upTo: buffer.count, isComplete: false).framed { out.append(framed) }
        case .openBody:
            if let framed = emit(upTo: buffer.count, isComplete: true).framed { out.append(framed) }
        case .between, .lost: break
        }
        reset()
        return out
    }

    private mutating func reset() {
        buffer.removeAll()
        origins = OriginMap()
        start = 0
        scan = 0
        state = .between
    }

    /// Frees what is done with, seldom enough to stay linear.
    private mutating func compact() {
        guard start > 65_536 || start == buffer.count, start > 0 else { return }
        buffer.removeSubrange(..<start)
        origins = buffer.isEmpty ? OriginMap() : origins.dropping(start)
        let by = start
        start = 0
        scan = max(0, scan - by)
        switch state {
        case .headers(let line): state = .headers(lineStart: line - by)
        case .body(let end, let line): state = .body(end: end - by, lineStart: line.map { $0 - by })
        case .openBody(let line): state = .openBody(lineStart: line - by)
        case .between, .lost: break
        }
    }

    /// End of the line that holds `from`: where its content ends and the next line begins.
    private func lineEnd(from: Int) -> (content: Int, next: Int)? {
        var index = from
        while index < buffer.count, buffer[index] != 0x0A { index += 1 }
        guard index < buffer.count else { return nil }
        return (index > start && buffer[index - 1] == 0x0D ? index - 1 : index, index + 1)
    }

    /// Whether the octets from `from` on, as far as they are there, are text.
    private func isText(_ from: Int) -> Bool {
        buffer[from...].prefix(256).allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 }
    }

    private static let methods = [
        "INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "PRACK", "OPTIONS", "REGISTER", "INFO", "NOTIFY", "SUBSCRIBE", "REFER", "MESSAGE", "PUBLISH",
    ].map { Array($0.utf8) }

    /// Where in the line a start line begins: at its start, or after a body that ended without a line end.
    private static func startLine(in buffer: [UInt8], _ line: Range<Int>) -> Int? {
        guard line.count >= 11 else { return nil }
        if StartLine.Layout(buffer[line]) != nil { return line.lowerBound }
        guard line.count <= StartLine.longestLine else { return nil }
        for index in line.dropFirst() where buffer[index] == 0x53 || methods.contains(where: { $0[0] == buffer[index] }) {
            let rest = buffer[index..<line.upperBound]
            if beginsKnown(rest), StartLine.Layout(rest) != nil { return index }
        }
        return nil
    }

    /// Begins with `SIP/` or a method that is known and a blank.
    private static func beginsKnown(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: [0x53, 0x49, 0x50, 0x2F]) || methods.contains { line.starts(with: $0) && line.dropFirst($0.count).first == 0x20 }
    }
}
