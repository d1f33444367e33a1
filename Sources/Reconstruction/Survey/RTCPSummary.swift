package import Evidence
package import MediaPlayout
package import RTPSyntax

/// What was seen of RTCP on one path.
package struct RTCPSummary: Sendable {
    package var packets = 0
    package var senderReports = 0
    package var first: CaptureTime
    /// What each source said of itself.
    package private(set) var words = RTCPWords()
    /// Packets that do not read, though all of their octets are there: SRTCP, or malformed.
    private(set) var unreadable: (count: Int, first: Origin, last: Origin)?
    private var read = 0

    /// Packets that are looked at: a source says its name again and again.
    private static let readLimit = 1000

    init(first: CaptureTime) { self.first = first }

    /// Takes what a compound packet says; `isCut`: the capture lacks its end. False where it does not read as one, which SRTCP does not.
    mutating func learn(from packet: RawSpan, isCut: Bool, at time: CaptureTime, origin: Origin) -> Bool {
        guard read < Self.readLimit else { return true }
        read += 1
        if words.learn(from: packet, at: time) { return true }
        if !isCut { unreadable = ((unreadable?.count ?? 0) + 1, unreadable?.first ?? origin, origin) }
        return false
    }
}

extension NetworkPath {
    /// Where the RTCP of RTP on this path goes unless it is multiplexed (RFC 3550 section 11).
    var nextPorts: NetworkPath {
        NetworkPath(source: Endpoint(source.address, source.port &+ 1), destination: Endpoint(destination.address, destination.port &+ 1))
    }
}

/// What the sources of RTCP packets said of themselves, in clear or once opened.
package struct RTCPWords: Sendable {
    /// Canonical names (RFC 3550 section 6.5.1) by source.
    package private(set) var cnames: [SSRC: String] = [:]
    /// When each source first said that it leaves (section 6.6).
    package private(set) var goodbyes: [SSRC: CaptureTime] = [:]
    /// The first report of each sender (section 6.4.1).
    package private(set) var reports: [SSRC: RTCPSenderReport] = [:]
    /// What senders said of their own time.
    package private(set) var traces: [SSRC: SenderReportTrace] = [:]
    /// Sender reports of all.
    package private(set) var senderReports = 0

    /// Sources kept.
    private static let limit = 64

    package init() {}

    /// Takes what a compound packet says. False where part of it does not read: then only names are taken, and only where they are text.
    @discardableResult
    mutating func learn(from packet: RawSpan, at time: CaptureTime) -> Bool {
        let compound = RTCPCompound(parsing: packet)
        let isWhole = compound.remarks.isEmpty
        for part in compound.packets {
            switch part {
            case .sourceDescription(let chunks): for chunk in chunks { name(chunk) }
            case .senderReport(let report) where isWhole:
                senderReports += 1
                if reports[report.ssrc] == nil, reports.count < Self.limit { reports[report.ssrc] = report }
                // A clock that was never set tells nothing.
                if let sent = report.ntp.time, traces[report.ssrc] != nil || traces.count < Self.limit {
                    traces[report.ssrc, default: SenderReportTrace()].add(timestamp: report.rtpTimestamp, sent: sent, arrival: time)
                }
            case .goodbye(let goodbye) where isWhole:
                for source in goodbye.sources where goodbyes[source] == nil && goodbyes.count < Self.limit { goodbyes[source] = time }
            default: continue
            }
        }
        return isWhole
    }

    private mutating func name(_ chunk: RTCPSourceDescription) {
        guard let name = chunk.cname, !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            cnames[chunk.source] != nil || cnames.count < Self.limit
        else { return }
        cnames[chunk.source] = name
    }
}
