import Evidence
import NetworkLayers
import TLSDecryption

/// Both directions of one TCP connection: TLS first, where it is, and below it what the clear octets are.
struct StreamConnection {
    private enum Cover {
        /// Too few octets to tell.
        case unknown
        case clear
        case encrypted
    }

    private struct Direction {
        let path: NetworkPath
        var cover = Cover.unknown
        var pending = PendingOctets()
        var reader: ClearStreamReader
        var hasEnded = false
    }

    private let limits: Limits
    private let inflaters: InflaterPool
    private let source: (any StreamDecryptorSource)?
    private var forward: Direction?
    private var backward: Direction?
    private var isEncrypted = false
    private var decryptor: (any StreamDecryptor)?
    /// Octets of encrypted records that were not opened, as far as they are known.
    private(set) var unopened = 0
    /// What became of the encrypted connection; nil before its end.
    private(set) var summary: TLSSummary?
    /// Where encryption was first seen.
    private(set) var encrypted: (path: NetworkPath, origin: Origin)?

    init(limits: Limits, source: (any StreamDecryptorSource)?, inflaters: InflaterPool) {
        self.limits = limits
        self.inflaters = inflaters
        self.source = source
    }

    /// Every direction that was seen has ended.
    var isOver: Bool { (forward?.hasEnded ?? true) && (backward?.hasEnded ?? true) }

    /// Whether the octets of this path need not be handed over any longer.
    func isIgnorable(_ path: NetworkPath) -> Bool {
        guard let direction = forward?.path == path ? forward : backward else { return false }
        return switch direction.cover {
        case .unknown: false
        case .clear: direction.reader.isNothing
        case .encrypted: decryptor?.isHopeless ?? true
        }
    }

    mutating func feed(_ chunk: StreamChunk, findings: inout FindingLog, into events: inout [StreamEvent]) {
        let side = side(of: chunk)
        guard var direction = side == .forward ? forward : backward else { return }
        // Out of the connection while it changes, so that its arrays are changed in place.
        put(nil, side)
        switch direction.cover {
        case .clear:
            direction.reader.feed(chunk.octets, origins: chunk.origins, lostBefore: chunk.lostBefore, into: &events)
            put(direction, side)
        case .encrypted:
            put(direction, side)
            decrypt(side, chunk.octets, chunk.origins, chunk.lostBefore, findings: &findings, into: &events)
        case .unknown:
            direction.pending.append(chunk.octets, chunk.origins, lostBefore: chunk.lostBefore)
            let looksEncrypted = TLSDetection.looksLikeTLS(direction.pending.octets, isEnd: chunk.isEnd)
            put(direction, side)
            if looksEncrypted == true { cover(side, findings: &findings, into: &events) }
            if looksEncrypted == false { uncover(side, into: &events) }
        }
        unopened += chunk.skipped
        if chunk.isEnd { end(side, findings: &findings, into: &events) }
    }

    mutating func finish(findings: inout FindingLog, into events: inout [StreamEvent]) {
        for side in [StreamSide.forward, .backward] where (side == .forward ? forward : backward)?.cover == .unknown { uncover(side, into: &events) }
        if var opener = decryptor {
            decryptor = nil
            deliver(opener.finish(findings: &findings), into: &events)
            unopened += opener.unopened
            summary = opener.summary
        }
        forward?.reader.finish(into: &events)
        backward?.reader.finish(into: &events)
        forward?.hasEnded = true
        backward?.hasEnded = true
    }

    private mutating func side(of chunk: StreamChunk) -> StreamSide {
        if forward?.path == chunk.path { return .forward }
        if backward?.path == chunk.path { return .backward }
        var direction = Direction(path: chunk.path, reader: ClearStreamReader(path: chunk.path, isSecure: isEncrypted, limits: limits, inflaters: inflaters))
        if isEncrypted { direction.cover = .encrypted }
        let side = forward == nil ? StreamSide.forward : .backward
        put(direction, side)
        return side
    }

    private mutating func put(_ direction: Direction?, _ side: StreamSide) {
        if side == .forward { forward = direction } else { backward = direction }
    }

    /// One side turned out to be encrypted, so the other one is too, unless it has shown clear messages.
    private mutating func cover(_ teller: StreamSide, findings: inout FindingLog, into events: inout [StreamEvent]) {
        isEncrypted = true
        if let path = (teller == .forward ? forward : backward)?.path, encrypted == nil {
            encrypted = (path, (teller == .forward ? forward : backward)?.pending.origins.origin(at: 0) ?? Origin(capture: 0, frame: 0))
            decryptor = source?.decryptor(for: forward?.path ?? path)
        }
        for side in teller == .forward ? [StreamSide.forward, .backward] : [.backward, .forward] {
            guard var direction = side == .forward ? forward : backward else { continue }
            guard direction.cover == .unknown || direction.reader.isNothing else { continue }
            direction.cover = .encrypted
            direction.reader = ClearStreamReader(path: direction.path, isSecure: true, limits: limits, inflaters: inflaters)
            let waiting = direction.pending.take()
            put(direction, side)
            if !waiting.octets.isEmpty { decrypt(side, waiting.octets, waiting.origins, waiting.lostBefore, findings: &findings, into: &events) }
        }
    }

    /// One side turned out to be clear.
    private mutating func uncover(_ side: StreamSide, into events: inout [StreamEvent]) {
        guard var direction = side == .forward ? forward : backward else { return }
        put(nil, side)
        direction.cover = .clear
        let waiting = direction.pending.take()
        if !waiting.octets.isEmpty {
            direction.reader.feed(waiting.octets, origins: waiting.origins, lostBefore: waiting.lostBefore, into: &events)
        }
        put(direction, side)
    }

    private mutating func decrypt(
        _ side: StreamSide, _ octets: [UInt8], _ origins: OriginMap, _ lostBefore: Int, findings: inout FindingLog, into events: inout [StreamEvent]
    ) {
        guard var opener = decryptor else {
            unopened += octets.count
            return
        }
        decryptor = nil
        let clear = opener.feed(side, octets, origins: origins, lostBefore: lostBefore, findings: &findings)
        decryptor = opener
        deliver(clear, into: &events)
    }

    private mutating func deliver(_ clear: [ClearOctets], into events: inout [StreamEvent]) {
        for piece in clear {
            switch piece.side {
            case .forward: forward?.reader.feed(piece.octets, origins: piece.origins, lostBefore: piece.lostBefore, into: &events)
            case .backward: backward?.reader.feed(piece.octets, origins: piece.origins, lostBefore: piece.lostBefore, into: &events)
            }
        }
    }

    private mutating func end(_ side: StreamSide, findings: inout FindingLog, into events: inout [StreamEvent]) {
        // The other side of an encrypted connection may still bring what opens this one.
        if !isEncrypted {
            if side == .forward { forward?.reader.finish(into: &events) } else { backward?.reader.finish(into: &events) }
        }
        if side == .forward { forward?.hasEnded = true } else { backward?.hasEnded = true }
        if isOver { finish(findings: &findings, into: &events) }
    }
}
