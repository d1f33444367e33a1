import Evidence
import SIPSyntax

/// Reads one direction of clear octets: finds out by the first ones what they are, and cuts them into messages or packets.
struct ClearStreamReader {
    private enum Kind {
        case unknown
        case sip
        case nothing
    }

    let path: NetworkPath
    /// Whether the octets came out of TLS.
    let isSecure: Bool
    private let limits: Limits
    private var kind = Kind.unknown
    private var pending = PendingOctets()
    private var framer: SIPStreamFramer

    init(path: NetworkPath, isSecure: Bool, limits: Limits) {
        self.path = path
        self.isSecure = isSecure
        self.limits = limits
        framer = SIPStreamFramer(limits: limits)
    }

    /// Nothing of this direction will ever be used.
    var isNothing: Bool {
        if case .nothing = kind { return true }
        return false
    }

    mutating func feed(_ octets: [UInt8], origins: OriginMap, lostBefore: Int, into events: inout [StreamEvent]) {
        switch kind {
        case .unknown:
            pending.append(octets, origins, lostBefore: lostBefore)
            decide(into: &events)
        case .sip: sip(octets, origins, lostBefore, into: &events)
        case .nothing: break
        }
    }

    mutating func finish(into events: inout [StreamEvent]) {
        if case .sip = kind { deliver(framer.finish(), into: &events) }
        kind = .nothing
        pending = PendingOctets()
    }

    private mutating func decide(into events: inout [StreamEvent]) {
        kind = .sip
        let all = pending.take()
        sip(all.octets, all.origins, all.lostBefore, into: &events)
    }

    private mutating func sip(_ octets: [UInt8], _ origins: OriginMap, _ lostBefore: Int, into events: inout [StreamEvent]) {
        deliver(framer.feed(octets, origins: origins, lostBefore: lostBefore), into: &events)
        if framer.isNotSIP { kind = .nothing }
    }

    private func deliver(_ framed: [FramedMessage], into events: inout [StreamEvent]) {
        for item in framed { events.append(.message(item, path, isSecure ? .tls : .tcp)) }
    }
}
