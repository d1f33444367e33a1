import CaptureFormat
package import CaptureSurvey
import Evidence
package import PacketInput
package import RecordingPlan
package import RecordingRecords

/// Takes one recording's packets out of the captures: two more passes, one to find its frames and one to copy them.
package enum Carver {
    package static func run(
        _ merge: FrameMerge, survey: Survey, recording: PlannedRecording, reading: ReadingOptions, options: CarveOptions,
        output: some CarveOutput, observer: (any ReconstructionObserver)?
    ) throws(OutputFault) -> CarveSummary {
        let selection = CarveSelection(recording, survey: survey, options: options)
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        var marker = CarveMarker(selection, flows: survey.flows, reading: reading, progress: CarveProgress(observer, done: 0, total: 2 * total))
        _ = merge.run(&marker)
        try output.write(
            PcapngWriter.section(
                application: "siprecap \(options.toolVersion)",
                comment: "Packets of recording \(recording.id), \(recording.kind.rawValue)\(options.isDecrypted ? ", decrypted" : "")"))
        var copier = CarveCopier(
            marks: marker.marks, selection: selection, survey: survey, options: options, reading: reading, output: output,
            progress: CarveProgress(observer, done: total, total: 2 * total))
        _ = merge.run(&copier)
        copier.finish()
        if let fault = copier.fault { throw fault }
        return copier.summary
    }
}
