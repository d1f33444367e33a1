import CaptureFormat
package import CaptureSurvey
import Evidence
package import PacketInput

/// How a recording's packets are carved out.
package struct CarveOptions: Sendable {
    /// Signalling of TLS and media of SRTP in clear, where keys are at hand.
    package var isDecrypted = false
    /// Keys and credentials in signalling stay as they were sent.
    package var includesSecrets = false

    package init() {}
}

/// What was carved.
package struct CarveSummary: Sendable, Equatable {
    /// Frames as they were captured, but for covered secrets.
    package internal(set) var copied = 0
    /// Media packets written anew in clear.
    package internal(set) var opened = 0
    /// Messages written anew in clear.
    package internal(set) var rebuilt = 0

    package var packets: Int { copied + opened + rebuilt }
}

/// Takes the octets of a capture file, in order.
package protocol CarveOutput {
    func write(_ octets: [UInt8]) throws(OutputFault)
}

/// Takes one recording's packets out of the captures: two more passes, one to find its frames and one to copy them.
package enum Carver {
    package static func run(
        _ merge: FrameMerge, survey: Survey, recording: PlannedRecording, carving: CarveOptions, options: ReconstructionOptions,
        output: some CarveOutput, observer: (any ReconstructionObserver)?
    ) throws(OutputFault) -> CarveSummary {
        let selection = CarveSelection(recording, survey: survey, options: carving)
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        var marker = CarveMarker(selection, flows: survey.flows, options: options, progress: CarveProgress(observer, done: 0, total: 2 * total))
        _ = merge.run(&marker)
        try output.write(
            PcapngWriter.section(
                application: "siprecap \(options.toolVersion)",
                comment: "Packets of recording \(recording.id), \(recording.kind.rawValue)\(carving.isDecrypted ? ", decrypted" : "")"))
        var copier = CarveCopier(
            marks: marker.marks, selection: selection, survey: survey, options: carving, reading: options, output: output,
            progress: CarveProgress(observer, done: total, total: 2 * total))
        _ = merge.run(&copier)
        copier.finish()
        if let fault = copier.fault { throw fault }
        return copier.summary
    }
}

/// How far the two passes are.
struct CarveProgress {
    private let observer: (any ReconstructionObserver)?
    private var done: ReadAmount
    private let total: Int

    init(_ observer: (any ReconstructionObserver)?, done: Int, total: Int) {
        self.observer = observer
        self.done = ReadAmount(taken: done, unpacked: done)
        self.total = total
    }

    /// Octets that were read since; true where the user wants to stop.
    mutating func read(_ amount: ReadAmount, frames: Int) -> Bool {
        done = done + amount
        observer?.progressed(ReconstructionProgress(stage: .render, amount: done, octetsTotal: total, frames: frames))
        return observer?.isInterrupted ?? false
    }
}
