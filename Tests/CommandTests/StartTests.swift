import Foundation
import Testing

/// What starts the program, and what happens where a library that it loads late is not there.
struct StartTests {
    @Test func versionIsToldWithoutTheParser() throws {
        let short = try CommandRun(["--version"])
        #expect(short.status == 0)
        #expect(short.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(short.output)")
        // The parser's own answer.
        let long = try CommandRun(["inspect", "--version"])
        #expect((long.status, long.output) == (0, short.output))
    }

    /// A file that is no library hides the real one.
    private func hiding(_ library: String, _ arguments: [String]) throws -> CommandRun {
        let folder = FileManager.default.temporaryDirectory.appending(path: "late-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("none".utf8).write(to: folder.appending(path: library))
        return try CommandRun(arguments, in: folder, environment: ["LD_LIBRARY_PATH": folder.path])
    }

    @Test(arguments: [("libsndfile.so.1", "libsndfile1"), ("libcrypto.so.3", "libssl3")])
    func aLibraryThatIsMissingIsNamed(library: String, package: String) throws {
        let capture = Checkout.root.appendingPathComponent("SamplePcaps/01-basic-pcmu-udp/capture.pcap").path
        let run = try hiding(library, ["reconstruct", capture, "-o", "out"])
        #expect(run.status == 2)
        #expect(run.errors.contains("siprecap: \(library): "))
        #expect(run.errors.contains("(Debian's package is \(package))"))
    }

    @Test func aLibraryThatIsNotNeededIsNotMissed() throws {
        let capture = Checkout.root.appendingPathComponent("SamplePcaps/01-basic-pcmu-udp/capture.pcap").path
        for library in ["libsndfile.so.1", "libpcap.so.0.8", "libsrtp2.so.1"] {
            let run = try hiding(library, ["inspect", capture])
            #expect(run.status == 0, "\(library): \(run.errors)")
        }
    }
}
