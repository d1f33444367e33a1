package import Evidence

/// What would have been one datagram, cut out of a stream.
package struct FramedPacket: Sendable, Equatable {
    package let octets: [UInt8]
    /// Of its first octet.
    package let origin: Origin
    /// Of the packet that completed it.
    package let time: CaptureTime
}
