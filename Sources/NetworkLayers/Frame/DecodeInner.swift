import Evidence

extension FrameContent {
    /// Follows headers inwards from `step` until a transport header, a fragment or something that is not read.
    ///
    /// Off the path of most packets. Every turn costs one of `nesting.remaining`, which bounds the loop and the recursion through IP.
    @usableFromInline
    @inline(never)
    static func decodeInner(_ bytes: RawSpan, _ first: InnerStep, _ outer: Nesting) -> FrameContent {
        var step = first
        var nesting = outer
        while true {
            let kind: InnerKind
            let start: Int
            switch step {
            case .inner(let next, let offset, let tunnel):
                guard nesting.descend(into: tunnel) else { return .other(.tooDeep) }
                kind = next
                start = offset
            case .message(let message): return .message(message)
            case .stop(let other): return .other(other)
            }
            // Header readers promise to have looked at what lies before; this holds even where one does not.
            guard start >= 0, start <= bytes.byteCount else { return .other(.truncated(min(max(0, start), bytes.byteCount))) }
            switch kind {
            case .ip: return decodeIP(bytes, RawIPLink.payload(of: bytes, from: start), nesting)
            case .ethernet: step = follow(bytes, EthernetLink.payload(of: bytes, from: start))
            case .etherType(let type): step = follow(bytes, EtherType.resolve(bytes, type: type, start: start))
            case .link(let type): step = Links.step(bytes, type: type, start: start)
            case .ppp: step = PPP.step(bytes, start: start)
            case .mpls: step = MPLS.step(bytes, start: start)
            }
            // IP right behind this header needs no turn of its own.
            if case .inner(.ip, let start, let tunnel) = step, tunnel == 0, start >= 0, start <= bytes.byteCount {
                return decodeIP(bytes, RawIPLink.payload(of: bytes, from: start), nesting)
            }
        }
    }

    private static func decodeIP(_ bytes: RawSpan, _ step: LinkStep, _ nesting: Nesting) -> FrameContent {
        switch step {
        case .payload(EtherType.ipv4, let start): UDPTunnel.open(bytes, IPv4Header.decode(bytes, from: start, nesting), nesting)
        case .payload(EtherType.ipv6, let start): UDPTunnel.open(bytes, IPv6Header.decode(bytes, from: start, nesting), nesting)
        case .payload(let type, _): .other(.notIP(type))
        case .stop(let other): .other(other)
        case .uncommon: .other(.notIP(0))
        }
    }
}
