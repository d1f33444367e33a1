import Foundation
import Testing

/// Pages in a real browser: Tests/Browser/check_report.py, without the accessibility check that `make test-browser` adds.
@Suite struct BrowserTests {
    /// What the check needs and a machine may lack.
    static let isThere: Bool = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let programs = ["chromium", "chromedriver"].allSatisfy { name in folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") } }
        return programs && FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/selenium")
    }()

    @Test(
        "pages open, play, seek and stay harmless in Chromium, and its console stays empty",
        .enabled(if: isThere, "chromium, chromium-driver or python3-selenium is not installed: Scripts/bootstrap --for test"), .timeLimit(.minutes(10)))
    func pages() throws {
        let samples = ["01-basic-pcmu-udp", "12-pause-resume-pci", "13-join-leave", "14-blind-transfer"].flatMap { Checkout.capture(of: $0) }
        let script = Checkout.root.appendingPathComponent("Tests/Browser/check_report.py").path
        let run = try CommandRun(URL(fileURLWithPath: "/usr/bin/python3"), [script, CommandRun.executable.path, "--input"] + samples)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
    }
}
