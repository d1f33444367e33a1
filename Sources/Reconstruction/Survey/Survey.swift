package import Evidence
package import MediaPlayout
import RTPSyntax
package import SIPDialogs
package import StreamMatching
package import TLSDecryption

/// What one input held, as the survey found it.
package struct CaptureSummary: Sendable {
    package let name: String
    package let format: String
    package let octets: Int?
    package let packets: Int
    package let first: CaptureTime?
    package let last: CaptureTime?
    /// Names of the link types that occurred.
    package let linkTypes: [String]
    /// Smallest snap length given; nil where none or unlimited.
    package let snapLength: Int?
    /// Packets that the capturing host says it dropped.
    package let dropped: Int?
    /// Moments by which packets had been dropped, where single packets tell; in order of time, the first 1,024 of each interface.
    package let dropMoments: [CaptureTime]
    /// Seconds that were added to all times by order of the user.
    package let clockCorrection: Double?
    /// How the clock differs from that of another capture, after that correction.
    package internal(set) var clock: ClockDifference?
}

/// What was seen of RTCP on one path.
package struct RTCPSummary: Sendable {
    package var packets = 0
    package var senderReports = 0
    package var first: CaptureTime
    /// Canonical names (RFC 3550 section 6.5.1) by source.
    package var cnames: [SSRC: String] = [:]
    /// What sources said of their own time.
    package private(set) var reports: [SSRC: SenderReportTrace] = [:]
    private var descriptions = 0

    /// Sources kept for one path, and packets that are looked at: a source says its name again and again.
    private static let nameLimit = 64
    private static let descriptionLimit = 1000

    init(first: CaptureTime) { self.first = first }

    /// Takes the sender report that a compound packet begins with; a clock that was never set tells nothing.
    mutating func learnReport(from packet: RawSpan, at arrival: CaptureTime) {
        for case .senderReport(let report) in RTCPCompound(parsing: packet).packets.prefix(1) {
            guard let sent = report.ntp.time, reports[report.ssrc] != nil || reports.count < Self.nameLimit else { continue }
            reports[report.ssrc, default: SenderReportTrace()].add(timestamp: report.rtpTimestamp, sent: sent, arrival: arrival)
        }
    }

    /// Takes the names of a compound packet; what is encrypted does not parse as one, or has text that is none.
    mutating func learnNames(from packet: RawSpan) {
        guard descriptions < Self.descriptionLimit else { return }
        descriptions += 1
        for case .sourceDescription(let chunks) in RTCPCompound(parsing: packet).packets {
            for chunk in chunks {
                guard let name = chunk.cname, !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                    cnames[chunk.source] != nil || cnames.count < Self.nameLimit
                else { continue }
                cnames[chunk.source] = name
            }
        }
    }
}

/// Everything that the first pass keeps: signalling, one row a flow, no payload.
package struct Survey: Sendable {
    package internal(set) var captures: [CaptureSummary] = []
    package internal(set) var rejected: [FrameMerge.Rejected] = []
    package internal(set) var dialogs: [SIPDialog] = []
    package internal(set) var flows: FlowTable
    package internal(set) var rtcp: [NetworkPath: RTCPSummary] = [:]
    /// What arrivals tell of each flow's sender's clock, one for each row of `flows`.
    package internal(set) var clocks: ContiguousArray<ClockTrace> = []
    /// Packets on which keys are tried.
    package internal(set) var samples = PacketSamples(limit: 0)
    /// What DTLS-SRTP handshakes yielded, in order of time.
    package internal(set) var dtls: [DTLSKeys] = []
    /// Every DTLS handshake seen, with or without keys.
    package internal(set) var handshakes: [DTLSReport] = []
    package internal(set) var zrtp: [NetworkPath: ZRTPSummary] = [:]
    package internal(set) var counts = FrameCounts()
    package internal(set) var findings = FindingLog()
    package internal(set) var wasInterrupted = false
    /// TCP paths on which media came: the second pass reads these streams and no others.
    package internal(set) var streamMedia: Set<NetworkPath> = []

    /// Lets go of what only the plan needs.
    package mutating func forgetSamples() { samples.forget() }

    /// Flows seen.
    package var flowCount: Int { flows.rows.count }
}
