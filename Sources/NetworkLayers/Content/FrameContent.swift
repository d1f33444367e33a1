public import Evidence

/// What one captured frame carries, as far down as UDP, TCP, SCTP or an IP fragment. All offsets are octets from the start of the frame.
@frozen
@usableFromInline
package enum FrameContent: Sendable, Equatable {
    case udp(UDPDatagram)
    case tcp(TCPSegment)
    case sctp(SCTPPacket)
    case fragment(IPFragment)
    /// A message that a capture agent or a program sent or stored without its own packet headers.
    case message(CapturedMessage)
    case other(FrameOther)
}

/// Why a frame is none of the above.
@frozen
@usableFromInline
package enum FrameOther: Sendable, Equatable {
    /// Not IP: ARP, LLDP and the like. The EtherType, or the 802.3 length.
    case notIP(UInt16)
    /// No reader for this LINKTYPE_ number (NET005).
    case unsupportedLink(UInt32)
    /// The captured octets end within the header that begins at this offset.
    case truncated(Int)
    /// The header that begins at this offset contradicts itself (NET006).
    case malformed(Int)
    /// IP with another protocol; its IANA number.
    case ipProtocol(UInt8)
    /// More tags, extension headers, link layers or tunnels than are followed (NET011).
    case tooDeep
    /// IEEE 802.11 data that only the station and the access point can read (NET013).
    case wirelessProtected
    /// Several MSDUs in one IEEE 802.11 frame; the first subframe begins at this offset. `FrameContent.nextSubframe` reads them.
    case aggregate(Int)
    /// A HEP message whose payload is compressed and can not be unpacked (NET014).
    case compressedMessage
}

/// A UDP datagram (RFC 768).
@frozen
@usableFromInline
package struct UDPDatagram: Sendable, Equatable {
    @usableFromInline package let source: Endpoint
    @usableFromInline package let destination: Endpoint
    @usableFromInline package let payloadStart: Int
    /// Octets of payload that were captured.
    @usableFromInline package let payloadCount: Int
    /// Octets of payload by the UDP header; more than `payloadCount` when the frame was cut.
    @usableFromInline package let declaredCount: Int

    @inlinable @inline(__always)
    package init(source: Endpoint, destination: Endpoint, payloadStart: Int, payloadCount: Int, declaredCount: Int) {
        self.source = source
        self.destination = destination
        self.payloadStart = payloadStart
        self.payloadCount = payloadCount
        self.declaredCount = declaredCount
    }

    @inlinable package var path: NetworkPath { NetworkPath(source: source, destination: destination) }

    /// The datagram of a frame as most media comes: Ethernet without tags, IPv4 without options and not in fragments. Nil for any other, and for
    /// whatever has something wrong, which `FrameContent` tells. By this short way a packet takes half the instructions.
    @inlinable @inline(__always)
    package init?(plainEthernet bytes: RawSpan) {
        guard bytes.byteCount >= 42 else { return nil }
        // EtherType, version and header length, then flags, fragment offset and protocol.
        guard bytes.be32(12) & 0xFFFF_FF00 == 0x0800_4500, bytes.be32(20) & 0x3FFF_00FF == 0x0000_0011 else { return nil }
        let total = Int(bytes.be16(16))
        let length = Int(bytes.be16(38))
        guard total >= 28, length >= 8 else { return nil }
        let captured = min(total &- 28, bytes.byteCount &- 42)
        self.init(
            source: Endpoint(IPAddress(v4: bytes.be32(26)), bytes.be16(34)), destination: Endpoint(IPAddress(v4: bytes.be32(30)), bytes.be16(36)),
            payloadStart: 42, payloadCount: min(length &- 8, captured), declaredCount: length &- 8)
    }
}

/// A TCP segment (RFC 9293 section 3.1).
@frozen
@usableFromInline
package struct TCPSegment: Sendable, Equatable {
    @usableFromInline package let source: Endpoint
    @usableFromInline package let destination: Endpoint
    @usableFromInline package let sequence: UInt32
    /// Meaningful when `flags` has `.acknowledgement`.
    @usableFromInline package let acknowledgement: UInt32
    @usableFromInline package let flags: TCPFlags
    @usableFromInline package let payloadStart: Int
    /// Octets of payload that were captured.
    @usableFromInline package let payloadCount: Int
    /// Octets of payload by the IP header; more than `payloadCount` when the frame was cut.
    @usableFromInline package let declaredCount: Int

    @inlinable @inline(__always)
    package init(
        source: Endpoint, destination: Endpoint, sequence: UInt32, acknowledgement: UInt32, flags: TCPFlags, payloadStart: Int, payloadCount: Int,
        declaredCount: Int
    ) {
        self.source = source
        self.destination = destination
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.payloadStart = payloadStart
        self.payloadCount = payloadCount
        self.declaredCount = declaredCount
    }

    @inlinable package var path: NetworkPath { NetworkPath(source: source, destination: destination) }
}

/// The control bits of a TCP header (RFC 9293 section 3.1).
@frozen
@usableFromInline
package struct TCPFlags: OptionSet, Hashable, Sendable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }
    @inlinable package static var finish: TCPFlags { TCPFlags(rawValue: 1) }
    @inlinable package static var synchronize: TCPFlags { TCPFlags(rawValue: 2) }
    @inlinable package static var reset: TCPFlags { TCPFlags(rawValue: 4) }
    @inlinable package static var push: TCPFlags { TCPFlags(rawValue: 8) }
    @inlinable package static var acknowledgement: TCPFlags { TCPFlags(rawValue: 16) }
}

/// One fragment of an IP datagram (RFC 791 section 3.2, RFC 8200 section 4.5).
@frozen
@usableFromInline
package struct IPFragment: Sendable, Equatable {
    @usableFromInline package let source: IPAddress
    @usableFromInline package let destination: IPAddress
    /// 16 bits for IPv4.
    @usableFromInline package let identification: UInt32
    /// IPv4 protocol; for IPv6 the next header of the Fragment header, which counts only in the first fragment.
    @usableFromInline package let proto: UInt8
    /// Octets of the datagram's payload before this fragment: 0...65,528.
    @usableFromInline package let offset: Int
    /// More fragments follow.
    @usableFromInline package let more: Bool
    @usableFromInline package let payloadStart: Int
    /// Octets that were captured.
    @usableFromInline package let payloadCount: Int
    /// Octets by the IP header.
    @usableFromInline package let declaredCount: Int
    /// Which tunnel it was in, mixed from identifiers such as VNI, TEID or GRE key; 0 outside: the same addresses may be in use in several.
    @usableFromInline package let tunnel: UInt32

    @inlinable @inline(__always)
    package init(
        source: IPAddress, destination: IPAddress, identification: UInt32, proto: UInt8, offset: Int, more: Bool, payloadStart: Int,
        payloadCount: Int, declaredCount: Int, tunnel: UInt32 = 0
    ) {
        self.tunnel = tunnel
        self.source = source
        self.destination = destination
        self.identification = identification
        self.proto = proto
        self.offset = offset
        self.more = more
        self.payloadStart = payloadStart
        self.payloadCount = payloadCount
        self.declaredCount = declaredCount
    }
}
