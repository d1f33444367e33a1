import Evidence

/// Turns a text log of SIP messages into pcap octets, piece by piece: each message becomes a UDP datagram (link type RAW) between the addresses
/// of the time line before it.
///
///      Jul 10 12:00:00.123 On [1:0]10.0.0.1:5060 received from 10.0.0.2:5060      session border controllers of Oracle (Acme Packet)
///      2024/07/10 12:00:00.123456 10.0.0.2:5060 -> 10.0.0.1:5060                  sngrep, ngrep, HOMER and others
///
/// What programs log of themselves is in `TraceLine` (FreeSWITCH, Asterisk; 0.0.0.0 stands for the program), Kamailio's sipdump in `DumpHead`.
/// Zones are not written, so times are read as UTC. The first form has no year: that of the first `Date` header field is taken, else 1970.
/// Frames are held back until that is known, up to a bound.
package struct SIPMessageLog: Sendable {
    /// Octets of a datagram's payload at most; a longer message is cut, as the record says.
    private static var messageLimit: Int { 65_535 - 48 }
    private static var lineLimit: Int { 65_536 }
    /// Messages held back while the year is looked for.
    private static var heldLimit: Int { 512 }

    private struct Held: Sendable {
        let head: TimeLine
        let message: [UInt8]
    }

    /// Complaints since the last look; file offsets are those of the log.
    package private(set) var remarks: [CaptureRemark] = []
    private var line: [UInt8] = []
    private var isLineCut = false
    private var offset: UInt64 = 0
    private var lineStart: UInt64 = 0
    private var head: TimeLine?
    private var message: [UInt8] = []
    /// Blanks before each line of the message at hand.
    private var indent = 0
    /// The latest time that a line began with.
    private var stamp: LogStamp?
    private var dump: DumpHead?
    private var isDateMissing = false
    private var held: [Held] = []
    private var year: Int64?
    private var lastMonth: Int64 = 0
    private var number: UInt32 = 0
    private var hasBegun = false

    package init() {}

    /// True where one of the first lines is a time line and the next begins a SIP message.
    package static func sniff(_ head: RawSpan) -> Bool {
        var lines = head.array(0..<min(head.byteCount, 4096)).split(separator: 0x0A, omittingEmptySubsequences: true).prefix(48)
        var dump = DumpHead()
        while let line = lines.popFirst() {
            if line.contains(0) { return false }
            dump.take(Array(line))
            let isHead = TimeLine(TimeLine.words(line), stamp: nil) != nil || isRow(line, of: 0x7E) && dump.timeLine != nil
            if isHead, let next = lines.first(where: { !isRow($0, of: 0x2D) }), isStart(next.drop { $0 == 0x20 }) { return true }
        }
        return false
    }

    /// The complaints so far, and none left.
    package mutating func takeRemarks() -> [CaptureRemark] {
        defer { remarks = [] }
        return remarks
    }

    /// Takes the log's next octets; gives pcap octets as far as they are certain.
    package mutating func convert(_ octets: ArraySlice<UInt8>, isFinal: Bool) -> [UInt8] {
        var out: [UInt8] = []
        if !hasBegun {
            hasBegun = true
            out = Self.fileHeader
            remarks.append(CaptureRemark(.cap015, fileOffset: 0, frame: 0, "a text log of SIP messages, read as datagrams with times in UTC"))
        }
        for octet in octets {
            offset += 1
            if octet == 0x0A {
                endLine(&out)
            } else if line.count < Self.lineLimit {
                line.append(octet)
            } else {
                isLineCut = true
            }
        }
        if isFinal {
            if !line.isEmpty { endLine(&out) }
            endMessage(&out)
            settle(1970, isKnown: false, &out)
        }
        return out
    }

    private mutating func endLine(_ out: inout [UInt8]) {
        if line.last == 0x0D { line.removeLast() }
        let words = TimeLine.words(line[...])
        let found = LogStamp(words)
        if let found { stamp = found }
        if let next = TimeLine(words, stamp: stamp) {
            endMessage(&out)
            head = next
            if next.isTrace, stamp == nil { noteMissingDate() }
        } else if dump != nil {
            takeDump()
        } else if Self.isRow(line[...], of: 0x3D) {
            endMessage(&out)
            dump = DumpHead()
        } else if let head {
            if Self.isRow(line[...], of: 0x2D) || Self.isRow(line[...], of: 0x7C) || head.isTrace && (found != nil || line.starts(with: Array("<---".utf8))) {
                // A row may stand before the message, too.
                if !message.isEmpty { endMessage(&out) }
            } else if !(message.isEmpty && line.isEmpty) {
                if message.isEmpty { indent = line.prefix { $0 == 0x20 }.count }
                line.removeFirst(min(indent, line.prefix { $0 == 0x20 }.count))
                if year == nil, line.count < 64 { note(date: line) }
                if message.count + line.count + 2 <= Self.messageLimit { message += line + [0x0D, 0x0A] } else { isLineCut = true }
            }
        }
        line.removeAll(keepingCapacity: true)
        lineStart = offset
    }

    /// A line of a dump's head; a row of `~` ends it.
    private mutating func takeDump() {
        guard Self.isRow(line[...], of: 0x7E) else {
            dump?.take(line)
            return
        }
        head = dump?.timeLine
        dump = nil
    }

    private mutating func noteMissingDate() {
        guard !isDateMissing else { return }
        isDateMissing = true
        remarks.append(CaptureRemark(.cap015, fileOffset: lineStart, frame: number, "the log has no date; 1970-01-01 is used"))
    }

    private static func isRow(_ line: ArraySlice<UInt8>, of octet: UInt8) -> Bool {
        line.count >= 16 && line.allSatisfy { $0 == octet || $0 == 0x0D }
    }

    private mutating func endMessage(_ out: inout [UInt8]) {
        defer {
            head = nil
            message = []
            isLineCut = false
        }
        guard let head, !message.isEmpty, Self.isStart(message[...]) else { return }
        // The logging program may drop the empty line that ends the header of a message without a body.
        if !message.indices.dropFirst(3).contains(where: { message[($0 - 3)...$0] == [0x0D, 0x0A, 0x0D, 0x0A] }) { message += [0x0D, 0x0A] }
        if isLineCut {
            remarks.append(CaptureRemark(.cap002, fileOffset: lineStart, frame: number, "a message of more than \(Self.messageLimit) bytes is truncated"))
        }
        held.append(Held(head: head, message: message))
        if let year {
            settle(year, isKnown: true, &out)
        } else if held[0].head.year != nil {
            settle(0, isKnown: true, &out)
        } else if held.count >= Self.heldLimit {
            settle(1970, isKnown: false, &out)
        }
    }

    /// `Date: Wed, 10 Jul 2024 12:00:00 GMT` (RFC 3261 section 20.17).
    private mutating func note(date line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        guard text.lowercased().hasPrefix("date:") else { return }
        for word in text.split(separator: " ") where word.count == 4 {
            if let found = Int64(word), (1990...2200).contains(found) { year = found }
        }
    }

    private mutating func settle(_ first: Int64, isKnown: Bool, _ out: inout [UInt8]) {
        guard !held.isEmpty else { return }
        var current = first
        if !isKnown, held.contains(where: { $0.head.year == nil }) {
            remarks.append(CaptureRemark(.cap015, fileOffset: 0, frame: 0, "the log has no year; 1970 is used"))
        }
        for one in held {
            // The turn of the year: from December to January.
            if one.head.year == nil, one.head.month + 6 < lastMonth { current += 1 }
            lastMonth = one.head.month
            number &+= 1
            out += Self.record(one.head, year: one.head.year ?? current, one.message)
        }
        held = []
        year = current > 0 ? current : nil
    }

    private static func isStart(_ octets: ArraySlice<UInt8>) -> Bool {
        let first = octets.prefix { $0 != 0x0A && $0 != 0x0D }
        if first.starts(with: Array("SIP/2.0 ".utf8)) { return true }
        let tail = Array(" SIP/2.0".utf8)
        return first.count > tail.count && first.suffix(tail.count) == tail[...] && first.first.map { $0 >= 0x41 && $0 <= 0x5A } == true
    }
}

