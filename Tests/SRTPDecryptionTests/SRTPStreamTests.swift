import Evidence
import RTPSyntax
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

struct SRTPStreamTests {
    private let suite = SRTPSuite.AES_CM_128_HMAC_SHA1_80

    /// Packets `range` of a stream that began at sequence number `first`, each with its number as payload.
    private func packets(_ count: Int, from first: UInt16, _ sender: Protector, step: Int = 1) throws -> [[UInt8]] {
        try (0..<count).map { try sender.protect(rtp(first &+ UInt16(truncatingIfNeeded: $0 * step), payload: [UInt8](repeating: UInt8($0 & 255), count: 20))) }
    }

    @Test(arguments: SRTPEngine.allCases) func followsTheCounterOverTheWrapWithLossAndReorder(_ engine: SRTPEngine) throws {
        var sent = try packets(400, from: 65300, Protector(suite))
        // Loss at and around the wrap, then swapped neighbours and one packet twenty places late across the wrap.
        sent.removeSubrange(230..<240)
        for index in stride(from: 1, to: sent.count - 1, by: 7) { sent.swapAt(index, index + 1) }
        let straggler = sent.remove(at: 225)
        sent.insert(straggler, at: 245)
        let stream = SRTPStream(keys: [try masterKey(suite)], engine: engine)
        for (index, packet) in sent.enumerated() { #expect(stream.take(packet) == .opened(count: 20), "packet \(index)") }
        #expect(stream.roc == 1 && stream.failed == 0 && stream.duplicates == 0 && stream.authenticated == 390)
    }

    @Test func survivesAGapOfMoreThanHalfTheNumbers() throws {
        let sender = try Protector(suite)
        let stream = SRTPStream(keys: [try masterKey(suite)])
        // The sender walks in steps that it can follow; the capture has a hole of 40,000 packets.
        let sent = try packets(8, from: 10, sender, step: 10_000)
        for (index, packet) in sent.enumerated() where !(2...4).contains(index) { #expect(stream.take(packet) == .opened(count: 20), "packet \(index)") }
        #expect(stream.roc == 1)
    }

    @Test func copiesAreCountedApartAndAreNoFailures() throws {
        let sent = try packets(50, from: 65530, Protector(suite))
        let stream = SRTPStream(keys: [try masterKey(suite)])
        for packet in sent { _ = stream.take(packet) }
        var out: [UInt8] = [1]
        for packet in sent.reversed() { #expect(stream.take(packet, into: &out) == .duplicate) }
        #expect(out.isEmpty)
        #expect(stream.duplicates == 50 && stream.authenticated == 50 && stream.failed == 0)
    }

    @Test func aDamagedCopyIsAFailureNotADuplicate() throws {
        let sent = try packets(3, from: 1, Protector(suite))
        let stream = SRTPStream(keys: [try masterKey(suite)])
        for packet in sent { _ = stream.take(packet) }
        var bad = sent[1]
        bad[bad.count - 1] ^= 0x10
        #expect(stream.take(bad) == .failed)
    }

    @Test(arguments: SRTPSuite.allCases) func aWrongKeyOpensNothing(_ suite: SRTPSuite) throws {
        let sender = try Protector(suite)
        let stream = SRTPStream(keys: [try masterKey(suite, seed: 2), try masterKey(suite, seed: 3)])
        for number in 0..<100 { #expect(stream.take(try sender.protect(rtp(UInt16(number), payload: [1, 2, 3]))) == .failed) }
        #expect(stream.failed == 100 && stream.authenticated == 0 && stream.key == nil && stream.roc == nil && stream.crossChecked == 0)
    }

    @Test func findsTheKeyAmongSeveralOfOtherSuites() throws {
        let keys = try [masterKey(.AEAD_AES_256_GCM, seed: 3), masterKey(.AES_CM_128_HMAC_SHA1_32, seed: 1), masterKey(.AES_CM_128_HMAC_SHA1_80, seed: 1)]
        let stream = SRTPStream(keys: keys)
        for packet in try packets(20, from: 9, Protector(suite)) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.keyIdentifier == keys[2].identifier && stream.suite == suite && stream.keyChanges == 0)
    }

    @Test(arguments: [UInt32(0), 1], SRTPEngine.allCases) func takesUpANewKeyWithTheCounterContinuedOrReset(_ roc: UInt32, _ engine: SRTPEngine) throws {
        let old = try Protector(suite, seed: 1)
        let new = try Protector(suite, seed: 2, roc: roc)
        let stream = SRTPStream(keys: [try masterKey(suite, seed: 1)], engine: engine)
        var sent = try packets(100, from: 65500, old)
        for packet in sent.prefix(90) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.roc == 1)
        let renewed = try packets(50, from: 64, new)
        #expect(stream.take(renewed[0]) == .failed)
        stream.add(try masterKey(suite, seed: 2))
        for packet in renewed.prefix(20) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.keyChanges == 1 && stream.roc == roc)
        // What was under way under the old key arrives late, and the new key stays the current one.
        sent.removeFirst(90)
        for packet in sent.prefix(5) { #expect(stream.take(packet) == .opened(count: 20)) }
        for packet in sent.prefix(5) { #expect(stream.take(packet) == .duplicate) }
        for packet in renewed.dropFirst(20) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.keyChanges == 1)
        #expect(stream.keyIdentifier == (try masterKey(suite, seed: 2)).identifier)
    }

    @Test func theIdentifierInThePacketChoosesTheKey() throws {
        let stream = SRTPStream(keys: try [masterKey(suite, seed: 1, mki: [0, 1]), masterKey(suite, seed: 2, mki: [0, 2])])
        #expect(stream.take(try Protector(suite, seed: 2, mki: [0, 2]).protect(rtp(5, payload: [1]))) == .opened(count: 1))
        #expect(stream.mki == [0, 2])
        #expect(stream.take(try Protector(suite, seed: 1, mki: [0, 1]).protect(rtp(6, payload: [1]))) == .opened(count: 1))
        #expect(stream.take(try Protector(suite, seed: 1, mki: [0, 3]).protect(rtp(7, payload: [1]))) == .failed)
        #expect(stream.unknownMKI == 1)
        // Without the identifier that was agreed there is no room for it.
        #expect(stream.take(try Protector(suite, seed: 1).protect(rtp(8, payload: []))) == .malformed)
    }

    @Test func theSearchFindsTheCounterAndLosesNoPacket() throws {
        let sent = try packets(20, from: 65530, Protector(suite, roc: 37))
        let stream = SRTPStream(keys: [try masterKey(suite, seed: 4), try masterKey(suite)])
        for packet in sent.prefix(4) { #expect(stream.take(packet) == .failed) }
        #expect(stream.searchROC(upTo: 36, samples: Array(sent.prefix(4))) == nil)
        #expect(stream.searchROC(upTo: 1000, samples: [sent[0], sent[0]]) == nil, "one packet alone is no proof")
        #expect(stream.searchROC(upTo: 1000, samples: Array(sent.prefix(4))) == 37)
        for packet in sent { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.roc == 38 && stream.failed == 4)
    }

    @Test func aKnownCounterCanBeGiven() throws {
        let stream = SRTPStream(keys: [try masterKey(suite)], initialROC: 70_000)
        for packet in try packets(10, from: 65530, Protector(suite, roc: 70_000)) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.roc == 70_001 && stream.crossChecked == 8 && stream.crossCheckFailures == 0)
    }

    @Test func aSenderThatBeginsAgainBelowIsFollowed() throws {
        let stream = SRTPStream(keys: [try masterKey(suite)])
        for packet in try packets(50, from: 5000, Protector(suite)) { #expect(stream.take(packet) == .opened(count: 20)) }
        for packet in try packets(50, from: 100, Protector(suite)) { #expect(stream.take(packet) == .opened(count: 20)) }
        #expect(stream.restarts == 1 && stream.lastIndex == 149 && stream.failed == 0)
    }

    @Test func anotherSourceIsNotThisStream() throws {
        let stream = SRTPStream(keys: [try masterKey(suite)])
        #expect(stream.take(try Protector(suite).protect(rtp(1, payload: [1]))) == .opened(count: 1))
        #expect(stream.take(try Protector(suite, ssrc: 99).protect(rtp(2, ssrc: 99, payload: [1]))) == .malformed)
        #expect(stream.ssrc == SSRC(0x1234_5678))
    }

    @Test func onlyTheFirstPacketsAreCrossChecked() throws {
        let stream = SRTPStream(keys: [try masterKey(suite)], crossCheckPackets: 3)
        for packet in try packets(10, from: 1, Protector(suite)) { _ = stream.take(packet) }
        #expect(stream.crossChecked == 3 && stream.authenticated == 10)
    }
}
