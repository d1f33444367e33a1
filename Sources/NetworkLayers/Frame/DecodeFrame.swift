import Evidence

extension FrameContent {
    /// Decodes one frame and opens whatever tunnels it holds.
    @inlinable
    package static func decode(_ bytes: RawSpan, linkType: UInt32, nesting: Nesting = Nesting()) -> FrameContent {
        UDPTunnel.open(bytes, decodeHeaders(bytes, linkType: linkType, nesting: nesting), nesting)
    }

    /// Decodes one frame from its link header down to UDP, TCP or an IP fragment.
    ///
    /// `bytes` is exactly what was captured of the frame; `linkType` is the LINKTYPE_ number of the capture formats. No input is dropped for its
    /// checksum: captures of a sending host hold packets before the network card filled it in. A tunnel in the outermost UDP datagram is
    /// not opened yet: `UDPTunnel.isWorthALook` says of which `UDPTunnel.decode` is to be asked. Kept apart, the path of media stays in registers.
    @inlinable @inline(__always)
    package static func decodeHeaders(_ bytes: RawSpan, linkType: UInt32, nesting: Nesting) -> FrameContent {
        let step =
            switch linkType {
            case 1: EthernetLink.payload(of: bytes)
            case 12, 14, 101, 228, 229: RawIPLink.payload(of: bytes)
            case 113: LinuxSLLLink.payload(of: bytes)
            case 276: LinuxSLL2Link.payload(of: bytes)
            case 0, 108: NullLoopLink.payload(of: bytes)
            default: LinkStep.uncommon
            }
        switch step {
        case .payload(EtherType.ipv4, let start): return IPv4Header.decode(bytes, from: start, nesting)
        case .payload(EtherType.ipv6, let start): return IPv6Header.decode(bytes, from: start, nesting)
        case .payload(let type, let start): return decodeInner(bytes, .inner(.etherType(type), start: start), nesting)
        case .stop(let other): return .other(other)
        case .uncommon: return decodeInner(bytes, .inner(.link(linkType), start: 0), nesting)
        }
    }
}

/// Decodes the transport header of a datagram that was put together from fragments; offsets are in its `octets`.
package func decodeTransport(of datagram: ReassembledDatagram, nesting: Nesting = Nesting()) -> FrameContent {
    let bytes = unsafe datagram.octets.span.bytes
    let whole = IPPayload(
        source: datagram.source, destination: datagram.destination, start: 0, captured: bytes.byteCount, declared: bytes.byteCount)
    // The Fragment header is not always the last extension header of IPv6.
    let content =
        datagram.source.family == 6
        ? IPv6Header.followExtensions(bytes, whole, first: datagram.proto, isReassembled: true, nesting)
        : whole.transport(bytes, datagram.proto, nesting)
    return UDPTunnel.open(bytes, content, nesting)
}
