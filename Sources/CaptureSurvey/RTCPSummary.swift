package import Evidence

/// What was seen of RTCP on one path.
package struct RTCPSummary: Sendable {
    package var packets = 0
    package var senderReports = 0
    package var first: CaptureTime
    /// What each source said of itself.
    package private(set) var words = RTCPReports()
    /// Packets that do not read, though all of their octets are there: SRTCP, or malformed.
    package private(set) var unreadable: (count: Int, first: Origin, last: Origin)?
    private var read = 0

    /// Packets that are looked at: a source says its name again and again.
    private static let readLimit = 1000

    init(first: CaptureTime) { self.first = first }

    /// Takes what a compound packet says; `isCut`: the capture lacks its end. False where it does not read as one, which SRTCP does not.
    mutating func learn(from packet: RawSpan, isCut: Bool, at time: CaptureTime, origin: Origin) -> Bool {
        guard read < Self.readLimit else { return true }
        read += 1
        if words.learn(from: packet, at: time, origin: origin) { return true }
        if !isCut { unreadable = ((unreadable?.count ?? 0) + 1, unreadable?.first ?? origin, origin) }
        return false
    }
}

extension NetworkPath {
    /// Where the RTCP of RTP on this path goes unless it is multiplexed (RFC 3550 section 11).
    package var nextPorts: NetworkPath {
        NetworkPath(source: Endpoint(source.address, source.port &+ 1), destination: Endpoint(destination.address, destination.port &+ 1))
    }
}
