import Foundation
import Testing

/// Capture in, whole tree compared. Update on purpose with `SIPRECAP_UPDATE_GOLDEN=1 swift test --filter GoldenTests`, and read the diff.
@Suite struct GoldenTests {
    @Test("the samples are there") func samplesExist() { #expect(Checkout.sampleNames.count >= 8) }

    @Test("reconstructing a sample gives the expected tree", arguments: Checkout.sampleNames)
    func sample(name: String) throws {
        let scratch = try Scratch()
        let out = scratch.path("out")
        let run = try CommandRun(["reconstruct"] + Checkout.capture(of: name) + ["-o", out, "--no-report"])
        #expect(run.status == 0 || run.status == 1, "\(run.errors)")
        let expected = Checkout.samples.appendingPathComponent(name).appendingPathComponent("expected")
        let texts = Tree.files(out).filter { !$0.hasSuffix(".wav") && $0 != "run.json" }
        var found: [String: String] = ["exit-status": "\(run.status)\n", "findings.txt": run.errors]
        for path in texts { found[path] = try Tree.text(out + "/" + path) }
        if ProcessInfo.processInfo.environment["SIPRECAP_UPDATE_GOLDEN"] != nil {
            try? FileManager.default.removeItem(at: expected)
            for (path, text) in found {
                let target = expected.appendingPathComponent(path)
                try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: target, atomically: true, encoding: .utf8)
            }
        }
        // Audio is compared by its hash in manifest-sha256.txt, which is one of these files.
        #expect(Tree.files(expected.path) == found.keys.sorted())
        for (path, text) in found.sorted(by: { $0.key < $1.key }) {
            let wanted = (try? Tree.text(expected.path + "/" + path)) ?? ""
            #expect(text == wanted, "\(name): \(path) differs from the expected tree")
        }
    }
}
