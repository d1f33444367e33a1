package import Evidence
import RTPSyntax

/// Restores lost packets of one stream from parity (RFC 5109 section 9.2): where all but one of the protected packets came, the missing one is
/// the exclusive or of the others and the parity.
///
/// Keeps the last 128 packets and the last 32 parities; what is restored is only ever a whole packet, never a part.
package struct ParityRecovery: Sendable {
    /// A packet of the stream as it was sent, decrypted: the first two octets, and everything behind the fixed header.
    private struct Media {
        let sequence: SequenceNumber
        let head: UInt16
        let timestamp: UInt32
        let rest: [UInt8]
    }

    private struct Parity {
        let payload: ParityPayload
        let octets: [UInt8]
    }

    private static let kept = 128
    private static let keptParities = 32
    /// Packets larger than this are not kept.
    private static let largest = 4096

    private var media = [Media?](repeating: nil, count: ParityRecovery.kept)
    private var parities: [Parity] = []
    private var newest: SequenceNumber?

    package init() {}

    /// Takes a packet that came. `head`: its first two octets; `rest`: contributing sources, extension, payload and padding, clear.
    package mutating func add(sequence: SequenceNumber, head: UInt16, timestamp: RTPTimestamp, rest: [UInt8]) {
        guard rest.count <= Self.largest else { return }
        keep(Media(sequence: sequence, head: head & 0x3FFF, timestamp: timestamp.value, rest: rest))
    }

    /// Takes the payload of a parity packet; false when it is none.
    package mutating func add(parity octets: RawSpan) -> Bool {
        guard octets.byteCount <= Self.largest, let payload = ParityPayload(parsing: octets) else { return false }
        parities.append(Parity(payload: payload, octets: octets.array))
        if parities.count > Self.keptParities { parities.removeFirst() }
        return true
    }

    /// A whole packet that could be restored, with `ssrc` in its header; nil when no more can be. What it gives counts as having come.
    package mutating func next(ssrc: SSRC) -> [UInt8]? {
        var index = 0
        while index < parities.count {
            let parity = parities[index]
            let missing = parity.payload.sequences(of: parity.payload.levels[0].mask).filter { find($0) == nil }
            switch missing.count {
            case 0: parities.remove(at: index)
            case 1:
                parities.remove(at: index)
                guard let packet = restore(missing[0], from: parity) else { continue }
                keep(packet)
                return Self.assemble(packet, ssrc)
            default: index += 1
            }
        }
        return nil
    }

    private mutating func keep(_ packet: Media) {
        if let newest, packet.sequence.distance(from: newest) < -Self.kept { return }
        if newest.map({ packet.sequence.distance(from: $0) > 0 }) ?? true { newest = packet.sequence }
        media[Int(packet.sequence.value) % Self.kept] = packet
    }

    /// The packet of that number, unless it is from another round of numbers.
    private func find(_ sequence: SequenceNumber) -> Media? {
        guard let packet = media[Int(sequence.value) % Self.kept], packet.sequence == sequence else { return nil }
        return packet
    }

    private func restore(_ sequence: SequenceNumber, from parity: Parity) -> Media? {
        var head = parity.payload.head
        var timestamp = parity.payload.timestamp
        var length = parity.payload.length
        // A number that is far from all others was never sent: the parity is old, or of another stream.
        guard let newest, abs(sequence.distance(from: newest)) < Self.kept else { return nil }
        for other in parity.payload.sequences(of: parity.payload.levels[0].mask) where other != sequence {
            guard let packet = find(other) else { return nil }
            head ^= packet.head
            timestamp ^= packet.timestamp
            length ^= UInt16(truncatingIfNeeded: packet.rest.count)
        }
        var rest: [UInt8] = []
        for level in parity.payload.levels {
            guard rest.count < Int(length) else { break }
            let others = parity.payload.sequences(of: level.mask)
            guard others.contains(sequence) else { break }
            let start = rest.count
            rest += parity.octets[level.range]
            for other in others where other != sequence {
                guard let packet = find(other) else { return nil }
                for index in start..<max(start, min(rest.count, packet.rest.count)) { rest[index] ^= packet.rest[index] }
            }
        }
        guard rest.count >= Int(length) else { return nil }
        return Media(sequence: sequence, head: head & 0x3FFF, timestamp: timestamp, rest: Array(rest.prefix(Int(length))))
    }

    private static func assemble(_ packet: Media, _ ssrc: SSRC) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(12 + packet.rest.count)
        func append(_ value: UInt32, octets: UInt32) { for index in (0..<octets).reversed() { out.append(UInt8(truncatingIfNeeded: value >> (8 * index))) } }
        append(UInt32(packet.head) | 0x8000, octets: 2)
        append(UInt32(packet.sequence.value), octets: 2)
        append(packet.timestamp, octets: 4)
        append(ssrc.value, octets: 4)
        return out + packet.rest
    }
}
