public import Evidence

/// One frame as a capture holds it: where its octets are, when it was seen, how much of it was kept.
@frozen
@usableFromInline
package struct CapturedFrame: Sendable, Equatable {
    /// The epoch itself for a Simple Packet Block, which carries no time.
    @usableFromInline package let time: CaptureTime
    /// One-based in its file, counted as Wireshark does.
    @usableFromInline package let number: UInt32
    @usableFromInline package let linkType: LinkType
    /// Index in `CaptureParser.interfaces`; 0 for pcap.
    @usableFromInline package let interface: UInt32
    /// Offset of the first octet in the span that was parsed.
    @usableFromInline package let bodyStart: Int
    /// Octets kept in the file.
    @usableFromInline package let capturedLength: Int
    /// Octets on the wire; more than `capturedLength` when cut by the snap length.
    @usableFromInline package let originalLength: Int

    @inlinable @inline(__always)
    package init(
        time: CaptureTime, number: UInt32, linkType: LinkType, interface: UInt32, bodyStart: Int, capturedLength: Int, originalLength: Int
    ) {
        self.time = time
        self.number = number
        self.linkType = linkType
        self.interface = interface
        self.bodyStart = bodyStart
        self.capturedLength = capturedLength
        self.originalLength = originalLength
    }
}

/// What one call of `CaptureParser.next` found.
@frozen
@usableFromInline
package enum CaptureStep: Sendable, Equatable {
    /// A frame; go on at `next`.
    case frame(CapturedFrame, next: Int)
    /// Something without a frame was consumed; go on at `to`.
    case skip(to: Int)
    /// The record does not fit what is left of the span: call again with this many octets from `start` (or with `isFinal`).
    case needMore(atLeast: Int)
    /// Nothing more can be read from this file; `remarks` tells why if it is not its natural end.
    case end
}
