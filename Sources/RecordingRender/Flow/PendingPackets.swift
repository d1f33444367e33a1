import CaptureSurvey
import Evidence
import RTPSyntax

/// Packets that did not open, kept for the moment when their key or rollover counter is found. In order of arrival.
///
/// Bound: `limit` packets; what is pushed out was a failure.
struct PendingPackets {
    struct Packet {
        let octets: [UInt8]
        let header: RTPHeader
        let time: CaptureTime
        let origin: Origin
    }

    /// A second of speech in packets of 20 ms, and a bit.
    static let limit = 64
    private(set) var packets: [Packet] = []
    /// Searches for the rollover counter that came to nothing.
    var vainSearches = 0
    /// After so many the stream is taken for damaged, not for displaced.
    static let searchLimit = 16

    var isEmpty: Bool { packets.isEmpty }
    var isFull: Bool { packets.count >= Self.limit }
    /// A search pays when there are two packets that can agree, and again when there are many.
    var isSearchTime: Bool { vainSearches < Self.searchLimit && (packets.count == 4 || packets.count == 32) }

    mutating func add(_ packet: ArrivedPacket) {
        packets.append(Packet(octets: packet.octets.array, header: packet.header, time: packet.time, origin: packet.origin))
    }

    /// Takes all of them out.
    mutating func take() -> [Packet] {
        defer { packets = [] }
        return packets
    }

    /// The latest packets as a search wants them.
    var samples: [[UInt8]] { packets.suffix(4).map(\.octets) }
}
