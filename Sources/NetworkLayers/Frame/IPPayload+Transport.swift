extension IPPayload {
    @inlinable @inline(__always)
    package func transport(_ bytes: RawSpan, _ proto: UInt8, _ nesting: Nesting) -> FrameContent {
        switch proto {
        case 17: UDPHeader.decode(bytes, self)
        case 6: TCPHeader.decode(bytes, self)
        case 132: SCTPHeader.decode(bytes, self)
        default: IPTunnel.decode(bytes, self, proto, nesting)
        }
    }
}
