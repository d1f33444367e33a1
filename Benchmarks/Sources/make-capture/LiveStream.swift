import SRTPSender

/// One stream of one session while it runs.
final class LiveStream {
    private let path: Path
    private let payloads: Payloads
    private let ssrc: UInt32
    private let firstSequence: UInt16
    private let firstTimestamp: UInt32
    private let clockStep: Int
    private let payloadType: UInt8
    private let sender: OpaquePointer?
    let begin, end: Int

    init(path: Path, payloads: Payloads, kind: MediaKind, identity: Identity, place: Int, ticks: Range<Int>) {
        self.path = path
        self.payloads = payloads
        clockStep = kind.clockStep
        payloadType = kind.payloadType
        ssrc = UInt32(truncatingIfNeeded: identity.word("ssrc", place))
        firstSequence = UInt16(truncatingIfNeeded: identity.word("sequence", place))
        firstTimestamp = UInt32(truncatingIfNeeded: identity.word("timestamp", place))
        sender = kind == .srtp ? srtp_sender_new(identity.key("offer", place)) : nil
        begin = ticks.lowerBound
        end = ticks.upperBound
    }

    @inline(__always)
    func write(_ tick: Int, at now: Int64, to writer: CaptureWriter) throws {
        let number = tick % payloads.count
        let range = payloads.range(number)
        let index = Int(firstSequence) + tick
        let sequence = UInt16(truncatingIfNeeded: index)
        let timestamp = firstTimestamp &+ UInt32(truncatingIfNeeded: tick * clockStep)
        // Version 2; the marker begins the talkspurt (RFC 3551 section 4.1).
        let first = 0x8000 | (tick == 0 ? 0x80 : 0) | UInt16(payloadType)
        let tag = sender == nil ? 0 : Int(srtp_sender_tag)
        let count = 12 + range.count + tag
        let record = try writer.record(length: CaptureWriter.headerLength + count, time: now)
        store(first, 58, record)
        store(sequence, 60, record)
        record.storeBytes(of: timestamp.bigEndian, toByteOffset: 62, as: UInt32.self)
        record.storeBytes(of: ssrc.bigEndian, toByteOffset: 66, as: UInt32.self)
        payloads.octets.withUnsafeBytes { all in
            UnsafeMutableRawBufferPointer(rebasing: record[70...]).copyMemory(from: UnsafeRawBufferPointer(rebasing: all[range]))
        }
        var sum: UInt32
        if let sender, let base = record.baseAddress {
            srtp_sender_protect(sender, base.assumingMemoryBound(to: UInt8.self) + 58, Int32(12 + range.count), UInt64(index))
            sum = 0
            for at in stride(from: 58, to: 58 + count - 1, by: 2) {
                sum += UInt32(UInt16(bigEndian: record.loadUnaligned(fromByteOffset: at, as: UInt16.self)))
            }
            if count % 2 == 1 { sum += UInt32(record[58 + count - 1]) << 8 }
        } else {
            sum = UInt32(first) + UInt32(sequence) + (timestamp >> 16) + (timestamp & 0xFFFF) + (ssrc >> 16) + (ssrc & 0xFFFF) + payloads.sums[number]
        }
        path.fill(record, payload: count, payloadSum: sum, identification: UInt16(truncatingIfNeeded: tick))
    }
}
