package import Evidence
package import SIPSyntax

/// What a TCP stream carried, one thing at a time.
package enum StreamEvent {
    /// One SIP message.
    case message(FramedMessage, NetworkPath, SignallingTransport)
    /// The end of a SIP message whose beginning is not in the capture.
    case remainder(FramedMessage, NetworkPath)
    /// What would have been a datagram: RTP, RTCP, STUN or DTLS framed on a stream (RFC 4571).
    case packet(StreamPacket)
    /// One HEP version 3 packet, from its magic to its end.
    case capsule(StreamPacket)
    /// The octets of one direction begin like MSRP (RFC 4975); reported once for each.
    case messaging(NetworkPath, Origin)
    /// WebSocket messages that could not be kept or unpacked: where the last one ended, and how many.
    case dropped(NetworkPath, Origin, Int)
}

/// A packet that came on a stream.
package struct StreamPacket {
    package let path: NetworkPath
    package let octets: [UInt8]
    /// Of its first octet.
    package let origin: Origin
    /// Of the packet that completed it.
    package let time: CaptureTime
}
