package import Evidence

/// The packets of one RTCP datagram, in order (RFC 3550 section 6.1; reduced-size of RFC 5506 too: any packet may come first).
///
/// What does not fit is left out with a remark; packets before and after it are kept.
package struct RTCPCompound: Sendable {
    package private(set) var packets: [RTCPPacket] = []
    package private(set) var remarks: [Remark] = []

    package init(parsing bytes: RawSpan) {
        var position = 0
        while position < bytes.byteCount {
            guard bytes.byteCount - position >= 4 else {
                remark(position, "\(bytes.byteCount - position) bytes after the last RTCP packet")
                return
            }
            let first = bytes.u8(position)
            guard first >> 6 == 2 else {
                remark(position, "RTCP version is \(first >> 6), not 2")
                return
            }
            let type = bytes.u8(position + 1)
            let length = (Int(bytes.be16(position + 2)) + 1) * 4
            guard length <= bytes.byteCount - position else {
                remark(position + 2, "RTCP packet of type \(type) claims \(length) bytes, but \(bytes.byteCount - position) remain")
                return
            }
            var end = position + length
            if first & 0x20 != 0 {
                let padding = Int(bytes.u8(end - 1))
                if padding == 0 || padding > length - 4 {
                    remark(end - 1, "RTCP padding of \(padding) bytes does not fit a packet of \(length)")
                } else {
                    end -= padding
                }
            }
            parse(type: type, count: Int(first & 31), bytes, position..<end, whole: position..<position + length)
            position += length
        }
    }

    private mutating func remark(_ offset: Int, _ message: String) { remarks.append(Remark(.rtp001, at: offset, message)) }

    private mutating func parse(type: UInt8, count: Int, _ bytes: RawSpan, _ range: Range<Int>, whole: Range<Int>) {
        switch type {
        case 200: senderReport(count, bytes, range)
        case 201: receiverReport(count, bytes, range)
        case 202: sourceDescription(count, bytes, range)
        case 203: goodbye(count, bytes, range)
        default: packets.append(.other(type: type, count: UInt8(truncatingIfNeeded: count), range: whole))
        }
    }

    private mutating func senderReport(_ count: Int, _ bytes: RawSpan, _ range: Range<Int>) {
        let at = range.lowerBound
        guard range.count >= 28 else { return remark(at, "sender report has \(range.count) bytes, 28 are needed") }
        packets.append(
            .senderReport(
                RTCPSenderReport(
                    ssrc: SSRC(bytes.be32(at + 4)), ntp: NTPTimestamp(seconds: bytes.be32(at + 8), fraction: bytes.be32(at + 12)),
                    rtpTimestamp: RTPTimestamp(bytes.be32(at + 16)), packetCount: bytes.be32(at + 20), octetCount: bytes.be32(at + 24),
                    blocks: blocks(count, bytes, at + 28..<range.upperBound))))
    }

    private mutating func receiverReport(_ count: Int, _ bytes: RawSpan, _ range: Range<Int>) {
        let at = range.lowerBound
        guard range.count >= 8 else { return remark(at, "receiver report has \(range.count) bytes, 8 are needed") }
        packets.append(.receiverReport(RTCPReceiverReport(ssrc: SSRC(bytes.be32(at + 4)), blocks: blocks(count, bytes, at + 8..<range.upperBound))))
    }

    private mutating func blocks(_ count: Int, _ bytes: RawSpan, _ range: Range<Int>) -> [RTCPReportBlock] {
        let fitting = min(count, range.count / 24)
        if fitting < count { remark(range.lowerBound, "\(count) reception report blocks are claimed, \(fitting) fit") }
        return (0..<fitting).map { index in
            let at = range.lowerBound + 24 * index
            let lost = bytes.be32(at + 4)
            return RTCPReportBlock(
                source: SSRC(bytes.be32(at)), fractionLost: UInt8(lost >> 24),
                // A signed 24-bit number (RFC 3550 section 6.4.1).
                cumulativeLost: Int32(bitPattern: lost << 8) >> 8, highestSequence: bytes.be32(at + 8), jitter: bytes.be32(at + 12),
                lastSenderReport: bytes.be32(at + 16), delaySinceLastSenderReport: bytes.be32(at + 20))
        }
    }

    private mutating func sourceDescription(_ count: Int, _ bytes: RawSpan, _ range: Range<Int>) {
        var chunks: [RTCPSourceDescription] = []
        var position = range.lowerBound + 4
        for number in 0..<count {
            guard position + 4 <= range.upperBound else {
                remark(position, "\(count) source description chunks are claimed, \(number) fit")
                break
            }
            let source = SSRC(bytes.be32(position))
            let start = position
            position += 4
            var items: [RTCPSourceDescription.Item] = []
            var complete = false
            while position < range.upperBound {
                let type = bytes.u8(position)
                if type == 0 {
                    // The list ends with at least one null octet and goes on to the next 32-bit boundary.
                    position += 4 - (position - range.lowerBound) % 4
                    complete = true
                    break
                }
                guard position + 2 <= range.upperBound, position + 2 + Int(bytes.u8(position + 1)) <= range.upperBound else { break }
                let end = position + 2 + Int(bytes.u8(position + 1))
                items.append(RTCPSourceDescription.Item(type: type, text: String(decoding: bytes.array(position + 2..<end), as: UTF8.self)))
                position = end
            }
            chunks.append(RTCPSourceDescription(source: source, items: items))
            if !complete {
                remark(start, "source description chunk of \(source) has no end")
                break
            }
        }
        packets.append(.sourceDescription(chunks))
    }

    private mutating func goodbye(_ count: Int, _ bytes: RawSpan, _ range: Range<Int>) {
        let fitting = min(count, (range.count - 4) / 4)
        if fitting < count { remark(range.lowerBound, "BYE claims \(count) sources, \(fitting) fit") }
        let sources = (0..<fitting).map { SSRC(bytes.be32(range.lowerBound + 4 + 4 * $0)) }
        let text = range.lowerBound + 4 + 4 * fitting
        var reason: String?
        if text < range.upperBound {
            let length = Int(bytes.u8(text))
            if text + 1 + length <= range.upperBound {
                reason = String(decoding: bytes.array(text + 1..<text + 1 + length), as: UTF8.self)
            } else {
                remark(text, "BYE reason of \(length) bytes does not fit")
            }
        }
        packets.append(.goodbye(RTCPGoodbye(sources: sources, reason: reason)))
    }
}
