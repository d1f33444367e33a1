import Foundation
import Testing

/// AMR-WB in storage format on one side, octet-aligned against its description on the other.
@Suite struct F13Tests {
    @Test func bothSidesAreDecodedAndTold() throws {
        let fault = try FaultRun("F13")
        defer { withExtendedLifetime(fault) {} }
        let (folder, record) = try fault.only
        let streams = try #require(record["streams"] as? [[String: Any]])
        #expect(streams.count == 2)
        for stream in streams { #expect((stream["gaps"] as? [[String: Any]])?.isEmpty == true) }
        for name in ["nora", "omar"] {
            let sound = try FaultRun.samples(folder + "/audio/\(name).wav")
            #expect(sound.rate == 16_000)
            #expect(abs(Double(sound.samples.count) / 16_000 - 8) < 0.02)
            // Neither silence nor noise at full scale.
            let power = sound.samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(sound.samples.count)
            #expect((100...8000).contains(power.squareRoot()), "\(name): \(power.squareRoot())")
            #expect(sound.samples.count { $0 == .max || $0 == .min } == 0)
        }
        let told = (record["findings"] as? [[String: Any]] ?? []).filter { ($0["rule"] ?? $0["code"]) as? String == "AUD010" }
        #expect(told.count == 2)
        #expect(told.contains { ($0["message"] as? String)?.contains("storage") == true })
        #expect(told.contains { ($0["message"] as? String)?.contains("octet-aligned") == true })
        #expect(told.allSatisfy { ($0["first"] as? [String: Any])?["frame"] != nil }, "\(told)")
    }
}
