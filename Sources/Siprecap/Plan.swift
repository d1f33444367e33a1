import CaptureSurvey
import Evidence
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner

/// Which recordings the captures hold and how each is to be made: a value, and all that rendering needs.
public struct Plan: Sendable {
    /// An encrypted flow that no key at hand opens, and what would.
    public struct MissingKey: Sendable {
        /// Its synchronisation source (RFC 3550 section 3).
        public let ssrc: UInt32
        /// Address and port of its sender.
        public let source: String
        /// Address and port that it is sent to.
        public let destination: String
        /// Its packets.
        public let packets: Int
        /// Crypto suites that were signalled (RFC 4568 section 6.2); one of them is right. Empty where none was.
        public let suites: [String]
        /// How the key was agreed: `sdes`, `dtls-srtp`, `zrtp`, `mikey` or `unknown`.
        public let keying: String
        /// Keys that were tried and do not open it.
        public let keysTried: Int
    }

    private(set) var core: ReconstructionPlan
    let merge: FrameMerge
    var options: ReconstructionOptions
    /// Whether the result of rendering holds what the sidecars say.
    var keepsRecords = false
    let started: CaptureTime

    init(_ survey: Survey, options: ReconstructionOptions) {
        core = Planner.plan(survey.core, options: options)
        merge = survey.merge
        self.options = options
        started = survey.started
    }

    /// The recordings in order of their start. They are made of the plan each time that this is asked.
    public var recordings: [Recording] {
        zip(InspectReport.recordings(survey: survey, plan: core), core.recordings).map { Recording($0, $1) }
    }

    /// What was found so far, by place: by reading, by planning, and what opening the packets will tell as far as samples show it.
    public var findings: [Finding] { Finding.list(log, captureNames: captureNames) }

    /// Encrypted flows that no key at hand opens.
    public var missingKeys: [MissingKey] {
        core.keysNeeded.map {
            MissingKey(
                ssrc: $0.ssrc.value, source: $0.path.source.description, destination: $0.path.destination.description, packets: $0.packets,
                suites: $0.suites, keying: $0.keying, keysTried: $0.tried)
        }
    }

    /// Without what only planning needed.
    var survey: CoreSurvey { core.survey }

    var captureNames: [String] { survey.captures.map(\.name) }

    private var log: FindingLog {
        var log = survey.findings
        log.merge(core.findings)
        log.merge(core.foreseen)
        return log
    }

    /// The findings as lines.
    package var findingLines: [FindingLine] { FindingLine.list(log, captureNames: captureNames) }
    /// What reading showed, as lines.
    package var surveyFindingLines: [FindingLine] { FindingLine.list(survey.findings, captureNames: captureNames) }
    /// Whether the survey was ended early.
    package var wasInterrupted: Bool { survey.wasInterrupted }
    /// Whether none of the inputs could be read as a capture.
    package var hasNoCapture: Bool { survey.captures.isEmpty }
    /// Whether there is nothing to render.
    package var isEmpty: Bool { core.recordings.isEmpty }

    /// Gives the plan away and keeps what is told at the end.
    mutating func surrender() -> ReconstructionPlan {
        let whole = core
        core = core.withoutRecordings
        return whole
    }
}
