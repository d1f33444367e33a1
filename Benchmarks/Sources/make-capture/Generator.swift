import SRTPSender

/// Repeats the sample's recording session many times at once, in several kinds of media.
///
/// INVITEs of sessions that are live from the start come within a second, a second before the media, later ones half a second before their media, BYEs half a second after it.
/// Every 20 ms bring one packet of every stream that is live: the sessions are interleaved packet by packet. The payloads repeat with continuing
/// sequence numbers and timestamps, so second n of every audio file is second n of the sample's, modulo its length.
struct Generator {
    /// One kind of media: its messages, and the payloads of its streams.
    private struct Kind {
        let kind: MediaKind
        let opening: [MessageTemplate]
        let closing: [MessageTemplate]
        let streams: [Payloads]
    }

    private struct Message {
        let time: Int64
        let session: Int
        let isOpening: Bool
        let template: Int
    }

    let live: Int
    let longest: Int?
    private(set) var packets: [MediaKind: Int] = [:]
    private(set) var sessionCount = 0
    private let start: Int64
    private let kinds: [Kind]
    /// Of each stream's source and destination in `Identity.port`.
    private let places: [(source: Int, destination: Int)]

    /// `streams`: the payloads of both participants by kind.
    init(sample: SampleCapture, streams: [MediaKind: [Payloads]], kinds: [MediaKind], live: Int, longest: Int?) throws {
        self.live = live
        self.longest = longest
        let messages = sample.messages
        let media = sample.media
        guard let first = messages.first, let bye = messages.firstIndex(where: { $0.payload.starts(with: Array("BYE ".utf8)) }), !media.isEmpty else {
            throw Failure("the sample has no INVITE, BYE and RTP")
        }
        start = first.time / 1_000_000_000 * 1_000_000_000
        let ports = Set(media.flatMap { $0.flatMap { [$0.sourcePort, $0.destinationPort] } }).sorted()
        guard ports.count <= 4 else { throw Failure("the sample has more ports than a session has room for") }
        let tokens = MessageTemplate.tokens(in: messages, ports: ports)
        self.kinds = try kinds.map { kind in
            guard let streams = streams[kind], streams.count == media.count else { throw Failure("no payloads of \(kind.rawValue)") }
            func templates(_ part: ArraySlice<SampleCapture.Datagram>) -> [MessageTemplate] {
                part.map {
                    MessageTemplate(
                        kind.signalling($0.payload), delay: $0.time - (part.first?.time ?? 0), isFromClient: $0.source == first.source, tokens: tokens)
                }
            }
            return Kind(kind: kind, opening: templates(messages[..<bye]), closing: templates(messages[bye...]), streams: streams)
        }
        places = try media.map { packets in
            guard let packet = packets.first, let source = ports.firstIndex(of: packet.sourcePort),
                let destination = ports.firstIndex(of: packet.destinationPort)
            else { throw Failure("the sample has a stream without packets") }
            return (source, destination)
        }
    }

    private func kind(of session: Schedule.Session) -> Kind { kinds[session.slot % kinds.count] }

    /// Octets that one tick of 20 ms adds while all slots are live.
    private var tickOctets: Double {
        var octets = 0.0
        for slot in 0..<live {
            let kind = kinds[slot % kinds.count]
            let headers = CaptureWriter.headerLength + 12 + (kind.kind == .srtp ? Int(srtp_sender_tag) : 0)
            for payloads in kind.streams { octets += payloads.meanLength + Double(headers) }
        }
        return octets
    }

    /// Octets of the messages of one session, about.
    private var sessionOctets: Int {
        guard let kind = kinds.first else { return 0 }
        return (kind.opening + kind.closing).reduce(0) { $0 + $1.rendered(for: Identity(number: 0)).count + CaptureWriter.headerLength }
    }

