/// Repeats the sample's recording session many times at once.
///
/// All INVITEs come in the first two seconds, all BYEs in the last two, and between them every 20 ms brings one packet of every stream:
/// the sessions are interleaved packet by packet. The sample's payloads repeat with continuing sequence numbers and timestamps, so
/// second n of every audio file is second n of the sample's, modulo its length.
struct Generator {
    let recordings: Int
    let start: Int64
    private let opening: [MessageTemplate]
    private let closing: [MessageTemplate]
    private let streams: [Payloads]
    private let ports: [UInt16]

    /// The RTP payloads of one of the sample's streams.
    private struct Payloads {
        let sourcePort, destinationPort: Int
        /// One after the other, all of the same length.
        let octets: [UInt8]
        let length, count: Int
        let sums: [UInt32]
        let payloadType: UInt8
    }

    /// One stream of one session while it runs.
    private struct Stream {
        let path: Path
        let payloads: Int
        let ssrc: UInt32
        let firstSequence: UInt16
        let firstTimestamp: UInt32
    }

    init(sample: SampleCapture, recordings: Int) throws {
        self.recordings = recordings
        let messages = sample.messages
        let media = sample.media
        guard let first = messages.first, let bye = messages.firstIndex(where: { $0.payload.starts(with: Array("BYE ".utf8)) }), !media.isEmpty else {
            throw Failure("the sample has no INVITE, BYE and RTP")
        }
        start = first.time / 1_000_000_000 * 1_000_000_000
        let ports = Set(media.flatMap { $0.flatMap { [$0.sourcePort, $0.destinationPort] } }).sorted()
        guard ports.count <= 4 else { throw Failure("the sample has more ports than a session has room for") }
        self.ports = ports
        let tokens = MessageTemplate.tokens(in: messages, ports: ports)
        func templates(_ part: ArraySlice<SampleCapture.Datagram>) -> [MessageTemplate] {
            part.map {
                MessageTemplate($0, delay: $0.time - (part.first?.time ?? 0), isFromClient: $0.source == first.source, tokens: tokens)
            }
        }
        opening = templates(messages[..<bye])
        closing = templates(messages[bye...])
        streams = media.compactMap { packets in
            guard let first = packets.first, let source = ports.firstIndex(of: first.sourcePort), let destination = ports.firstIndex(of: first.destinationPort)
            else { return nil }
            let payloads = packets.map { $0.payload[12...] }.filter { $0.count == first.payload.count - 12 }
            return Payloads(
                sourcePort: source, destinationPort: destination, octets: payloads.flatMap { $0 }, length: first.payload.count - 12, count: payloads.count,
                sums: payloads.map(internetSum), payloadType: first.payload[1] & 0x7F)
        }
    }

    /// Octets that one tick of 20 ms adds.
    private var tickOctets: Int { recordings * streams.reduce(0) { $0 + CaptureWriter.headerLength + 12 + $1.length } }

    /// Writes until the file has about `octets`; returns the seconds of media.
    func write(to writer: CaptureWriter, octets: Int) throws -> Double {
        let spread = 2_000_000_000 / Int64(recordings)
        try write(opening, from: start, spread: spread, to: writer)
        let signalling = writer.octets
        let ticks = max(50, (octets - signalling * 5 / 4) / tickOctets)
        let mediaStart = start + 3_000_000_000
        try writeMedia(ticks: ticks, from: mediaStart, to: writer)
        try write(closing, from: mediaStart + Int64(ticks) * 20_000_000 + 500_000_000, spread: spread, to: writer)
        try writer.flush()
        return Double(ticks) * 0.02
    }

    private func write(_ templates: [MessageTemplate], from time: Int64, spread: Int64, to writer: CaptureWriter) throws {
        var events: [(time: Int64, number: Int, template: Int)] = []
        for number in 0..<recordings {
            for (index, template) in templates.enumerated() { events.append((time + Int64(number) * spread + template.delay, number, index)) }
        }
        for event in events.sorted(by: { ($0.time, $0.number, $0.template) < ($1.time, $1.number, $1.template) }) {
            let identity = Identity(number: event.number)
            let template = templates[event.template]
            let payload = template.rendered(for: identity)
            let hosts = template.isFromClient ? (identity.client, identity.server) : (identity.server, identity.client)
            let record = try writer.record(length: CaptureWriter.headerLength + payload.count, time: event.time)
            Path(from: hosts.0, 5060, to: hosts.1, 5060)
                .fill(record, payload: payload.count, payloadSum: internetSum(payload[...]), identification: UInt16(event.template))
            payload.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: record[CaptureWriter.headerLength...]).copyMemory(from: $0) }
        }
    }

    private func writeMedia(ticks: Int, from time: Int64, to writer: CaptureWriter) throws {
        let live = (0..<recordings).flatMap { number in
            let identity = Identity(number: number)
            return streams.indices.map { index in
                Stream(
                    path: Path(
                        from: identity.client, identity.port(streams[index].sourcePort), to: identity.server, identity.port(streams[index].destinationPort)),
                    payloads: index, ssrc: UInt32(truncatingIfNeeded: identity.word("ssrc", index)),
                    firstSequence: UInt16(truncatingIfNeeded: identity.word("sequence", index)),
                    firstTimestamp: UInt32(truncatingIfNeeded: identity.word("timestamp", index)))
            }
        }
        let step = 20_000_000 / Int64(live.count)
        for tick in 0..<ticks {
            var now = time + Int64(tick) * 20_000_000
            for stream in live {
                let payloads = streams[stream.payloads]
                let index = tick % payloads.count
                let sequence = stream.firstSequence &+ UInt16(truncatingIfNeeded: tick)
                let timestamp = stream.firstTimestamp &+ UInt32(truncatingIfNeeded: tick * 160)
                // Version 2; the marker begins the talkspurt (RFC 3551 section 4.1).
                let start = 0x8000 | (tick == 0 ? 0x80 : 0) | UInt16(payloads.payloadType)
                let sum =
                    UInt32(start) + UInt32(sequence) + (timestamp >> 16) + (timestamp & 0xFFFF) + (stream.ssrc >> 16) + (stream.ssrc & 0xFFFF)
                    + payloads.sums[index]
                let record = try writer.record(length: CaptureWriter.headerLength + 12 + payloads.length, time: now)
                stream.path.fill(record, payload: 12 + payloads.length, payloadSum: sum, identification: UInt16(truncatingIfNeeded: tick))
                store(start, 58, record)
                store(sequence, 60, record)
                record.storeBytes(of: timestamp.bigEndian, toByteOffset: 62, as: UInt32.self)
                record.storeBytes(of: stream.ssrc.bigEndian, toByteOffset: 66, as: UInt32.self)
                payloads.octets.withUnsafeBytes { all in
                    let part = UnsafeRawBufferPointer(rebasing: all[index * payloads.length..<(index + 1) * payloads.length])
                    UnsafeMutableRawBufferPointer(rebasing: record[70...]).copyMemory(from: part)
                }
                now += step
            }
        }
    }

    var streamCount: Int { recordings * streams.count }
}
