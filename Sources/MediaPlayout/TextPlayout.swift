package import Evidence
package import MediaCodecs
import RTPSyntax

/// Real-time text (RFC 4103) of one RTP stream: octets in order, what was lost taken from redundancy where it is there.
package struct TextPlayout: Sendable {
    /// Text that came with one packet.
    package struct Piece: Sendable, Equatable {
        /// Arrival of the packet.
        package let time: CaptureTime
        /// With U+FFFD where text is missing (RFC 4103 section 5.4); as sent otherwise, erasures included.
        package let text: String
    }

    private struct Waiting {
        let sequence: SequenceNumber
        let time: CaptureTime
        /// From the oldest copy to the packet's own text.
        let blocks: [[UInt8]]
    }

    /// Pieces kept of a stream, packets that wait for a missing one, and seconds that they wait (RFC 4103 section 5.4).
    private static let mostPieces = 100_000
    private static let mostWaiting = 16
    private static let patience = 1.0
    private static let mostMissed = 64

    package private(set) var pieces: [Piece] = []
    /// Numbers whose text is in no packet.
    package private(set) var lost = 0
    package private(set) var recovered = 0
    package private(set) var packets = 0
    private var next: SequenceNumber?
    private var waiting: [Waiting] = []
    /// Numbers given up lately.
    private var missed: [SequenceNumber] = []
    /// Octets of a character that is not whole yet.
    private var rest: [UInt8] = []

    package init() {}

    /// Takes the next packet in capture order and says what becomes of it. `map` tells which payload types are text and which are redundant text;
    /// others are left out.
    @discardableResult
    package mutating func push(
        sequence: SequenceNumber, payloadType: PayloadType, arrival: CaptureTime, payload: RawSpan, map: [PayloadType: CodecDescription]
    ) -> PacketFate {
        let blocks: [[UInt8]]
        switch map[payloadType]?.role {
        case .text: blocks = [payload.array]
        case .redundant:
            guard let parts = RedundantPayload(parsing: payload) else { return .refused }
            blocks = (parts.redundant + [parts.primary]).map { payload.extracting($0.range).array }
        case .repair: return .repair
        case .telephoneEvent, .comfortNoise: return .heard
        case .audio, nil: return .notDecodable
        }
        packets += 1
        guard let expected = next ?? .some(sequence), sequence.distance(from: expected) >= 0, !waiting.contains(where: { $0.sequence == sequence }) else {
            return missed.contains(sequence) ? .late : .copy
        }
        next = expected
        let index = waiting.firstIndex { $0.sequence.distance(from: sequence) > 0 } ?? waiting.count
        waiting.insert(Waiting(sequence: sequence, time: arrival, blocks: blocks), at: index)
        release(now: arrival)
        return .heard
    }

    /// No more packets.
    package mutating func finish() {
        while !waiting.isEmpty { take() }
        if !rest.isEmpty {
            append(rest, at: pieces.last?.time ?? .distantPast)
            rest = []
        }
    }

    private mutating func release(now: CaptureTime) {
        while let first = waiting.first, let expected = next {
            let missing = first.sequence.distance(from: expected)
            // What a later packet repeats need not be waited for.
            guard missing < first.blocks.count || waiting.count > Self.mostWaiting || now.seconds(since: first.time) > Self.patience else { return }
            take()
        }
    }

    private mutating func take() {
        guard let packet = waiting.first, let expected = next else { return }
        waiting.removeFirst()
        let missing = packet.sequence.distance(from: expected)
        let copies = min(missing, packet.blocks.count - 1)
        if missing > copies {
            lost += missing - copies
            for back in 0..<min(missing - copies, Self.mostWaiting) { missed.append(SequenceNumber(expected.value &+ UInt16(back))) }
            missed.removeFirst(max(0, missed.count - Self.mostMissed))
            append(rest + Array("\u{FFFD}".utf8), at: packet.time)
            rest = []
        }
        recovered += copies
        var octets = rest
        for block in packet.blocks.suffix(copies + 1) { octets += block }
        let whole = Self.wholeCharacters(octets)
        rest = Array(octets[whole...])
        append(Array(octets[..<whole]), at: packet.time)
        next = SequenceNumber(packet.sequence.value &+ 1)
    }

    private mutating func append(_ octets: [UInt8], at time: CaptureTime) {
        // The mark that keeps a connection alive is no text (T.140 section 8.1).
        let scalars = String(decoding: octets, as: UTF8.self).unicodeScalars.filter { $0.value != 0xFEFF }
        guard !scalars.isEmpty, pieces.count < Self.mostPieces else { return }
        pieces.append(Piece(time: time, text: String(String.UnicodeScalarView(scalars))))
    }

    /// Octets up to which `octets` ends with no unfinished character.
    private static func wholeCharacters(_ octets: [UInt8]) -> Int {
        var index = octets.count
        for back in 1...3 where back <= octets.count {
            let octet = octets[octets.count - back]
            if octet & 0xC0 == 0x80 { continue }
            let needed = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : octet >= 0xC0 ? 2 : 1
            if needed > back { index = octets.count - back }
            break
        }
        return index
    }
}
