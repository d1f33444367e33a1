import Foundation
import Testing

/// Captures that are not ours to ship: point SIPRECAP_CAPTURES at a folder, and each file below it is inspected and reconstructed.
///
/// Without the variable the captures of the tests themselves are taken, so that the check is never empty.
@Suite struct ForeignCaptureTests {
    static let files: [String] = {
        let given = ProcessInfo.processInfo.environment["SIPRECAP_CAPTURES"]
        let folders = given.map { [URL(fileURLWithPath: $0)] } ?? [Checkout.root.appendingPathComponent("Tests"), Checkout.samples]
        var out: [String] = []
        for folder in folders {
            let below = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
            for case let url as URL in below ?? FileManager.DirectoryEnumerator() {
                guard (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true else { continue }
                if given != nil || url.pathExtension.hasPrefix("pcap") { out.append(url.path) }
            }
        }
        return out.sorted()
    }()

    /// One after the other, so that the limit is each one's own.
    @Test("no capture, whatever it is, crashes the command or makes it hang", .serialized, .timeLimit(.minutes(2)), arguments: files)
    func isRead(path: String) throws {
        let scratch = try Scratch()
        let inspected = try CommandRun(["inspect", "--json", path])
        #expect((0...2).contains(inspected.status), "\(path): status \(inspected.status)")
        if inspected.status < 2 { #expect((try? JSONSerialization.jsonObject(with: Data(inspected.output.utf8))) != nil, "\(path): no JSON") }
        let run = try CommandRun(["reconstruct", path, "-o", scratch.path("out")])
        #expect((0...2).contains(run.status), "\(path): status \(run.status)")
        // What cannot be read is said, with what it looks like.
        if run.status == 2 { #expect(run.errors.contains(URL(fileURLWithPath: path).lastPathComponent), "\(path): \(run.errors)") }
    }
}
