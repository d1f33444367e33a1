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
    private func hiding(_ library: String, _ arguments: [String]) throws -> (status: Int32, output: String, errors: String, account: Int?) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "late-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in library.hasPrefix("libpcap") ? [library, "libpcap.so.1"] : [library] { try Data("none".utf8).write(to: folder.appending(path: name)) }
        let run = try CommandRun(arguments, in: folder, environment: ["LD_LIBRARY_PATH": folder.path])
        let account = try? Tree.object(folder.path + "/out/run.json")
        return (run.status, run.output, run.errors, account?["exitStatus"] as? Int)
    }

    @Test func theLoaderIsNotAskedForWhatComesLate() throws {
        let run = try CommandRun(["--version"], environment: ["LD_TRACE_LOADED_OBJECTS": "1"])
        #expect(run.output.contains("libxml2.so"), "\(run.output) is no list of libraries")
        for library in ["libcrypto", "libpcap", "libsndfile", "libsrtp2", "libavcodec"] { #expect(!run.output.contains(library + ".so"), "\(run.output)") }
    }

    /// Nothing is shown of what followed from the library's being away, and nothing is written that looks finished.
    @Test(arguments: [
        ("libsndfile.so.1", "libsndfile1", "01-basic-pcmu-udp", []), ("libcrypto.so.3", "libssl3", "01-basic-pcmu-udp", []),
        ("libcrypto.so.3", "libssl3", "08-sdes-32-aes256-mki", []), ("libsrtp2.so.1", "libsrtp2-1", "08-sdes-32-aes256-mki", []),
        ("libpcap.so.0.8", "libpcap0.8", "01-basic-pcmu-udp", ["--filter", "udp"]),
    ])
    func aLibraryThatIsMissingIsNamed(library: String, package: String, sample: String, options: [String]) throws {
        let capture = try #require(Checkout.capture(of: sample).first)
        for command in [["reconstruct", capture, "-o", "out"], ["reconstruct", capture, "-o", "out", "--jobs", "4", "--format", "flac"], ["check", capture]] {
            // Without writing only keys and a filter need any of these, and libsrtp2 not even keys.
            if command[0] == "check", options.isEmpty, !sample.contains("sdes") || library.hasPrefix("libsrtp") { continue }
            let run = try hiding(library, command + options)
            #expect(run.status == 2, "\(command)")
            #expect(run.output == "", "\(command)")
            let last = run.errors.split(separator: "\n").last ?? ""
            #expect(last.hasPrefix("siprecap: ") && last.contains(library), "\(run.errors)")
            #expect(last.hasSuffix(" (Debian's package is \(package))"), "\(run.errors)")
            #expect(run.account == nil || run.account == 2, "\(command)")
        }
    }

    @Test func aLibraryThatIsNotNeededIsNotMissed() throws {
        let capture = Checkout.root.appendingPathComponent("SamplePcaps/01-basic-pcmu-udp/capture.pcap").path
        for library in ["libsndfile.so.1", "libpcap.so.0.8", "libsrtp2.so.1"] {
            let run = try hiding(library, ["inspect", capture])
            #expect(run.status == 0, "\(library): \(run.errors)")
        }
    }
}
