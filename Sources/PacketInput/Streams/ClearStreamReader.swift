import Evidence
import NetworkLayers
import SIPSyntax

/// Reads one direction of clear octets: finds out by the first ones what they are, and cuts them into messages or packets.
struct ClearStreamReader {
    private enum Kind {
        case unknown
        case sip
        case http
        case webSocket
        case media
        case capsules
        case nothing
    }

    let path: NetworkPath
    /// Whether the octets came out of TLS.
    let isSecure: Bool
    private let limits: Limits
    private let inflaters: InflaterPool
    private var kind = Kind.unknown
    private var pending = PendingOctets()
    /// Octets of an HTTP body that are still to be passed over.
    private var passing = 0
    private var framer: SIPStreamFramer
    private var webSocket: WebSocketReader
    private var media = FramedMediaReader()
    private var capsules = CapsuleCutter()
    private var dropped = 0

    init(path: NetworkPath, isSecure: Bool, limits: Limits, inflaters: InflaterPool) {
        self.inflaters = inflaters
        self.path = path
        self.isSecure = isSecure
        self.limits = limits
        framer = SIPStreamFramer(limits: limits)
        webSocket = WebSocketReader(limits: limits, inflaters: inflaters)
    }

    /// Nothing of this direction will ever be used.
    var isNothing: Bool { kind == .nothing }

    mutating func feed(_ octets: [UInt8], origins: OriginMap, lostBefore: Int, into events: inout [StreamEvent]) {
        switch kind {
        case .unknown:
            pending.append(octets, origins, lostBefore: lostBefore)
            decide(isEnd: false, into: &events)
        case .http:
            if lostBefore > 0 { kind = .unknown }
            pending.append(octets, origins, lostBefore: lostBefore)
            if lostBefore > 0 { decide(isEnd: false, into: &events) } else { http(into: &events) }
        case .sip:
            let framed = framer.feed(octets, origins: origins, lostBefore: lostBefore)
            if !framed.isEmpty, let remainder = framer.takeRemainder() { events.append(.remainder(remainder, path)) }
            deliver(framed, into: &events)
            if framer.isNotSIP { kind = .nothing }
        case .webSocket:
            frames(webSocket.feed(octets, origins: origins, lostBefore: lostBefore), into: &events)
            if webSocket.isNotWebSocket { kind = .nothing }
        case .media:
            packets(media.feed(octets, origins: origins, lostBefore: lostBefore), into: &events)
            if media.isNotMedia { kind = .nothing }
        case .capsules: capsules.feed(octets, origins: origins, lostBefore: lostBefore, path: path, into: &events)
        case .nothing: break
        }
    }

    mutating func finish(into events: inout [StreamEvent]) {
        if kind == .unknown, !pending.octets.isEmpty { decide(isEnd: true, into: &events) }
        if kind == .sip { deliver(framer.finish(), into: &events) }
        if kind == .media { packets(media.finish(), into: &events) }
        webSocket.finish()
        kind = .nothing
        pending = PendingOctets()
    }

    private mutating func decide(isEnd: Bool, into events: inout [StreamEvent]) {
        // Line ends only keep the connection open (RFC 5626 section 4.4.1).
        let blank = pending.octets.prefix { $0 == 0x0D || $0 == 0x0A }.count
        if blank > 0 { pending.drop(blank) }
        guard !pending.octets.isEmpty, let content = StreamContent.of(pending.octets, isEnd: isEnd) else { return }
        switch content {
        case .sip: kind = .sip
        case .media: kind = .media
        case .capsules: kind = .capsules
        case .webSocket:
            kind = .webSocket
            webSocket = WebSocketReader(limits: limits, isMidStream: true, inflaters: inflaters)
        case .messaging:
            events.append(.messaging(path, pending.origins.origin(at: 0)))
            kind = .nothing
        case .http:
            kind = .http
            http(into: &events)
            return
        }
        handOver(into: &events)
    }

    /// Gives what waited to the reader that was chosen.
    private mutating func handOver(into events: inout [StreamEvent]) {
        let all = pending.take()
        if !all.octets.isEmpty { feed(all.octets, origins: all.origins, lostBefore: all.lostBefore, into: &events) }
    }

    /// Passes over requests and answers until one opens a WebSocket.
    private mutating func http(into events: inout [StreamEvent]) {
        while kind == .http {
            if passing > 0 {
                let passed = min(passing, pending.octets.count)
                guard passed > 0 else { return }
                pending.drop(passed)
                passing -= passed
                continue
            }
            guard !pending.octets.isEmpty else { return }
            guard let head = HTTPHead(pending.octets) else {
                if pending.octets.count > HTTPHead.longest { kind = .nothing }
                break
            }
            pending.drop(head.count)
            if head.isUpgrade {
                kind = .webSocket
            } else if let body = head.bodyCount, body >= 0 {
                passing = body
            } else {
                kind = .nothing
            }
        }
        if kind == .webSocket { handOver(into: &events) }
        if kind == .nothing { pending = PendingOctets() }
    }

    private func deliver(_ framed: [FramedMessage], into events: inout [StreamEvent]) {
        for item in framed { events.append(.message(item, path, isSecure ? .tls : .tcp)) }
    }

    private mutating func frames(_ messages: [WebSocketMessage], into events: inout [StreamEvent]) {
        for message in messages where unsafe SIPMessage.looksLikeSIP(message.octets.span.bytes) {
            let item = FramedMessage(octets: message.octets, origins: message.origins, isComplete: message.isComplete)
            events.append(.message(item, path, isSecure ? .wss : .ws))
        }
        if webSocket.dropped > dropped {
            events.append(.dropped(path, webSocket.lastDropped, webSocket.dropped - dropped))
            dropped = webSocket.dropped
        }
    }

    private func packets(_ framed: [FramedPacket], into events: inout [StreamEvent]) {
        for packet in framed { events.append(.packet(StreamPacket(path: path, octets: packet.octets, origin: packet.origin, time: packet.time))) }
    }
}
