package import Evidence

/// The payload of a retransmission (RFC 4588 section 4): the original sequence number, then the original payload.
@frozen
package struct RetransmissionPayload: Sendable, Equatable {
    /// OSN.
    package let originalSequence: SequenceNumber
    /// Octets before the original payload.
    package static var headerLength: Int { 2 }

    /// Nil when it is too short.
    package init?(parsing bytes: RawSpan) {
        guard bytes.byteCount >= Self.headerLength else { return nil }
        originalSequence = SequenceNumber(bytes.be16(0))
    }
}
