import Siprecap

// The code of the articles in Sources/Siprecap/Siprecap.docc, so that it compiles. ArticleTests compares both.

func frontPage() async throws {
    let captures = try CaptureSet(paths: ["evidence.pcapng"])
    let plan = try await captures.survey().plan()
    for recording in plan.recordings {
        print(recording.start, recording.participants.map(\.displayName))
    }
    let result = try await plan.render(to: .folder("case42"))
    _ = result
}

func reading() async throws -> Survey {
    let captures = try CaptureSet(paths: ["probe1", "probe2/night.pcapng.gz"])
    let survey = try await captures.survey()
    for capture in survey.captures {
        print(capture.name, capture.packets)
    }
    for finding in survey.findings where finding.severity == .error {
        print(finding)
        print(finding.page?.meaning ?? "")
    }
    return survey
}

func choosing(survey: Survey) async throws {
    var options = Options()
    options.selection.addressesOfRecord = ["sip:tina@example.com"]
    options.audio.format = .flac
    let plan = try survey.plan(options)
    let result = try await plan.render(to: .folder("case42"))
    for recording in result.recordings {
        print(recording.folder, recording.isComplete, recording.audio.map(\.path))
    }
}

struct Loudest: RecordingSink {
    func begin(_ recording: Recording) -> (any RecordingReceiver)? { Peak() }
}

final class Peak: RecordingReceiver {
    var peak: UInt16 = 0

    func begin(_ track: AudioTrack) {}
    func append(_ samples: Span<Int16>, to track: AudioTrack) {
        for index in samples.indices { peak = max(peak, samples[index].magnitude) }
    }
    func appendSilence(frames: Int64, to track: AudioTrack) {}
    func sidecar(json: [UInt8]) { print("\(json.count) octets of JSON, peak \(peak)") }
}

func watching(plan: Plan) async throws {
    let job = plan.startRender(to: .folder("case42"))
    for await progress in job.progress {
        print("\(progress.stage) \(Int(progress.fraction * 100)) %")
    }
    let result = try await job.value
    _ = result
}

func opening(captures: CaptureSet) async throws {
    var options = Options()
    options.keys.srtpKeyFiles = ["keys.yaml"]
    options.keys.tlsKeyLogs = ["sslkeys.log"]
    options.keys.rsaKeys = ["server.key"]
    options.keys.passphrase = { file in Array("the passphrase of \(file)".utf8) }
    let plan = try await captures.survey(options).plan()
    for missing in plan.missingKeys {
        print(missing.source, missing.destination, missing.keying, missing.suites)
    }
}

func doubting(plan: Plan, result: RenderResult) {
    for recording in result.recordings where !recording.isComplete {
        for gap in recording.gaps {
            print(gap.stream, gap.offset, gap.duration, gap.cause, gap.packets)
        }
    }
    for recording in plan.recordings {
        let doubtful = recording.participants.filter { $0.confidence != .signalled }
        print(recording.id, doubtful.map(\.displayName))
    }
}

func declaring() {
    var options = Options()
    options.reading.since = Timestamp(rfc3339: "2026-11-22T21:00:00Z")
    options.selection.kinds = [.siprec]
    options.keys.tlsKeyLogs = ["sslkeys.log"]
    options.audio.format = .flac
}

func waiting(captures: CaptureSet) async throws {
    let job = captures.startSurvey()
    for await progress in job.progress { print("\(Int(progress.fraction * 100)) %") }
    let survey = try await job.value
    _ = survey
}
