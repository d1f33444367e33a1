package import Evidence

/// The payload of an IP datagram that came in fragments.
package struct ReassembledDatagram: Sendable, Equatable {
    package let source: IPAddress
    package let destination: IPAddress
    /// Of the first fragment: IPv4 protocol, or for IPv6 the header after the Fragment header.
    package let proto: UInt8
    /// The IP payload: what follows the IPv4 header, or the IPv6 Fragment header.
    package let octets: [UInt8]
    package let origins: OriginMap
    /// Of the fragment that completed it.
    package let time: CaptureTime
}
