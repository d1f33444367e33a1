import Evidence
import SRTPDecryption
import SRTPTestSupport
import Testing

struct SRTPTrialTests {
    private func samples(_ suite: SRTPSuite, roc: UInt32, count: Int = 4) throws -> [[UInt8]] {
        let sender = try Protector(suite, roc: roc)
        return try (0..<count).map { try sender.protect(rtp(UInt16(1000 + $0), payload: [UInt8](repeating: 7, count: 20))) }
    }

    @Test(arguments: SRTPSuite.allCases) func findsTheCounterOfALateStart(_ suite: SRTPSuite) throws {
        var budget = 1_000_000
        let verdict = SRTPTrial.run(try masterKey(suite), samples: try samples(suite, roc: 37), counters: 0...1000, budget: &budget)
        #expect(verdict?.roc == 37 && verdict?.opened == 4 && verdict?.isProof == true)
        #expect(budget < 1_000_000)
    }

    @Test func aWrongKeyOpensNothing() throws {
        var budget = 1_000_000
        let packets = try samples(.AES_CM_128_HMAC_SHA1_32, roc: 0)
        #expect(SRTPTrial.run(try masterKey(.AES_CM_128_HMAC_SHA1_32, seed: 2), samples: packets, counters: 0...1000, budget: &budget) == nil)
    }

    @Test func oneShortTagIsNoProof() throws {
        var budget = 1000
        let one = try samples(.AES_CM_128_HMAC_SHA1_32, roc: 0, count: 1)
        let verdict = SRTPTrial.run(try masterKey(.AES_CM_128_HMAC_SHA1_32), samples: one, counters: 0...0, budget: &budget)
        #expect(verdict?.opened == 1 && verdict?.isProof == false)
        // And a searched counter needs two packets whatever the tag.
        let long = try samples(.AES_CM_128_HMAC_SHA1_80, roc: 9, count: 1)
        #expect(SRTPTrial.run(try masterKey(.AES_CM_128_HMAC_SHA1_80), samples: long, counters: 0...100, budget: &budget) == nil)
    }

    @Test func theBudgetBoundsTheSearch() throws {
        var budget = 10
        let packets = try samples(.AES_CM_128_HMAC_SHA1_80, roc: 500)
        #expect(SRTPTrial.run(try masterKey(.AES_CM_128_HMAC_SHA1_80), samples: packets, counters: 0...1000, budget: &budget) == nil)
        #expect(budget == 0)
    }

    @Test func clearPacketsBeforeTheKeyAreSteppedOver() throws {
        var budget = 1000
        let clear = (0..<3).map { rtp(UInt16($0), payload: [UInt8](repeating: 1, count: 40)) }
        let verdict = SRTPTrial.run(
            try masterKey(.AES_CM_128_HMAC_SHA1_80), samples: clear + (try samples(.AES_CM_128_HMAC_SHA1_80, roc: 0)), counters: 0...0, budget: &budget)
        #expect(verdict?.first == 3 && verdict?.opened == 4)
    }
}
