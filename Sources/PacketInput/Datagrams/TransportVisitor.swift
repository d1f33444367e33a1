public import Evidence
public import NetworkLayers

/// Receives transport payloads, whole again where they were fragmented.
@usableFromInline
package protocol TransportVisitor {
    /// Precedes `datagram` where the frame is a whole IP packet.
    mutating func note(_ mark: PacketMark)
    /// Precedes `datagram` where that came in fragments: where each part of its payload came from.
    mutating func note(assembly origins: OriginMap)
    /// `payload` is what was captured of it; `declared` the octets that the headers promise.
    mutating func datagram(_ path: NetworkPath, _ payload: RawSpan, declared: Int, time: CaptureTime, origin: Origin)
    /// `bytes` hold the segment's payload where `segment` says.
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin)
    /// `bytes` hold the chunks where `packet` says.
    mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin)
}

extension TransportVisitor {
    @inlinable
    package mutating func sctp(_ packet: SCTPPacket, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {}

    @inlinable @inline(__always)
    package mutating func note(_ mark: PacketMark) {}
    @inlinable
    package mutating func note(assembly origins: OriginMap) {}
}
