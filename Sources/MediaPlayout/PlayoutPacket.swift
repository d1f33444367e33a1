public import Evidence

/// One RTP packet of a stream, as captured; its payload is only borrowed.
///
/// Inlinable, so that making one is nothing: it is made for every packet, in another module.
@frozen
@usableFromInline
package struct PlayoutPacket: ~Escapable {
    @usableFromInline let sequence: SequenceNumber
    @usableFromInline let timestamp: RTPTimestamp
    @usableFromInline let payloadType: PayloadType
    @usableFromInline let arrival: CaptureTime
    @usableFromInline let origin: Origin
    @usableFromInline let payload: RawSpan
    @usableFromInline let isMarked: Bool
    @usableFromInline let absent: UInt16
    @usableFromInline let isSnapped: Bool

    /// `isMarked`: the marker bit, which begins a talkspurt. `payload` is what the decoder gets: decrypted, without header extension and padding.
    /// `absent`: octets at its end that were not captured; `isSnapped`: because of the snap length.
    @inlinable
    @inline(__always)
    @_lifetime(copy payload)
    package init(
        sequence: SequenceNumber, timestamp: RTPTimestamp, payloadType: PayloadType, arrival: CaptureTime, origin: Origin, payload: RawSpan,
        isMarked: Bool = false, absent: UInt16 = 0, isSnapped: Bool = false
    ) {
        self.sequence = sequence
        self.timestamp = timestamp
        self.payloadType = payloadType
        self.arrival = arrival
        self.origin = origin
        self.payload = payload
        self.isMarked = isMarked
        self.absent = absent
        self.isSnapped = isSnapped
    }
}
