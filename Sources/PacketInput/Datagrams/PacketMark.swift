public import Evidence

/// Traces of a frame's way that a copy of the same packet may differ in or must agree in; read from the IP header before a UDP payload.
@frozen
@usableFromInline
package struct PacketMark: Sendable {
    /// Frame that it was read from; a mark of another frame says nothing.
    @usableFromInline package let frame: UInt32
    /// IPv4 identification (RFC 791 section 3.1); 0 where there is none.
    @usableFromInline package let identification: UInt16
    /// Time to live, or hop limit.
    @usableFromInline package let hops: UInt8
    /// Low octet of the capturing interface's number.
    @usableFromInline package let interface: UInt8

    package static let none = PacketMark(frame: 0, identification: 0, hops: 0, interface: 0)

    package init(frame: UInt32, identification: UInt16, hops: UInt8, interface: UInt8) {
        self.frame = frame
        self.identification = identification
        self.hops = hops
        self.interface = interface
    }

    /// `payload` is where a UDP payload begins in the frame `bytes`. IPv4 with options gives no mark.
    @inlinable @inline(__always)
    init(_ bytes: RawSpan, payload: Int, frame: UInt32, interface: UInt32) {
        self.frame = frame
        self.interface = UInt8(truncatingIfNeeded: interface)
        if payload >= 28, bytes.u8(payload &- 28) == 0x45 {
            identification = bytes.be16(payload &- 24)
            hops = bytes.u8(payload &- 20)
        } else {
            identification = 0
            hops = payload >= 48 && bytes.u8(payload &- 48) >> 4 == 6 ? bytes.u8(payload &- 41) : 0
        }
    }

    /// Of a frame that `UDPDatagram(plainEthernet:)` read.
    @inlinable @inline(__always)
    init(plainEthernet bytes: RawSpan, frame: UInt32, interface: UInt32) {
        self.frame = frame
        self.interface = UInt8(truncatingIfNeeded: interface)
        identification = bytes.be16(18)
        hops = bytes.u8(22)
    }
}
