package import Evidence

/// One message of a WebSocket connection, whole and clear.
package struct WebSocketMessage: Sendable, Equatable {
    package let octets: [UInt8]
    /// Maps octets to packets; of a compressed message only the first and the last octet are sure.
    package let origins: OriginMap
    /// False when octets of the message were lost.
    package let isComplete: Bool
}

/// Cuts one direction of a WebSocket connection into messages (RFC 6455 section 5), unmasked, put together and unpacked (RFC 7692).
///
/// Control frames are skipped. After loss it goes on at the end of the frame in which octets are missing, if that is known, and else at the
/// next frame that begins a SIP message. Bounds: `limits.sipMessageOctets` for a message, packed or not.
package struct WebSocketReader {
    private enum State {
        case frames
        /// Octets of a frame that is not kept.
        case skipping(Int)
        case lost
    }

    private let limits: Limits
    private var buffer: [UInt8] = []
    private var origins = OriginMap()
    private var state: State
    private var message = Assembly()
    private let inflaters: InflaterPool
    /// Number in the pool, once something was compressed.
    private var user: Int?
    private var isMasked: Bool?
    /// Messages that were too large, or compressed and not to be unpacked.
    package private(set) var dropped = 0
    /// Where the last of them began, as far as it is known.
    package private(set) var lastDropped = Origin(capture: 0, frame: 0)
    /// The octets showed no message for too long.
    package private(set) var isNotWebSocket = false
    private var searched = 0

    /// Octets of a compressed frame that are waited for to see whether it begins a SIP message.
    private static let searchOctets = 16_384
    /// Octets without a message after which a stream is given up.
    private static let patience = 1 << 20

    private struct Assembly {
        var octets: [UInt8] = []
        var origins = OriginMap()
        var isCompressed = false
        var isOpen = false
        var isTooLarge = false
    }

    /// `isMidStream`: the handshake was not captured, so that the first octet need not begin a frame.
    /// `inflaters` is shared by the readers of all connections.
    package init(limits: Limits, isMidStream: Bool = false, inflaters: InflaterPool) {
        self.limits = limits
        self.inflaters = inflaters
        state = isMidStream ? .lost : .frames
    }

    /// Adds octets that follow those fed before, after `lostBefore` octets that are missing.
    package mutating func feed(_ octets: [UInt8], origins map: OriginMap, lostBefore: Int) -> [WebSocketMessage] {
        guard !isNotWebSocket else { return [] }
        var out: [WebSocketMessage] = []
        if lostBefore > 0 { lose(lostBefore, &out) }
        for piece in map.pieces { origins.append(start: buffer.count + piece.start, origin: piece.origin, time: piece.time) }
        buffer += octets
        var position = 0
        while let next = step(from: position, &out) { position = next }
        if position > 0 {
            buffer.removeSubrange(..<min(position, buffer.count))
            origins = buffer.isEmpty ? OriginMap() : origins.dropping(position)
        }
        return out
    }

    /// One state change from octet `position` on: where the next one begins, or nil when more octets are needed.
    private mutating func step(from position: Int, _ out: inout [WebSocketMessage]) -> Int? {
        switch state {
        case .skipping(let count):
            let skipped = min(count, buffer.count - position)
            guard skipped > 0 else {
                if count == 0 { state = .frames }
                return count == 0 ? position : nil
            }
            state = skipped == count ? .frames : .skipping(count - skipped)
            return position + skipped
        case .lost:
            let next = search(from: position)
            searched += max(0, (next ?? position) - position)
            if case .frames = state { searched = 0 }
            if searched > Self.patience { isNotWebSocket = true }
            return isNotWebSocket ? nil : next
        case .frames: return frame(at: position, &out)
        }
    }

    private mutating func frame(at position: Int, _ out: inout [WebSocketMessage]) -> Int? {
        switch WebSocketFrameHeader.read(buffer, at: position) {
        case .needsMore: return nil
        case .malformed:
            state = .lost
            close()
            return position
        case .header(let head):
            isMasked = head.mask != nil
            let start = position + head.length
            if !head.isControl { begin(head) }
            if !head.isControl, message.octets.count + head.payloadCount > limits.sipMessageOctets || message.isTooLarge {
                message.octets = []
                message.isTooLarge = true
                if head.isFinal {
                    drop(origins.origin(at: position))
                    close()
                }
                state = .skipping(head.payloadCount)
                return start
            }
            guard head.payloadCount <= buffer.count - start else { return nil }
            if !head.isControl { take(head, at: start, head.payloadCount) }
            if !head.isControl, head.isFinal, let done = finished(isComplete: true) { out.append(done) }
            return start + head.payloadCount
        }
    }

    private mutating func begin(_ head: WebSocketFrameHeader) {
        // A frame is looked at again until all its octets are there; a new message while one is open is a sender's fault.
        guard head.opcode != 0, !message.isOpen || !message.octets.isEmpty || message.isTooLarge else { return }
        message = Assembly()
        message.isOpen = true
        message.isCompressed = head.isCompressed
    }

    private mutating func take(_ head: WebSocketFrameHeader, at start: Int, _ count: Int) {
        if head.opcode != 0 { message.isCompressed = head.isCompressed }
        for piece in origins.slice(start..<start + count).pieces {
            message.origins.append(start: message.octets.count + piece.start, origin: piece.origin, time: piece.time)
        }
        message.octets += head.payload(buffer, at: start, 0..<count)
        message.isOpen = true
    }

    private mutating func close() { message = Assembly() }

    /// The open message, unpacked if need be.
    private mutating func finished(isComplete: Bool) -> WebSocketMessage? {
        let whole = message
        close()
        guard whole.isCompressed else {
            return WebSocketMessage(octets: whole.octets, origins: whole.origins, isComplete: isComplete)
        }
        let number = user ?? inflaters.register()
        user = number
        guard isComplete, let opener = inflaters.context(of: number) else {
            drop(whole.origins.origin(at: 0))
            return nil
        }
        do {
            let octets = try opener.message(whole.octets, limit: limits.sipMessageOctets)
            var map = OriginMap(whole.origins.origin(at: 0), at: whole.origins.time(at: 0))
            let last = max(0, whole.octets.count - 1)
            if octets.count > 1 { map.append(start: octets.count - 1, origin: whole.origins.origin(at: last), time: whole.origins.time(at: last)) }
            return WebSocketMessage(octets: octets, origins: map, isComplete: true)
        } catch {
            drop(whole.origins.origin(at: 0))
            return nil
        }
    }

    /// The connection is over.
    package mutating func finish() {
        if let user { inflaters.forget(user) }
    }

    private mutating func drop(_ origin: Origin) {
        dropped += 1
        lastDropped = origin
    }

    /// `lost` octets are missing after those in the buffer.
    private mutating func lose(_ lost: Int, _ out: inout [WebSocketMessage]) {
        defer {
            buffer = []
            origins = OriginMap()
            if let user { inflaters.forget(user) }
        }
        if case .skipping(let count) = state {
            state = lost <= count ? .skipping(count - lost) : .lost
            close()
            return
        }
        guard case .frames = state else { return }
        state = .lost
        if case .header(let head) = WebSocketFrameHeader.read(buffer, at: 0), head.payloadCount > buffer.count - head.length {
            // Octets of this frame are missing, and how many follow them.
            let here = buffer.count - head.length
            if !head.isControl, here > 0, !message.isTooLarge {
                begin(head)
                take(head, at: head.length, here)
            }
            let rest = head.payloadCount - here
            if lost <= rest { state = .skipping(rest - lost) }
        }
        if message.isOpen, !message.octets.isEmpty, !message.isTooLarge, let cut = finished(isComplete: false) { out.append(cut) }
        close()
    }

    /// Looks for a frame that begins a SIP message.
    private mutating func search(from position: Int) -> Int? {
        var index = position
        while index < buffer.count {
            let first = buffer[index]
            if first == 0x81 || first == 0x82 || first == 0xC1 || first == 0xC2 {
                switch beginsSIP(at: index) {
                case true?:
                    state = .frames
                    return index
                case nil: return index > position ? index : nil
                case false?: break
                }
            }
            index += 1
        }
        return index > position ? index : nil
    }

    /// Whether the frame at `index` begins with a SIP start line; nil when too few octets are there.
    private func beginsSIP(at index: Int) -> Bool? {
        switch WebSocketFrameHeader.read(buffer, at: index) {
        case .needsMore: return nil
        case .malformed: return false
        case .header(let head):
            guard isMasked == nil || isMasked == (head.mask != nil), head.payloadCount >= 12, head.payloadCount <= limits.sipMessageOctets else { return false }
            let start = index + head.length
            let here = min(head.payloadCount, buffer.count - start, head.isCompressed ? .max : 64)
            if head.isCompressed {
                guard head.payloadCount <= Self.searchOctets else { return false }
                guard here == head.payloadCount else { return nil }
                guard let clear = try? Inflater()?.message(head.payload(buffer, at: start, 0..<here), limit: limits.sipMessageOctets) else { return false }
                return Self.beginsSIP(clear)
            }
            guard here >= 12 else { return nil }
            return Self.beginsSIP(head.payload(buffer, at: start, 0..<here))
        }
    }

    /// `SIP/2.0 `, or a method in capital letters and a URI.
    private static func beginsSIP(_ octets: [UInt8]) -> Bool {
        if octets.starts(with: Array("SIP/2.0 ".utf8)) { return true }
        guard let blank = octets.prefix(16).firstIndex(of: 0x20), blank >= 3, octets[..<blank].allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) else { return false }
        let uri = octets[(blank + 1)...]
        return uri.starts(with: Array("sip".utf8)) || uri.starts(with: Array("tel:".utf8))
    }
}