extension SIPMessageLog {
    /// pcap in nanoseconds, big-endian, link type RAW.
    private static var fileHeader: [UInt8] {
        [0xA1, 0xB2, 0x3C, 0x4D, 0, 2, 0, 4] + [UInt8](repeating: 0, count: 8) + be32(262_144) + be32(101)
    }

    private static func be16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 255), UInt8(value & 255)] }
    private static func be32(_ value: Int) -> [UInt8] { be16(value >> 16 & 0xFFFF) + be16(value & 0xFFFF) }

    private static func record(_ head: TimeLine, year: Int64, _ message: [UInt8]) -> [UInt8] {
        let time = head.nanoseconds(year: year)
        let (seconds, nano) = time.floorDivided(by: 1_000_000_000)
        let udp = be16(Int(head.source.port)) + be16(Int(head.destination.port)) + be16(message.count + 8) + [0, 0]
        let ip = header(head.source.address, head.destination.address, udp.count + message.count)
        let length = ip.count + udp.count + message.count
        return be32(Int(seconds & 0xFFFF_FFFF)) + be32(Int(nano)) + be32(length) + be32(length) + ip + udp + message
    }

    private static func header(_ source: IPAddress, _ destination: IPAddress, _ count: Int) -> [UInt8] {
        if source.family == 4, destination.family == 4 {
            let addresses = be32(Int(source.low)) + be32(Int(destination.low))
            return [0x45, 0] + be16(20 + count) + [0, 0, 0, 0, 64, 17, 0, 0] + addresses
        }
        return [0x60, 0, 0, 0] + be16(count) + [17, 64] + octets(source) + octets(destination)
    }

    private static func octets(_ address: IPAddress) -> [UInt8] {
        // A mixed pair can not be; an IPv4 address in IPv6 is written as RFC 4291 section 2.5.5.2 maps it.
        let low = address.family == 4 ? address.low & 0xFFFF_FFFF | 0xFFFF_0000_0000 : address.low
        return [address.high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
    }
}