    /// Writes until the file has about `octets`; returns the seconds of media.
    mutating func write(to writer: CaptureWriter, octets: Int) throws -> Double {
        let perTick = tickOctets
        var ticks = max(50, Int(Double(octets - live * sessionOctets) / perTick))
        var schedule = Schedule(live: live, ticks: ticks, longest: longest)
        if longest != nil {
            // Sessions that follow each other have signalling and pauses.
            let media = Double(schedule.sessions.reduce(0) { $0 + $1.ticks.count }) / Double(live)
            let wanted = Double(octets - schedule.sessions.count * sessionOctets) / perTick
            ticks = max(50, Int(Double(ticks) * wanted / max(1, media)))
            schedule = Schedule(live: live, ticks: ticks, longest: longest)
        }
        sessionCount = schedule.sessions.count
        let mediaStart = start + 2_000_000_000
        var run = try Run(messages(of: schedule, from: mediaStart), by: self, to: writer)
        let byStart = schedule.sessions.sorted { ($0.ticks.lowerBound, $0.slot) < ($1.ticks.lowerBound, $1.slot) }
        var next = 0
        var streams: [LiveStream?] = Array(repeating: nil, count: live * places.count)
        for tick in 0..<ticks {
            while next < byStart.count, byStart[next].ticks.lowerBound <= tick {
                let session = byStart[next]
                next += 1
                for place in places.indices { streams[session.slot * places.count + place] = stream(place, of: session) }
            }
            let tickStart = mediaStart + Int64(tick) * 20_000_000
            let step = 20_000_000 / Int64(streams.count)
            for index in streams.indices {
                guard let stream = streams[index] else { continue }
                guard tick < stream.end else {
                    streams[index] = nil
                    continue
                }
                let now = tickStart + Int64(index) * step
                if now >= run.due { try run.writeMessages(until: now) }
                try stream.write(tick - stream.begin, at: now, to: writer)
            }
        }
        try run.writeMessages(until: .max)
        for session in schedule.sessions { packets[kind(of: session).kind, default: 0] += session.ticks.count * places.count }
        try writer.flush()
        return Double(schedule.sessions.reduce(0) { $0 + $1.ticks.count }) * 0.02 / Double(schedule.sessions.count)
    }

    private func messages(of schedule: Schedule, from mediaStart: Int64) -> [(Message, Schedule.Session)] {
        let spread = 1_000_000_000 / Int64(live)
        var out: [(Message, Schedule.Session)] = []
        for session in schedule.sessions {
            let kind = kind(of: session)
            let begun = mediaStart + Int64(session.ticks.lowerBound) * 20_000_000
            let ended = mediaStart + Int64(session.ticks.upperBound) * 20_000_000
            let opening = session.ticks.lowerBound == 0 ? mediaStart - 1_500_000_000 + Int64(session.slot) * spread : begun - 500_000_000
            // All those that last to the end do not say so in the same moment.
            let closing = ended + 100_000_000 + (longest == nil ? Int64(session.slot) * spread : 0)
            for (index, template) in kind.opening.enumerated() {
                out.append((Message(time: opening + template.delay, session: session.number, isOpening: true, template: index), session))
            }
            for (index, template) in kind.closing.enumerated() {
                out.append((Message(time: closing + template.delay, session: session.number, isOpening: false, template: index), session))
            }
        }
        return out.sorted { ($0.0.time, $0.0.session, $0.0.template) < ($1.0.time, $1.0.session, $1.0.template) }
    }

    private func stream(_ place: Int, of session: Schedule.Session) -> LiveStream {
        let kind = kind(of: session)
        let identity = Identity(number: session.number)
        return LiveStream(
            path: Path(from: identity.client, identity.port(places[place].source), to: identity.server, identity.port(places[place].destination)),
            payloads: kind.streams[place], kind: kind.kind, identity: identity, place: place, ticks: session.ticks)
    }

    /// The messages as they become due between the packets.
    private struct Run {
        private let messages: [(Message, Schedule.Session)]
        private let generator: Generator
        private let writer: CaptureWriter
        private var next = 0
        private(set) var due: Int64

        init(_ messages: [(Message, Schedule.Session)], by generator: Generator, to writer: CaptureWriter) throws {
            self.messages = messages
            self.generator = generator
            self.writer = writer
            due = messages.first?.0.time ?? .max
        }

        mutating func writeMessages(until time: Int64) throws {
            while next < messages.count, messages[next].0.time <= time {
                let (message, session) = messages[next]
                next += 1
                let kind = generator.kind(of: session)
                let template = message.isOpening ? kind.opening[message.template] : kind.closing[message.template]
                let identity = Identity(number: session.number)
                let payload = template.rendered(for: identity)
                let hosts = template.isFromClient ? (identity.client, identity.server) : (identity.server, identity.client)
                let record = try writer.record(length: CaptureWriter.headerLength + payload.count, time: message.time)
                Path(from: hosts.0, 5060, to: hosts.1, 5060)
                    .fill(record, payload: payload.count, payloadSum: internetSum(payload[...]), identification: UInt16(message.template))
                payload.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: record[CaptureWriter.headerLength...]).copyMemory(from: $0) }
            }
            due = next < messages.count ? messages[next].0.time : .max
        }
    }

    var streamCount: Int { sessionCount * places.count }
}
