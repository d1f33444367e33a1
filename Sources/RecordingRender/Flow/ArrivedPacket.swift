import Evidence
import MediaPlayout
import PacketInput
import RTPSyntax

/// A packet of a flow as it was captured. Its octets are only borrowed.
struct ArrivedPacket: ~Escapable {
    /// All of it, header included.
    let octets: RawSpan
    let header: RTPHeader
    let time: CaptureTime
    let origin: Origin
    /// What tells copies apart.
    let mark: PacketMark
    /// The capture has less of it than was sent.
    let isCut: Bool

    @inline(__always)
    @_lifetime(copy octets)
    init(_ octets: RawSpan, header: RTPHeader, time: CaptureTime, origin: Origin, mark: PacketMark, isCut: Bool) {
        self.octets = octets
        self.header = header
        self.time = time
        self.origin = origin
        self.mark = mark
        self.isCut = isCut
    }

    /// What stands behind the header of a packet in clear, without padding; nil where the padding is a lie.
    @inline(__always)
    var payload: RawSpan? {
        @_lifetime(copy self)
        get {
            guard let count = header.payloadCount(total: octets.byteCount, bytes: octets) else { return nil }
            return octets.extracting(header.headerLength..<header.headerLength + count)
        }
    }

    /// As the playout takes it, with `payload` in clear.
    @inline(__always)
    @_lifetime(copy payload)
    func played(_ payload: RawSpan) -> PlayoutPacket { Self.played(payload, header, time, origin) }

    @inline(__always)
    @_lifetime(copy payload)
    static func played(_ payload: RawSpan, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin) -> PlayoutPacket {
        PlayoutPacket(
            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, payload: payload,
            isMarked: header.marker)
    }
}
