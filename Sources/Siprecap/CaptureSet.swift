import CaptureSurvey
import Evidence
import PacketInput
import RecordingFiles
import RecordingPlan

/// Captures to be read as one timeline: pcap and pcapng files, also compressed, logs of SIP messages, or their octets.
///
/// Packets of all captures are merged by time; the order in which captures are given never matters.
public struct CaptureSet: Sendable {
    let inputs: [any CaptureInput]
    let faults: [InputFault]

    /// The files at `paths`, and those in folders among them, searched recursively.
    ///
    /// Throws ``SiprecapError/unreadable(path:reason:)`` where a path leads to nothing, or to a folder that cannot be read. A file that cannot be opened
    /// is a finding of the survey (CAP007). What a folder holds need not be a capture.
    ///
    /// A survey raises the soft limit of open files (`RLIMIT_NOFILE`) of the process as far as the hard one allows: days of rotated captures overlap.
    public init(paths: [String]) throws(SiprecapError) {
        // On the command line these two mean something else.
        let paths = paths.map { $0 == "-" || $0.hasPrefix("@") ? "./" + $0 : $0 }
        let found = CaptureInputs.resolve(arguments: paths, isHashed: false)
        if let fault = found.faults.first(where: { paths.contains($0.name) }) { throw SiprecapError(fault) }
        self.init(found)
    }

    /// Octets of capture files as they would lie on disk, by names that findings and sidecars will use. They are kept as long as the set is.
    public init(octets: [(name: String, octets: [UInt8])]) {
        inputs = octets.map { MemoryInput(name: $0.name, octets: $0.octets) }
        faults = []
    }

    /// Arguments of a command: files, folders, `-` for standard input, `@list.txt` with one file or folder a line. What cannot be read is told by the
    /// survey. `isHashed`: reading an input to its end leaves its SHA-256 at hand.
    package init(arguments: [String], isHashed: Bool = false) { self.init(CaptureInputs.resolve(arguments: arguments, isHashed: isHashed)) }

    private init(_ found: CaptureInputs) {
        inputs = found.files
        faults = found.faults
    }
}

extension CaptureSet {
    /// Reads all captures once and tells what they hold: dialogs, flows, keys needed. Decodes nothing and writes nothing.
    ///
    /// Cancelling the task ends the reading and throws ``SiprecapError/cancelled``.
    /// Throws ``SiprecapError/noCapture(_:)`` where no input could be read, and other errors for options and key files that cannot be used.
    public func survey(_ options: Options = Options()) async throws(SiprecapError) -> Survey { try await startSurvey(options).value }

    /// Begins the same on a thread of its own, for callers that show progress.
    public func startSurvey(_ options: Options = Options()) -> Job<Survey> {
        Job { [self] (watch) async throws(SiprecapError) in
            let survey = try survey(options, observer: watch)
            if survey.wasInterrupted { throw .cancelled }
            if survey.captures.isEmpty { throw .noCapture(survey.findings) }
            return survey
        }
    }

    /// Surveys on the caller's thread. An interruption, or a set without captures, is told by the value. `hashesAside`: SHA-256 of the inputs, which
    /// takes longer than all else that the survey does, is made on another thread meanwhile.
    package func survey(_ options: Options, observer: any RunObserver, hashesAside: Bool = false) throws(SiprecapError) -> Survey {
        try survey(try options.resolved(), observer: observer, hashesAside: hashesAside)
    }

    func survey(_ resolved: ReconstructionOptions, observer: any RunObserver, hashesAside: Bool = false) throws(SiprecapError) -> Survey {
        let bridge = ObserverBridge(observer)
        let started = Clock.now()
        OpenFiles.raiseLimit()
        let merge = FrameMerge(inputs, faults: faults, corrections: resolved.clockOffsets, limits: resolved.limits, observer: bridge)
        guard merge.correctionFaults.isEmpty else {
            throw .invalidOption(option: "clockOffsets", reason: merge.correctionFaults.joined(separator: "\n"))
        }
        if hashesAside { HashingThread.start(merge.inputs.map(\.input)) }
        let core = Surveyor.run(merge, options: resolved.reading, hashKey: .random(in: .min ... .max), observer: bridge)
        return Survey(core: core, merge: merge.correcting(core.clockSteps), options: resolved, started: started)
    }
}
