package import Evidence
import RTPSyntax

/// Whether packets with four octets of payload are named events (RFC 4733), told by how they follow each other: what signalling would say of their type.
///
/// Bound: 65,536 flows, two payload types of each.
package struct EventTraces: Sendable {
    /// All such packets of one payload type in one flow.
    package struct Trace: Sendable, Equatable {
        package let type: PayloadType
        /// Packets of four octets of payload.
        package internal(set) var packets = 0
        /// Of these, such as no event has, or that shorten the one before.
        package internal(set) var contradictions = 0
        /// Different events.
        package internal(set) var events = 0
        fileprivate var timestamp = RTPTimestamp(0)
        fileprivate var event: UInt8 = 0
        fileprivate var duration: UInt16 = 0

        fileprivate init(type: PayloadType) { self.type = type }

        fileprivate mutating func add(_ told: TelephoneEvent, reserved: Bool, at timestamp: RTPTimestamp) {
            defer { packets += 1 }
            guard told.event <= 16, !reserved else {
                contradictions += 1
                return
            }
            if packets == 0 || timestamp != self.timestamp {
                // A copy of the end may come after the next event has begun.
                if packets == 0 || timestamp.distance(from: self.timestamp) > 0 {
                    events += 1
                    (self.timestamp, event, duration) = (timestamp, told.event, told.duration)
                }
            } else if told.event != event || told.duration < duration {
                contradictions += 1
            } else {
                duration = told.duration
            }
        }
    }

    private var traces: [Int: [Trace]] = [:]
    private static let flowLimit = 65_536
    private static let typeLimit = 2

    /// Whether a packet of `count` octets has four of payload.
    @inline(__always)
    static func isWanted(_ header: RTPHeader, _ count: Int) -> Bool { count <= 48 && count &- header.headerLength == TelephoneEvent.length }

    @inline(never)
    mutating func add(flow: Int, _ header: RTPHeader, _ packet: RawSpan) {
        let start = header.headerLength
        guard let told = TelephoneEvent(parsing: packet, at: start), traces[flow] != nil || traces.count < Self.flowLimit else { return }
        var known = traces[flow] ?? []
        let index = known.firstIndex { $0.type == header.payloadType }
        guard index != nil || known.count < Self.typeLimit else { return }
        if index == nil { known.append(Trace(type: header.payloadType)) }
        known[index ?? known.count - 1].add(told, reserved: packet.u8(start + 1) & 0x40 != 0, at: header.timestamp)
        traces[flow] = known
    }

    package func traces(of flow: Int) -> [Trace] { traces[flow] ?? [] }

    mutating func forget() { traces = [:] }
}
