import CaptureSurvey
import Evidence
import MediaPlayout
import PacketInput
import RecordingAccount
import RecordingPlan
import RecordingPlanner
import RecordingRecords
import RecordingRender
import Testing

/// Everything that one run over captures in memory made.
struct Reconstructed {
    let survey: Survey
    let plan: ReconstructionPlan
    let rendered: [RenderedRecording]
    let output: MemoryOutput

    static func run(
        _ inputs: [MemoryInput], options: ReconstructionOptions = ReconstructionOptions(), hashKey: UInt64 = 7, observer: (any ReconstructionObserver)? = nil,
        surveyObserver: (any ReconstructionObserver)? = nil, output: MemoryOutput = MemoryOutput()
    ) async -> Reconstructed {
        let captures = FrameMerge(inputs, corrections: options.clockOffsets, limits: options.limits)
        let survey = Surveyor.run(captures, options: options.reading, hashKey: hashKey, observer: surveyObserver)
        let merge = captures.correcting(survey.clockSteps)
        let plan = Planner.plan(survey, options: options)
        let records = survey.captures.map { CaptureRecord(name: $0.name, packets: $0.packets) }
        let closer = RecordingCloser(plan: plan, options: options) { records }
        let rendered = await Renderer.run(merge, plan: plan, options: options, output: output, closer: closer, observer: observer)
        return Reconstructed(survey: survey, plan: plan, rendered: rendered, output: output)
    }

    static func run(_ octets: [UInt8], options: ReconstructionOptions = ReconstructionOptions()) async -> Reconstructed {
        await run([MemoryInput(octets)], options: options)
    }

    var recordings: [MemoryRecording] { output.finished.sorted { $0.key < $1.key }.map(\.value) }

    /// The only recording.
    var only: MemoryRecording {
        get throws {
            try #require(recordings.count == 1, "\(output.finished.keys.sorted())")
            return try #require(recordings.first)
        }
    }
}

extension MemoryRecording {
    var sidecar: RecordingRecord { get throws { try #require(record) } }

    /// Samples of the only audio file of a participant.
    func samples(of participant: String) throws -> [Int16] {
        let files = try sidecar.files.filter { $0.sampleRate != nil && $0.participants.contains(participant) }
        try #require(files.count == 1, "\(files.map(\.path))")
        return try #require(audio[files[0].path]).samples
    }

    func gaps(_ cause: GapCause) throws -> [GapRecord] { try sidecar.streams.flatMap(\.gaps).filter { $0.cause == cause } }
}

func silence(_ frames: Int) -> [Int16] { [Int16](repeating: 0, count: frames) }
