import RecordingPlan
import RecordingRecords
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct OutputVerifierTests {
    private static func make(_ folder: TemporaryFolder, captures: [CaptureRecord] = []) throws -> String {
        let output = try OutputFolder.prepare(path: folder["out"])
        let recording = try output.begin(folder: "recordings/a")
        _ = try recording.write(path: "signalling.txt", octets: [65])
        _ = try recording.write(path: "events.vtt", octets: [66])
        try recording.finish()
        var run = RunRecord(tool: ToolRecord(version: "0.1.0"), exitStatus: 0)
        run.captures = captures
        _ = try output.finish(run)
        return folder["out"]
    }

    private static func problems(_ path: String, inputs: [String] = []) throws -> [String] {
        try OutputVerifier.verify(path: path, inputs: CaptureInputs.resolve(arguments: inputs)).problems.map { "\($0.kind) \($0.path)" }
    }

    @Test func whatWasWrittenIsIntact() throws {
        let folder = try TemporaryFolder()
        let report = try OutputVerifier.verify(path: try Self.make(folder) + "/", inputs: CaptureInputs.resolve(arguments: []))
        #expect(report.isIntact && report.intact == 2)
    }

    @Test func changedMissingAndExtraFilesAreTold() throws {
        let folder = try TemporaryFolder()
        let path = try Self.make(folder)
        try folder.write("C", to: "out/recordings/a/events.vtt")
        #expect(try Self.problems(path) == ["changed recordings/a/events.vtt"])
        try folder.write("D", to: "out/recordings/a/more.txt")
        try Folder.remove(folder["out/recordings/a/signalling.txt"])
        #expect(
            try Self.problems(path) == ["changed recordings/a/events.vtt", "missing recordings/a/signalling.txt", "extra recordings/a/more.txt"])
    }

    @Test func aManifestMadeToFitIsTold() throws {
        let folder = try TemporaryFolder()
        let path = try Self.make(folder)
        try folder.write("\(String(repeating: "0", count: 64))  ../../secret\n", to: "out/manifest-sha256.txt")
        let problems = try Self.problems(path)
        #expect(problems.contains("changed manifest-sha256.txt"))
        #expect(problems.contains("unusable ../../secret"))
        try folder.write("nonsense", to: "out/manifest-sha256.txt")
        #expect(try Self.problems(path).contains("unusable manifest-sha256.txt"))
        try Folder.remove(folder["out/run.json"])
        #expect(try Self.problems(path).contains("missing run.json"))
    }

    @Test func otherInputsAreTold() throws {
        let folder = try TemporaryFolder()
        let capture = try folder.write("octets of a capture", to: "a.pcap")
        let other = try folder.write("others", to: "b.pcap")
        let record = CaptureRecord(
            name: "a.pcap", sha256: SHA256.of(Array("octets of a capture".utf8)), bytes: 19, packets: 1, first: nil, last: nil, linkTypes: [],
            snapLength: nil, dropped: nil)
        let path = try Self.make(folder, captures: [record])
        #expect(try Self.problems(path, inputs: [capture]) == [])
        #expect(try Self.problems(path, inputs: [capture, other]) == ["changed \(other)"])
    }

    @Test func captureOfAnInterruptedRunIsNoChangedOne() throws {
        let folder = try TemporaryFolder()
        let capture = try folder.write("octets of a capture", to: "a.pcap")
        let path = try Self.make(folder, captures: [CaptureRecord(name: "a.pcap", packets: 1)])
        let problems = try OutputVerifier.verify(path: path, inputs: CaptureInputs.resolve(arguments: [capture])).problems
        #expect(problems.map(\.reason) == ["was not read to the end by the run, so there is no hash to compare with"])
    }

    @Test func noFolderCannotBeChecked() {
        #expect(throws: OutputFault.self) { try OutputVerifier.verify(path: "/does/not/exist", inputs: CaptureInputs.resolve(arguments: [])) }
    }
}
