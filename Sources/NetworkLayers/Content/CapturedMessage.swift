public import Evidence

/// A transport payload with addresses but without packet headers of its own: what a capture agent sends by HEP, or what Wireshark exports.
///
/// Over TCP or TLS the agent has already cut the stream into messages: `payload` is one whole SIP message. It is therefore handed on the way a
/// datagram is, never through stream assembly, for which it has no sequence numbers.
@frozen
@usableFromInline
package struct CapturedMessage: Sendable, Equatable {
    @usableFromInline package let source: Endpoint
    @usableFromInline package let destination: Endpoint
    /// IANA number of the transport as far as told: 17 UDP, 6 TCP, 132 SCTP; 0 unknown.
    @usableFromInline package let proto: UInt8
    /// When the agent saw it; nil where only the packet's own time is known.
    @usableFromInline package let time: CaptureTime?
    @usableFromInline package let payloadStart: Int
    /// Octets of payload that were captured.
    @usableFromInline package let payloadCount: Int
    /// Octets of payload by the header.
    @usableFromInline package let declaredCount: Int
    /// Where the agent's correlation identifier stands (HEP chunk 0x0011: for RTP and RTCP most often the Call-ID); empty where there is none.
    @usableFromInline package let correlation: Range<Int>
    /// The payload is compressed (HEP chunk 0x0010): `unpacked` gives it.
    @usableFromInline package let isCompressed: Bool

    package init(
        source: Endpoint, destination: Endpoint, proto: UInt8, time: CaptureTime?, payloadStart: Int, payloadCount: Int, declaredCount: Int,
        correlation: Range<Int> = 0..<0, isCompressed: Bool = false
    ) {
        self.isCompressed = isCompressed
        self.source = source
        self.destination = destination
        self.proto = proto
        self.time = time
        self.payloadStart = payloadStart
        self.payloadCount = payloadCount
        self.declaredCount = declaredCount
        self.correlation = correlation
    }
}

extension CapturedMessage {
    /// The payload of a compressed message in `bytes`; nil where it is cut, damaged or larger than `limit`.
    package func unpacked(_ bytes: RawSpan, limit: Int) -> [UInt8]? {
        guard isCompressed, payloadCount == declaredCount, payloadStart >= 0, payloadCount <= bytes.byteCount - payloadStart else { return nil }
        return Inflater.whole(bytes.array(payloadStart..<payloadStart + payloadCount), limit: limit)
    }
}
