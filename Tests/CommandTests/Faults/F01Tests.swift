import Foundation
import Testing

/// Two callers behind different NATs announce one private socket while their calls overlap.
@Suite struct F01Tests {
    @Test func twoCallsAndFourVoices() throws {
        let fault = try FaultRun("F01")
        #expect(fault.run.status == 0, "\(fault.run.errors)")
        #expect(fault.recordings.count == 2)
        var names: Set<String> = []
        for (folder, record) in fault.recordings {
            #expect(record["kind"] as? String == "call")
            #expect(record["complete"] as? Bool == true)
            #expect((record["dialogs"] as? [[String: Any]])?.count == 1)
            for file in try #require(record["files"] as? [[String: Any]]) where file["role"] as? String == "participant" {
                let path = try #require(file["path"] as? String)
                names.insert(path)
                let (rate, samples) = try FaultRun.samples(folder + "/" + path)
                #expect(rate == 8000 && samples.count == 32_000, "\(path)")
                #expect(samples.contains { abs(Int($0)) > 1000 })
            }
        }
        #expect(names == ["audio/fay.wav", "audio/hal.wav", "audio/gus.wav", "audio/ivy.wav"])
    }
}
