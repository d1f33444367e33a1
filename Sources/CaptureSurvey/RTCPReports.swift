package import Evidence
package import MediaPlayout
package import RTPSyntax

/// What the sources of RTCP packets said of themselves and of others, in clear or once opened.
package struct RTCPReports: Sendable {
    /// Another canonical name than before for the same source.
    package struct Renaming: Sendable, Equatable {
        package let from: String
        package let to: String
        package let origin: Origin
    }

    /// How often a source reported, and where first.
    package struct Reporting: Sendable, Equatable {
        package internal(set) var reports: Int
        package let first: Origin
    }

    /// Canonical names (RFC 3550 section 6.5.1) by source.
    package private(set) var cnames: [SSRC: String] = [:]
    /// The first change of each source's name.
    package private(set) var renamings: [SSRC: Renaming] = [:]
    /// When each source first said that it leaves (section 6.6).
    package private(set) var goodbyes: [SSRC: CaptureTime] = [:]
    /// The first report of each sender (section 6.4.1).
    package private(set) var reports: [SSRC: RTCPSenderReport] = [:]
    /// What senders said of their own time.
    package private(set) var traces: [SSRC: SenderReportTrace] = [:]
    /// Who sent reports, of either kind.
    package private(set) var reporting: [SSRC: Reporting] = [:]
    /// What receivers said of each source (section 6.4.1).
    package private(set) var receptions: [SSRC: ReceptionTrace] = [:]
    /// Sources of which pictures were asked for, or told to be lost (RFC 4585 section 6.3, RFC 5104 section 4.3): they send video.
    package private(set) var pictures: Set<SSRC> = []
    /// Sender reports of all.
    package private(set) var senderReports = 0

    /// Sources kept.
    private static let limit = 64

    package init() {}

    /// Takes what a compound packet says. False where part of it does not read: then only names are taken, and only where they are text.
    @discardableResult
    package mutating func learn(from packet: RawSpan, at time: CaptureTime, origin: Origin) -> Bool {
        let compound = RTCPCompound(parsing: packet)
        let isWhole = compound.remarks.isEmpty
        for part in compound.packets {
            switch part {
            case .sourceDescription(let chunks): for chunk in chunks { name(chunk, origin, isWhole: isWhole) }
            case .senderReport(let report) where isWhole:
                senderReports += 1
                if reports[report.ssrc] == nil, reports.count < Self.limit { reports[report.ssrc] = report }
                // A clock that was never set tells nothing.
                if let sent = report.ntp.time, traces[report.ssrc] != nil || traces.count < Self.limit {
                    traces[report.ssrc, default: SenderReportTrace()].add(timestamp: report.rtpTimestamp, sent: sent, arrival: time)
                }
                note(report.ssrc, report.blocks, time, origin)
            case .receiverReport(let report) where isWhole: note(report.ssrc, report.blocks, time, origin)
            case .goodbye(let goodbye) where isWhole:
                for source in goodbye.sources where goodbyes[source] == nil && goodbyes.count < Self.limit { goodbyes[source] = time }
            case .other(206, let format, let range) where isWhole: picture(Int(format), packet, range)
            default: continue
            }
        }
        return isWhole
    }

    /// A payload-specific feedback message: picture loss (1), slice loss (2), reference picture (3), full intra request (4), temporal-spatial trade-off (5).
    private mutating func picture(_ format: Int, _ packet: RawSpan, _ range: Range<Int>) {
        guard (1...5).contains(format), range.count >= 12, range.upperBound <= packet.byteCount, pictures.count < Self.limit else { return }
        let media = packet.be32(range.lowerBound + 8)
        // The last two name the source in their first entry.
        if media != 0 { pictures.insert(SSRC(media)) } else if range.count >= 16 { pictures.insert(SSRC(packet.be32(range.lowerBound + 12))) }
    }

    private mutating func name(_ chunk: RTCPSourceDescription, _ origin: Origin, isWhole: Bool) {
        guard let name = chunk.cname, !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            cnames[chunk.source] != nil || cnames.count < Self.limit
        else { return }
        if isWhole, let known = cnames[chunk.source], known != name, renamings[chunk.source] == nil {
            renamings[chunk.source] = Renaming(from: known, to: name, origin: origin)
        }
        cnames[chunk.source] = name
    }

    private mutating func note(_ reporter: SSRC, _ blocks: [RTCPReportBlock], _ time: CaptureTime, _ origin: Origin) {
        if reporting[reporter] != nil || reporting.count < Self.limit {
            reporting[reporter, default: Reporting(reports: 0, first: origin)].reports += 1
        }
        for block in blocks where receptions[block.source] != nil || receptions.count < Self.limit {
            receptions[block.source, default: ReceptionTrace(reporter: reporter)].add(block, by: reporter, at: time, origin: origin)
        }
    }
}
