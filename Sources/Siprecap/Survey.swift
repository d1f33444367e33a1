import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan

typealias CoreSurvey = CaptureSurvey.Survey

/// What the captures hold: the result of the first of two passes, without any audio.
public struct Survey: Sendable {
    /// One capture that was read.
    public struct Capture: Sendable {
        /// Its name without folder.
        public let name: String
        /// `pcap`, `pcapng`, …
        public let format: String
        /// Octets, where known.
        public let octets: Int?
        /// Packets that were read of it.
        public let packets: Int
        /// Time of the first packet; nil where there is none.
        public let first: Timestamp?
        /// Time of the last packet; nil where there is none.
        public let last: Timestamp?
        /// Packets that the capturing host says it dropped; nil where it does not say.
        public let dropped: Int?
    }

    let core: CoreSurvey
    let merge: FrameMerge
    let options: ReconstructionOptions
    /// When the run began, by the wall clock.
    let started: CaptureTime

    /// The captures in order of their first packets.
    public var captures: [Capture] {
        core.captures.map {
            Capture(
                name: $0.name, format: $0.format, octets: $0.octets, packets: $0.packets, first: $0.first.map { Timestamp($0) },
                last: $0.last.map { Timestamp($0) }, dropped: $0.dropped)
        }
    }

    /// What reading showed, by place. ``Plan/findings`` has these and more.
    public var findings: [Finding] { Finding.list(core.findings, captureNames: core.captures.map(\.name)) }

    /// RTP flows: paths and synchronisation sources (RFC 3550 section 3).
    public var flows: Int { core.flowCount }

    /// SIP dialogs (RFC 3261 section 12).
    public var dialogs: Int { core.dialogs.total }

    /// Joins signalling, metadata, keys and flows to recordings, with the options of the survey. Reads no packet.
    public func plan() -> Plan { Plan(self, options: options) }

    /// The same with another selection, other SRTP keys, audio or files. What is read stays as it was surveyed: `options.reading` and the files
    /// for TLS are those of the survey.
    ///
    /// Throws where options or key files cannot be used.
    public func plan(_ options: Options) throws(SiprecapError) -> Plan {
        var options = options
        options.reading = Options.Reading()
        options.keys.tlsKeyLogs = []
        options.keys.rsaKeys = []
        options.keys.passphraseFile = nil
        var resolved = try options.resolved()
        resolved.reading = self.options.reading
        return Plan(self, options: resolved)
    }

    /// Whether it was ended early.
    package var wasInterrupted: Bool { core.wasInterrupted }
    /// Whether none of the inputs could be read as a capture.
    package var isEmpty: Bool { core.captures.isEmpty }
    /// What reading showed, as lines.
    package var findingLines: [FindingLine] { FindingLine.list(core.findings, captureNames: core.captures.map(\.name)) }
}
