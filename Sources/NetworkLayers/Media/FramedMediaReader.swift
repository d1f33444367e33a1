package import Evidence

/// Cuts one direction of a stream into the packets of media (RFC 4571, RFC 8656 section 12.5).
///
/// Nothing is taken for a frame before several in a row are plausible. After loss, and after a frame that is none, it looks for such a row again.
package struct FramedMediaReader: Sendable {
    private var buffer: [UInt8] = []
    private var origins = OriginMap()
    private var framing: MediaFraming?
    /// Octets in which no frame was found since the last one.
    private var searched = 0

    /// Octets since the last search.
    private var grown = 0
    private var hasFound = false

    /// Octets that are kept while looking for a row of frames.
    private static let window = 8192
    /// Octets without a row of frames after which the stream is given up.
    private static let patience = 1 << 20
    /// The same for a stream that has shown none yet.
    private static let firstPatience = 65_536

    /// The stream has shown no frames for too long.
    package private(set) var isNotMedia = false

    package init() {}

    /// Adds octets that follow those fed before, after `lostBefore` octets that are missing.
    package mutating func feed(_ octets: [UInt8], origins map: OriginMap, lostBefore: Int) -> [FramedPacket] {
        guard !isNotMedia else { return [] }
        if lostBefore > 0 {
            buffer = []
            origins = OriginMap()
            framing = nil
        }
        for piece in map.pieces { origins.append(start: buffer.count + piece.start, origin: piece.origin, time: piece.time) }
        buffer += octets
        grown += octets.count
        // Searched again when there is an eighth more: what is there is looked at a few times, not with each octet.
        guard framing != nil || grown > buffer.count / 8 else { return [] }
        return read()
    }

    /// What can be found when nothing more comes.
    package mutating func finish() -> [FramedPacket] {
        let out = isNotMedia ? [] : read()
        isNotMedia = true
        buffer = []
        return out
    }

    private mutating func read() -> [FramedPacket] {
        var out: [FramedPacket] = []
        var position = 0
        scan: while position < buffer.count {
            guard let known = framing else {
                grown = 0
                guard let found = MediaFraming.find(in: buffer, from: position) else { break }
                framing = found.framing
                searched = 0
                hasFound = true
                position = found.start
                continue
            }
            switch known.read(buffer, at: position) {
            case .needsMore: break scan
            case .malformed:
                // Past the octet that misled, so that the search ends.
                framing = nil
                position += 1
            case .frame(let frame):
                let packet = position + frame.packet.lowerBound..<position + frame.packet.upperBound
                if !packet.isEmpty {
                    out.append(
                        FramedPacket(
                            octets: Array(buffer[packet]), origin: origins.origin(at: packet.lowerBound), time: origins.time(at: packet.upperBound - 1)))
                }
                position += frame.count
            }
        }
        let excess = buffer.count - position - Self.window
        if framing == nil, excess > 0 {
            searched += excess
            position += excess
            if searched > (hasFound ? Self.patience : Self.firstPatience) { isNotMedia = true }
        }
        if position > 0 {
            buffer.removeSubrange(..<min(position, buffer.count))
            origins = buffer.isEmpty ? OriginMap() : origins.dropping(position)
        }
        return out
    }
}
