import Testing

/// Senders whose packets are held up, or whose numbers begin anew, while timestamps go on: F05, H01, H02.
@Suite struct StallTests {
    private func record(_ fault: FaultRun) throws -> [String: Any] { try fault.only.record }

    private func gaps(_ record: [String: Any]) throws -> [[String: Any]] {
        try #require(record["streams"] as? [[String: Any]]).flatMap { $0["gaps"] as? [[String: Any]] ?? [] }
    }

    private func codes(_ record: [String: Any]) -> [String] { (record["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String } }

    @Test func F05aStallThatIsMadeUpForMovesNothing() throws {
        let fault = try FaultRun("F05")
        let (folder, record) = try fault.only
        #expect(fault.run.status == 0)
        #expect(record["complete"] as? Bool == true)
        #expect(record["duration"] as? Double == 20)
        #expect(try gaps(record).isEmpty)
        for (name, ssrc) in [("nora", UInt32(0x8182)), ("omar", 0x8181)] {
            let sound = try FaultPackets("F05", ssrc: ssrc).soundOfPCMU
            let (rate, samples) = try FaultRun.samples(folder + "/audio/\(name).wav")
            #expect(rate == 8000)
            #expect(samples.count == 160_000)
            let isSame = samples == sound
            #expect(isSame, "\(name) is not where its timestamps say")
        }
    }

    @Test func H01aStallThatDrainsSlowlyMovesNothing() throws {
        let fault = try FaultRun("H01")
        let (folder, record) = try fault.only
        #expect(fault.run.status == 0)
        #expect(record["complete"] as? Bool == true)
        #expect(try gaps(record).isEmpty)
        #expect(!codes(record).contains("PLY003"))
        for (name, ssrc) in [("alice", UInt32(0xaaaa)), ("bob", 0xbbbb)] {
            let sound = try FaultPackets("H01", ssrc: ssrc).soundOfPCMU
            #expect(sound.count == 480_000)
            let samples = try FaultRun.samples(folder + "/audio/\(name).wav").samples
            // All tracks of a recording end together, so that the shorter has a millisecond of silence more.
            #expect(abs(samples.count - 480_000) <= 80)
            let isSame = (0...80).contains { offset in samples.dropFirst(offset).starts(with: sound.prefix(samples.count - offset)) }
            #expect(isSame, "\(name) is not where its timestamps say")
        }
    }

    @Test func H02numbersThatStepBackLoseNothing() throws {
        let fault = try FaultRun("H02")
        let (folder, record) = try fault.only
        #expect(fault.run.status == 0)
        #expect(record["duration"] as? Double == 30)
        #expect(try gaps(record).isEmpty)
        #expect(codes(record).contains("PLY002"))
        let isSame = try FaultRun.samples(folder + "/audio/alice.wav").samples == FaultPackets("H02", ssrc: 0x1234).soundOfPCMU
        #expect(isSame)
    }
}
