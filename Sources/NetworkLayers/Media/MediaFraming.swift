import Evidence

/// How packets follow each other on a stream.
package enum MediaFraming: Sendable, Equatable {
    /// A length of two octets before each packet (RFC 4571 section 2), as ICE does over TCP (RFC 6544).
    case length
    /// STUN messages and channel data padded to four octets (RFC 8656 section 12.5).
    case turn

    /// One frame: octets of the whole and where its packet lies in it.
    struct Frame: Equatable {
        let count: Int
        let packet: Range<Int>
    }

    enum Reading: Equatable {
        case frame(Frame)
        case needsMore
        case malformed
    }

    func read(_ octets: [UInt8], at start: Int) -> Reading {
        let here = octets.count - start
        guard here >= 4 else { return .needsMore }
        let first = Int(octets[start]) << 8 | Int(octets[start + 1])
        switch self {
        case .length:
            // A frame of length 0 is allowed and empty.
            if here < 2 + first { return first > 0 && !Self.mayBegin(octets[start + 2]) ? .malformed : .needsMore }
            guard first == 0 || Self.mayBegin(octets[start + 2]) else { return .malformed }
            return .frame(Frame(count: 2 + first, packet: 2..<2 + first))
        case .turn:
            let length = Int(octets[start + 2]) << 8 | Int(octets[start + 3])
            if first < 0x4000 {
                guard length & 3 == 0 else { return .malformed }
                if here >= 8, !Self.hasCookie(octets, start) { return .malformed }
                return here < 20 + length ? .needsMore : .frame(Frame(count: 20 + length, packet: 0..<20 + length))
            }
            guard first < 0x8000 else { return .malformed }
            let padded = 4 + (length + 3) / 4 * 4
            return here < padded ? .needsMore : .frame(Frame(count: padded, packet: 0..<4 + length))
        }
    }

    /// STUN, DTLS or RTP by the first octet (RFC 7983).
    private static func mayBegin(_ octet: UInt8) -> Bool { octet < 4 || octet >= 20 && octet <= 63 || octet & 0xC0 == 0x80 }

    static func hasCookie(_ octets: [UInt8], _ start: Int) -> Bool {
        octets.count >= start + 8 && octets[start + 4] == 0x21 && octets[start + 5] == 0x12 && octets[start + 6] == 0xA4 && octets[start + 7] == 0x42
    }

    /// Points for a chain of frames that begins at `start`: what is exact counts two, what only fits counts one, a contradiction ends it.
    private func evidence(_ octets: [UInt8], at start: Int) -> Int {
        var points = 0
        var position = start
        var seen: (ssrc: [UInt8], sequence: Int)?
        var frames = 0
        while points < Self.enough, frames < 8, case .frame(let frame) = read(octets, at: position) {
            frames += 1
            var inner = position + frame.packet.lowerBound..<position + frame.packet.upperBound
            if self == .turn, octets[position] >= 0x40 { inner = position + 4..<inner.upperBound }
            position += frame.count
            guard !inner.isEmpty else { continue }
            let first = octets[inner.lowerBound]
            if first < 4 {
                guard inner.count >= 20, Self.hasCookie(octets, inner.lowerBound),
                    Int(octets[inner.lowerBound + 2]) << 8 | Int(octets[inner.lowerBound + 3]) == inner.count - 20
                else { return 0 }
                points += 2
            } else if first & 0xC0 == 0x80 {
                guard inner.count >= 8 else { return 0 }
                let second = octets[inner.lowerBound + 1]
                if second >= 192, second <= 223 {
                    guard (Int(octets[inner.lowerBound + 2]) << 8 | Int(octets[inner.lowerBound + 3])) * 4 + 4 <= inner.count else { return 0 }
                    points += 1
                    continue
                }
                guard inner.count >= 12 else { return 0 }
                let ssrc = Array(octets[inner.lowerBound + 8..<inner.lowerBound + 12])
                let sequence = Int(octets[inner.lowerBound + 2]) << 8 | Int(octets[inner.lowerBound + 3])
                if let seen, seen.ssrc == ssrc {
                    let step = (sequence - seen.sequence) & 0xFFFF
                    guard step >= 1, step <= 64 else { return 0 }
                    points += 2
                } else {
                    points += 1
                }
                seen = (ssrc, sequence)
            } else {
                guard inner.count >= 13, octets[inner.lowerBound + 1] == 0xFE, octets[inner.lowerBound + 2] >= 0xFC, first <= 26 else { return 0 }
                points += 2
            }
        }
        return points
    }

    /// What a chain needs: three RTP packets of one source, or two of another kind.
    private static let enough = 4

    /// Where, from `start` on, a chain of frames begins, and of which kind; nil when none does.
    package static func find(in octets: [UInt8], from start: Int = 0, onlyThere: Bool = false) -> (framing: MediaFraming, start: Int)? {
        for index in start..<max(start, onlyThere ? start + 1 : octets.count) {
            for framing in [MediaFraming.length, .turn] where framing.evidence(octets, at: index) >= enough { return (framing, index) }
        }
        return nil
    }
}
