import Foundation
import Testing

@Suite struct FaultRunTests {
    /// The helper itself: it finds every fixture, and a run leaves a record that can be read.
    @Test func everyFixtureGivesARecording() throws {
        let folder = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures/faults")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".pcap.gz") }
        #expect(names.count >= 17)
        for name in names {
            let fault = try FaultRun(String(name.dropLast(".pcap.gz".count)))
            #expect(!fault.recordings.isEmpty, "\(name): \(fault.run.errors)")
            #expect(fault.run.status <= 1, "\(name): \(fault.run.errors)")
        }
    }
}
