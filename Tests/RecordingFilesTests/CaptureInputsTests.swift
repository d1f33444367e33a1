import Foundation
import RecordingPlan
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct CaptureInputsTests {
    private static func text(_ file: InputFile, buffer size: Int = 3) throws -> String {
        let reader = try file.open()
        var buffer = [UInt8](repeating: 0, count: size)
        var out: [UInt8] = []
        while true {
            let count = try reader.read(into: &buffer, from: 1)
            if count == 0 { break }
            out += buffer[1..<1 + count]
        }
        return String(decoding: out, as: UTF8.self)
    }

    @Test func foldersAreSearchedInOrderWithoutHiddenFilesAndOutputs() throws {
        let folder = try TemporaryFolder()
        for name in ["b.pcap", "a/2.pcap", "a/1.pcap", ".hidden", "a/.x/1.pcap"] { try folder.write(name, to: "in/" + name) }
        try folder.write(#"{"schema": "siprecap.run/1"}"#, to: "in/out/run.json")
        try folder.write("x", to: "in/out/recordings/a/x.wav")
        try folder.write(#"{"schema": "other"}"#, to: "in/theirs/run.json")
        let inputs = CaptureInputs.resolve(arguments: [folder["in"] + "/"])
        #expect(inputs.files.map(\.path) == ["a/1.pcap", "a/2.pcap", "b.pcap", "theirs/run.json"].map { folder["in"] + "/" + $0 })
        #expect(inputs.files.allSatisfy { !$0.isExplicit } && inputs.faults.isEmpty)
        #expect(inputs.files[0].displayName == "1.pcap" && inputs.files[0].size == 8)
    }

    @Test func linkLoopsEnd() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "in/deep/x.pcap")
        try FileManager.default.createSymbolicLink(atPath: folder["in/deep/up"], withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: folder["in/deep/self"], withDestinationPath: ".")
        try FileManager.default.createSymbolicLink(atPath: folder["in/none"], withDestinationPath: "nowhere")
        let inputs = CaptureInputs.resolve(arguments: [folder["in"]])
        #expect(inputs.files.map(\.path) == [folder["in/deep/x.pcap"]])
        #expect(inputs.faults.count == 1 && inputs.faults[0].name.hasSuffix("none"))
    }

    @Test func oneFileByTwoPathsIsReadOnce() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x", to: "in/x.pcap")
        try FileManager.default.createSymbolicLink(atPath: folder["link.pcap"], withDestinationPath: path)
        let inputs = CaptureInputs.resolve(arguments: [path, folder["in"], folder["link.pcap"], path])
        #expect(inputs.files.map(\.path) == [path])
        #expect(inputs.files[0].isExplicit)
    }

    @Test func listsNameFilesAndFolders() throws {
        let folder = try TemporaryFolder()
        let one = try folder.write("1", to: "one file.pcap")
        let two = try folder.write("2", to: "folder/two.pcap")
        let list = try folder.write("# captures\r\n\r\n  \(one)  \r\n\(folder["folder"])\n\(folder["missing"])", to: "list.txt")
        let inputs = CaptureInputs.resolve(arguments: ["@" + list, "@" + folder["none.txt"]])
        #expect(inputs.files.map(\.path) == [one, two])
        #expect(inputs.faults.map(\.name) == [folder["missing"], "@" + folder["none.txt"]])
        #expect(inputs.faults.allSatisfy { $0.reason.hasSuffix("No such file or directory") })
    }

    @Test func pipesAreSpooledAndCanBeReadTwice() throws {
        let folder = try TemporaryFolder()
        let pipe = folder["pipe"]
        #expect(mkfifo(pipe, 0o600) == 0)
        let text = String(repeating: "0123456789", count: 50_000)
        let writer = Thread { try? Data(text.utf8).write(to: URL(filePath: pipe)) }
        writer.start()
        let inputs = CaptureInputs.resolve(arguments: [pipe], temporaryFolder: folder.path)
        let file = try #require(inputs.files.first)
        #expect(file.displayName == "pipe" && file.size == 500_000)
        for _ in 0..<2 {
            let isEqual = try Self.text(file, buffer: 4096) == text
            #expect(isEqual)
        }
        #expect(try folder.names() == ["pipe"], "the copy has a name")
    }

    @Test func readingToTheEndLeavesTheHash() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("hello\n", to: "x.pcap")
        let file = try #require(CaptureInputs.resolve(arguments: [path]).files.first)
        #expect(try file.open() is HashingReader)
        #expect(try Self.text(file) == "hello\n")
        #expect(try file.open() is FileReader, "hashed twice")
        let digest = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
        #expect(try file.sha256() == digest)
        let unread = try #require(CaptureInputs.resolve(arguments: [path]).files.first)
        #expect(try unread.sha256() == digest)
    }

    @Test func aFileThatGrowsIsReadAsItWas() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("hello\n", to: "x.pcap")
        let file = try #require(CaptureInputs.resolve(arguments: [path]).files.first)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("more".utf8))
        #expect(try Self.text(file) == "hello\n")
        #expect(try file.sha256() == "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
        try handle.truncate(atOffset: 2)
        #expect(throws: InputFault.self) { _ = try file.open() }
    }

    @Test func whatIsNoFileIsAFaultAndNotTheEnd() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x", to: "x.pcap")
        let inputs = CaptureInputs.resolve(arguments: [folder["none"], "a\0b", path, ""])
        #expect(inputs.files.map(\.path) == [path])
        #expect(inputs.faults.count == 3)
    }
}
