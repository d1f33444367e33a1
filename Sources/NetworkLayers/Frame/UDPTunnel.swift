public import Evidence

/// What UDP carries that is itself packets: by port, and by content.
///
/// A port says little: media may use any. So a tunnel is opened only where its header is exact and leads to a transport header whose lengths fit
/// into the datagram around it; in every other case the datagram is what it is, and its payload is classified like any other.
@usableFromInline
package enum UDPTunnel {
    /// Whether `decode` should be asked: a registered tunnel port, or a first octet as in HEP. Media, on high ports, is not held up.
    @inlinable @inline(__always)
    package static func isWorthALook(_ bytes: RawSpan, _ datagram: UDPDatagram) -> Bool {
        guard datagram.payloadCount >= 8 else { return false }
        let first = bytes.u8(datagram.payloadStart)
        return min(datagram.source.port, datagram.destination.port) <= 8472 || datagram.destination.port == 37008 || first == 0x48 || first &- 1 < 2
    }

    /// `content`, or what is in the tunnel that it is.
    @usableFromInline
    static func open(_ bytes: RawSpan, _ content: FrameContent, _ nesting: Nesting) -> FrameContent {
        guard case .udp(let datagram) = content, isWorthALook(bytes, datagram) else { return content }
        return decode(bytes, datagram, nesting)
    }

    /// What a UDP datagram carries, where that is packets; the datagram itself where it is not.
    @usableFromInline
    @inline(never)
    package static func decode(_ bytes: RawSpan, _ outer: UDPDatagram, _ nesting: Nesting) -> FrameContent {
        let start = outer.payloadStart
        let inside = bytes.extracting(0..<start + outer.payloadCount)
        if let step = HEP.step(inside, start: start, declared: outer.declaredCount) { return FrameContent.decodeInner(inside, step, nesting) }
        guard
            let step = step(inside, start: start, port: outer.destination.port, declared: outer.declaredCount)
                ?? (isSymmetric(outer.source.port) ? step(inside, start: start, port: outer.source.port, declared: outer.declaredCount) : nil)
        else { return .udp(outer) }
        let content = FrameContent.decodeInner(inside, step, nesting)
        let end = start + outer.declaredCount
        // An octet that media may begin with, and of labels (RFC 7510) a rare one: only two lengths that fit, of IP and of UDP, show a tunnel then. Of
        // some thousand packets of media chance makes one look like a fragment, a segment or SCTP behind labels. VXLAN with group policy and GRE also
        // have reserved octets and an EtherType: a segment or fragment that ends where the datagram does is no chance there.
        if bytes.u8(start) & 0xC0 == 0x80 {
            let isTyped = outer.destination.port != 6635
            switch content {
            case .udp(let inner): return inner.payloadStart + inner.declaredCount <= end ? content : .udp(outer)
            case .tcp(let inner): return isTyped && inner.payloadStart + inner.declaredCount == end ? content : .udp(outer)
            case .fragment(let inner): return isTyped && inner.payloadStart + inner.declaredCount == end ? content : .udp(outer)
            default: return .udp(outer)
            }
        }
        switch content {
        case .udp(let inner): return inner.payloadStart + inner.declaredCount <= end ? content : .udp(outer)
        case .tcp(let inner): return inner.payloadStart + inner.declaredCount <= end ? content : .udp(outer)
        case .fragment(let inner): return inner.payloadStart + inner.declaredCount <= end ? content : .udp(outer)
        case .sctp, .message, .other(.tooDeep), .other(.ipProtocol(50)), .other(.aggregate), .other(.wirelessProtected): return content
        case .other: return .udp(outer)
        }
    }

    /// Tunnels whose one end uses any port, so that the way back shows the number as the source.
    private static func isSymmetric(_ port: UInt16) -> Bool {
        switch port {
        case 1701, 2152, 3544, 4789, 5247, 8472: true
        default: false
        }
    }

    private static func step(_ bytes: RawSpan, start: Int, port: UInt16, declared: Int) -> InnerStep? {
        switch port {
        case 1701: L2TP.overUDP(bytes, start: start, declared: declared)
        case 2152: GTP.step(bytes, start: start, declared: declared)
        case 3544: Teredo.step(bytes, start: start, declared: declared)
        // GRE in UDP (RFC 8086) and MPLS in UDP (RFC 7510).
        case 4754: bytes.be16(start) & 0x4FFF == 0 ? GRE.step(bytes, start: start) : nil
        case 6635: .inner(.mpls, start: start)
        case 4789, 8472: VXLAN.step(bytes, start: start)
        case 4790: VXLAN.generic(bytes, start: start)
        case 5247: CAPWAP.step(bytes, start: start)
        case 6081: Geneve.step(bytes, start: start)
        case 37008: TZSP.step(bytes, start: start)
        default: nil
        }
    }
}
