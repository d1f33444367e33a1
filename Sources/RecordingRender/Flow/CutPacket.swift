import Evidence
import RTPSyntax

/// A cut packet that waits for a whole copy.
struct CutPacket {
    let octets: [UInt8]
    let header: RTPHeader
    let time: CaptureTime
    let origin: Origin
    let absent: UInt16
    let isSnapped: Bool

    init(_ packet: ArrivedPacket) {
        octets = packet.octets.array
        header = packet.header
        time = packet.time
        origin = packet.origin
        absent = packet.absent
        isSnapped = packet.isSnapped
    }
}
