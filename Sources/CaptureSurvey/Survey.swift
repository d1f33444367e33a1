package import CaptureFormat
package import Evidence
package import MediaPlayout
package import PacketInput
package import StreamMatching
package import TLSDecryption

/// A stretch in which a capture has no frame at all: nothing was sent past it, or it was not running.
package struct CaptureSilence: Sendable, Equatable {
    package let from: CaptureTime
    package let until: CaptureTime

    /// Nanoseconds; what is shorter says nothing where a single call is captured.
    static let shortest: Int64 = 100_000_000
    static let limit = 4096
}

/// What one input held, as the survey found it.
package struct CaptureSummary: Sendable {
    package let name: String
    package let format: String
    package let octets: Int?
    package let packets: Int
    package let first: CaptureTime?
    package let last: CaptureTime?
    /// What wrote it, as far as the file says.
    package let writers: CaptureWriters
    /// Names of the link types that occurred.
    package let linkTypes: [String]
    /// Smallest snap length given; nil where none or unlimited.
    package let snapLength: Int?
    /// Packets that the capturing host says it dropped.
    package let dropped: Int?
    /// Moments by which packets had been dropped, where single packets tell; in order of time, the first 1,024 of each interface.
    package let dropMoments: [CaptureTime]
    /// Stretches of more than a tenth of a second without any frame, in order of time; the first 4,096.
    package let silences: [CaptureSilence]
    /// Seconds that were added to all times by order of the user.
    package let clockCorrection: Double?
    /// How the clock differs from that of another capture, after that correction.
    package internal(set) var clock: ClockDifference?
}

/// Everything that the first pass keeps: signalling, one row a flow, no payload. It grows packet by packet: what is added here is kept.
package struct Survey: Sendable {
    package internal(set) var captures: [CaptureSummary] = []
    package internal(set) var rejected: [FrameMerge.Rejected] = []
    package var dialogs = DialogList()
    package internal(set) var flows: FlowTable
    package internal(set) var rtcp: [NetworkPath: RTCPSummary] = [:]
    /// Whom mixers name in the headers of their packets.
    package internal(set) var contributors = ContributorLog()
    /// By which packets of a flow are recognized on another path.
    package internal(set) var prints = MediaPrints()
    /// Which packets look like telephone events.
    package internal(set) var events = EventTraces()
    /// What kept paths open beside media.
    package internal(set) var keepAlives = KeepAlives()
    /// What may be fax.
    package internal(set) var faxes = FaxDatagrams()
    /// RTCP that may be encrypted.
    package internal(set) var control: ControlSamples
    /// What arrivals tell of each flow's sender's clock, one for each row of `flows`.
    package internal(set) var clocks: ContiguousArray<ClockTrace> = []
    /// Where clocks of captures were set; the times here are put right already.
    package internal(set) var clockSteps: [ClockStep] = []
    /// Packets on which keys are tried.
    package internal(set) var samples: PacketSamples
    /// What DTLS-SRTP handshakes yielded, in order of time.
    package internal(set) var dtls: [DTLSKeys] = []
    /// Every DTLS handshake seen, with or without keys.
    package internal(set) var handshakes: [DTLSReport] = []
    /// TCP connections that carried TLS, in order of their ends.
    package internal(set) var encrypted: [EncryptedConnection] = []
    /// What became of each key log and private key.
    package internal(set) var tlsKeys = TLSKeyUses()
    package internal(set) var zrtp: [NetworkPath: ZRTPSummary] = [:]
    /// Frames by their layers.
    package internal(set) var decoded = FrameCounts()
    /// What was in them.
    package internal(set) var counts = ContentCounts()
    package internal(set) var findings = FindingLog()
    package internal(set) var wasInterrupted = false
    /// TCP paths on which media came: the second pass reads these streams and no others.
    package internal(set) var streamMedia: Set<NetworkPath> = []
    /// What opens the encrypted ones among them.
    package internal(set) var secrets = TLSSecrets()

    /// `hashKey` seeds the flow table.
    init(limits: Limits, hashKey: UInt64) {
        flows = FlowTable(limit: limits.flows, key: hashKey)
        samples = PacketSamples(limit: limits.keySampleOctets)
        control = ControlSamples(limit: limits.keySampleOctets / 4)
    }

    /// Whether TLS was seen that stayed closed.
    var hasUnopened: Bool { encrypted.contains { $0.unopened > 0 } }

    /// Lets go of what only the plan needs.
    package mutating func forgetSamples() {
        samples.forget()
        control.forget()
        prints.forget()
        events.forget()
        flows.forgetSilences()
    }

    /// Without the dialogs: what a run tells at its end. Their number is kept.
    package var withoutDialogs: Survey {
        var rest = self
        rest.dialogs = dialogs.forgotten
        return rest
    }

    /// Nanoseconds by which the clocks of two captures differ, at most, as far as that was measured.
    package var clockSkew: Int64 {
        let seconds = captures.compactMap { $0.clock.map { abs($0.seconds) } }.max() ?? 0
        return Int64(min(seconds, 1e9) * 2e9)
    }

    /// Flows seen.
    package var flowCount: Int { flows.rows.count }
}
