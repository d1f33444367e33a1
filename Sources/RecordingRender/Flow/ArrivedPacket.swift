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
    /// Octets at its end that its headers announce and the frame does not hold.
    let absent: UInt16
    /// The capture says that it cut the frame: the snap length took what is absent.
    let isSnapped: Bool

    @inline(__always)
    @_lifetime(copy octets)
    init(_ octets: RawSpan, header: RTPHeader, time: CaptureTime, origin: Origin, mark: PacketMark, absent: UInt16 = 0, isSnapped: Bool = false) {
        self.octets = octets
        self.header = header
        self.time = time
        self.origin = origin
        self.mark = mark
        self.absent = absent
        self.isSnapped = isSnapped
    }

    /// The capture has less of it than was sent.
    @inline(__always)
    var isCut: Bool { absent > 0 }

    /// Why what is absent is not there.
    var absence: GapCause { isSnapped ? .snapLength : .captureDrop }

    /// What is there of the payload of a cut packet; nil where nothing is, or where padding, whose length stands at the end, cannot be told from it.
    var beginning: RawSpan? {
        @_lifetime(copy self)
        get {
            guard !header.padding, header.headerLength < octets.byteCount else { return nil }
            return octets.extracting(header.headerLength..<octets.byteCount)
        }
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
    func played(_ payload: RawSpan) -> PlayoutPacket {
        PlayoutPacket(
            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, payload: payload,
            isMarked: header.marker, absent: absent, isSnapped: isSnapped)
    }

    @inline(__always)
    @_lifetime(copy payload)
    static func played(_ payload: RawSpan, _ header: RTPHeader, _ time: CaptureTime, _ origin: Origin) -> PlayoutPacket {
        PlayoutPacket(
            sequence: header.sequence, timestamp: header.timestamp, payloadType: header.payloadType, arrival: time, origin: origin, payload: payload,
            isMarked: header.marker)
    }
}
