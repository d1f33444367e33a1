import Evidence
import Foundation
import RecordingPlan
import RecordingRecords
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct OutputFolderTests {
    private static let run = RunRecord(tool: ToolRecord(version: "0.1.0"), exitStatus: 0)
    private static let description = AudioDescription(description: "", originator: "siprecap", originatorReference: "1", start: CaptureTime(nanoseconds: 0))

    private static func record(_ output: OutputFolder, _ folder: String, text: String) throws {
        let recording = try output.begin(folder: folder)
        _ = try recording.write(path: "metadata/0001.xml", octets: Array(text.utf8))
        try recording.finish()
    }

    private static func refusal(_ path: String) -> String? {
        do {
            _ = try OutputFolder.prepare(path: path)
            return nil
        } catch { return error.reason }
    }

    @Test func recordingsAppearWhole() throws {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["deep/out"])
        let recording = try output.begin(folder: "recordings/a")
        _ = try recording.write(path: "signalling.txt", octets: [65])
        #expect(!folder.exists("deep/out/recordings"))
        try recording.finish()
        #expect(try folder.names("deep/out/recordings/a") == ["signalling.txt"])
        _ = try output.finish(Self.run)
        #expect(try folder.names("deep/out") == ["manifest-sha256.txt", "recordings", "run.json"])
        #expect(try folder.permissions("deep/out/run.json") == 0o600)
        #expect(try folder.permissions("deep") == 0o700)
    }

    @Test func abandonedRecordingsLeaveNothing() throws {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["out"])
        let recording = try output.begin(folder: "recordings/a")
        let audio = try recording.openAudio(path: "audio/x.wav", sampleRate: 8000, channels: 1, description: Self.description)
        try audio.append([1, 2], count: 2)
        recording.abandon()
        #expect(try folder.names("out/.staging-siprecap") == [])
        // Dropped without a word is abandoned too.
        do { _ = try output.begin(folder: "recordings/b").write(path: "x.txt", octets: [1]) }
        #expect(try folder.names("out/.staging-siprecap") == [])
        #expect(throws: OutputFault.self) { _ = try recording.write(path: "late.txt", octets: []) }
        output.discard()
        #expect(!folder.exists("out"))
    }

    @Test func manifestListsEveryFileButItselfAndTheRun() throws {
        let folder = try TemporaryFolder()
        var texts: [String] = []
        for name in ["one", "two"] {
            let output = try OutputFolder.prepare(path: folder[name])
            try Self.record(output, "recordings/b", text: "hello\n")
            try Self.record(output, "recordings/a", text: "")
            _ = try output.write(path: "report.html", octets: Array("hello\n".utf8))
            var run = Self.run
            run.started = name
            let written = try output.finish(run)
            let text = try folder.text(name + "/manifest-sha256.txt")
            #expect(written.manifest?.sha256 == SHA256.of(Array(text.utf8)) && written.manifest?.files == 3)
            #expect(try SidecarJSON.decode(RunRecord.self, from: folder.octets(name + "/run.json")) == written)
            texts.append(text)
        }
        #expect(texts[0] == texts[1])
        #expect(
            texts[0] == """
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  recordings/a/metadata/0001.xml
                5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  recordings/b/metadata/0001.xml
                5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  report.html

                """)
    }

    @Test func anotherRunReplacesRecordingsOfTheSameName() throws {
        let folder = try TemporaryFolder()
        let first = try OutputFolder.prepare(path: folder["out"])
        try Self.record(first, "recordings/a", text: "old")
        try Self.record(first, "recordings/kept", text: "kept")
        _ = try first.finish(Self.run)
        let second = try OutputFolder.prepare(path: folder["out"] + "/")
        let unfinished = try second.begin(folder: "recordings/a")
        _ = try unfinished.write(path: "metadata/0001.xml", octets: Array("new".utf8))
        #expect(try folder.text("out/recordings/a/metadata/0001.xml") == "old")
        #expect(folder.exists("out/run.json"))
        try unfinished.finish()
        #expect(try folder.text("out/recordings/a/metadata/0001.xml") == "new")
        #expect(!folder.exists("out/run.json"), "the earlier run's account is no longer true")
        let written = try second.finish(Self.run)
        #expect(written.manifest?.files == 2)
        #expect(try folder.text("out/manifest-sha256.txt").contains("recordings/kept/metadata/0001.xml"))
    }

    @Test func leftoversOfAnInterruptedRunAreCleaned() throws {
        let folder = try TemporaryFolder()
        try folder.write("half", to: "out/.staging-siprecap/3/audio/x.wav")
        try folder.write("whole", to: "out/recordings/a/metadata/0001.xml")
        let output = try OutputFolder.prepare(path: folder["out"])
        #expect(try folder.names("out/.staging-siprecap") == [])
        #expect(try output.finish(Self.run).manifest?.files == 1)
    }

    @Test(arguments: ["notes.txt", ".hidden", "recordings/a/x.wav", "run.json", "manifest-sha256.txt", "siprecap.pcap"])
    func foreignContentIsRefused(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("{}", to: "out/" + name)
        let reason = try #require(Self.refusal(folder["out"]))
        #expect(reason.contains(String(name.prefix { $0 != "/" })) && reason.contains("choose"), "\(reason)")
        #expect(try folder.text("out/" + name) == "{}")
        #expect(!folder.exists("out/.staging-siprecap"))
    }

    @Test func aForeignFileInAnEarlierOutputIsRefused() throws {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["out"])
        try Self.record(output, "recordings/a", text: "x")
        _ = try output.finish(Self.run)
        #expect(Self.refusal(folder["out"]) == nil)
        try folder.write("mine", to: "out/recordings/a/notes.txt")
        #expect(try #require(Self.refusal(folder["out"])).contains("recordings/a/notes.txt"))
    }

    @Test func outputOfAnotherVersionIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write(#"{"schema": "siprecap.run/2"}"#, to: "out/run.json")
        #expect(try #require(Self.refusal(folder["out"])).contains("another version"))
    }

    @Test func twoRunsAtOnceAreRefused() throws {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["out"])
        #expect(try #require(Self.refusal(folder["out"])).contains("another siprecap"))
        output.discard()
        #expect(Self.refusal(folder["out"]) == nil)
    }

    @Test func aPlaceThatIsNoFolderIsRefused() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "file")
        #expect(Self.refusal(folder["file"]) != nil)
        #expect(Self.refusal(folder["file/below"]) != nil)
        #expect(Self.refusal("") != nil)
        #expect(Self.refusal("/proc/siprecap") != nil)
        #expect(Self.refusal("a\0b") != nil)
    }

    @Test(arguments: ["../x", "/etc/x", "a/../../x", "", "a//b", ".hidden", "a/.b", "a b", "a\0b", "naïve", "a/", String(repeating: "a", count: 300)])
    func hostilePathsAreRefused(path: String) throws {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["out"])
        #expect(throws: OutputFault.self) { _ = try output.begin(folder: path) }
        let recording = try output.begin(folder: "recordings/a")
        #expect(throws: OutputFault.self) { _ = try recording.write(path: path, octets: []) }
        #expect(throws: OutputFault.self) {
            _ = try recording.openAudio(path: path, sampleRate: 8000, channels: 1, description: Self.description)
        }
        #expect(throws: OutputFault.self) { _ = try output.write(path: path, octets: []) }
    }

    @Test func aRecordingWithUnfinishedAudioStaysAway() throws {
        let folder = try TemporaryFolder()
        let recording = try OutputFolder.prepare(path: folder["out"]).begin(folder: "recordings/a")
        let audio = try recording.openAudio(path: "audio/x.wav", sampleRate: 8000, channels: 1, description: Self.description)
        #expect(throws: OutputFault.self) { try recording.finish() }
        _ = try audio.finish()
        #expect(!folder.exists("out/recordings"))
        try recording.finish()
        #expect(folder.exists("out/recordings/a/audio/x.wav"))
    }

    @Test func theSamePathTwiceIsRefused() throws {
        let folder = try TemporaryFolder()
        let recording = try OutputFolder.prepare(path: folder["out"]).begin(folder: "recordings/a")
        _ = try recording.write(path: "x.txt", octets: [1])
        let fault = try #require(throws: OutputFault.self) { _ = try recording.write(path: "x.txt", octets: [2]) }
        #expect(fault.errorNumber == EEXIST && fault.description == "recordings/a/x.txt: cannot be written: File exists")
    }

    @Test func aFullDiskIsAFaultOfItsFile() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let file = try FileDescriptor("/dev/full", O_WRONLY)
        let octets: [UInt8] = [1, 2, 3]
        #expect(throws: SystemError(ENOSPC)) { try octets.withUnsafeBytes { try file.write($0, at: 0) } }
    }
}
