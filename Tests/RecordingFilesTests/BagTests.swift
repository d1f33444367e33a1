import Evidence
import Glibc
import RecordingPlan
import RecordingRecords
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct BagTests {
    private static func write(_ path: String, bag: Bag?) throws {
        let output = try OutputFolder.prepare(path: path, bag: bag)
        let recording = try output.begin(folder: (bag == nil ? "" : "data/") + "recordings/a")
        _ = try recording.write(path: "x.txt", octets: Array("hello".utf8))
        try recording.finish()
        _ = try output.write(path: "report.html", octets: [1, 2, 3])
        _ = try output.finish(RunRecord(tool: ToolRecord(version: "0"), exitStatus: 0))
    }

    @Test func thePayloadIsBelowDataAndEveryFileIsVouchedFor() throws {
        let folder = try TemporaryFolder()
        try Self.write(folder["out"], bag: Bag(date: "2026-11-22"))
        #expect(try folder.names("out") == ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "run.json", "tagmanifest-sha256.txt"])
        #expect(try folder.text("out/bagit.txt") == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        #expect(try folder.text("out/bag-info.txt") == "Bag-Software-Agent: siprecap\nBagging-Date: 2026-11-22\nPayload-Oxum: 8.2\n")
        let manifest = try #require(Manifest.parse(try folder.text("out/manifest-sha256.txt")))
        #expect(manifest.map(\.path) == ["data/recordings/a/x.txt", "data/report.html"])
        let tags = try #require(Manifest.parse(try folder.text("out/tagmanifest-sha256.txt")))
        #expect(tags.map(\.path) == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "run.json"])
        for entry in tags { #expect(SHA256.of(try folder.octets("out/" + entry.path)) == entry.sha256) }
        let report = try OutputVerifier.verify(path: folder["out"], inputs: CaptureInputs.resolve(arguments: []))
        #expect(report.isIntact && report.intact == 6)
    }

    @Test func aChangedTagFileIsFound() throws {
        let folder = try TemporaryFolder()
        try Self.write(folder["out"], bag: Bag())
        let descriptor = try FileDescriptor(folder["out/bag-info.txt"], O_WRONLY)
        try descriptor.truncate(to: 3)
        let report = try OutputVerifier.verify(path: folder["out"], inputs: CaptureInputs.resolve(arguments: []))
        #expect(report.problems.map(\.path) == ["bag-info.txt"])
    }

    @Test func aBagIsWrittenAgainButNotMixedWithAnotherShape() throws {
        let folder = try TemporaryFolder()
        try Self.write(folder["bag"], bag: Bag())
        try Self.write(folder["bag"], bag: Bag())
        #expect(throws: OutputFault.self) { try Self.write(folder["bag"], bag: nil) }
        try Self.write(folder["plain"], bag: nil)
        #expect(throws: OutputFault.self) { try Self.write(folder["plain"], bag: Bag()) }
    }
}
