import Evidence
import RTPSyntax
import SRTPTestSupport
import TestSupport
import Testing

@testable import SRTPDecryption

/// libsrtp2 protects; the transform of this module, and libsrtp2 again as the other engine, must open to the same octets.
struct SRTPDifferentialTests {
    static let identifiers: [[UInt8]?] = [nil, [7], [0, 0, 0, 1]]

    @Test(arguments: SRTPSuite.allCases, identifiers) func opensWhatLibsrtpProtectsOverASequenceWrap(_ suite: SRTPSuite, _ mki: [UInt8]?) throws {
        let sender = try Protector(suite, mki: mki)
        let ours = SRTPStream(keys: [try masterKey(suite, mki: mki)], crossCheckPackets: 1000)
        let theirs = SRTPStream(keys: [try masterKey(suite, mki: mki)], engine: .libsrtp2)
        var random = SeededRandom(seed: 42)
        var out: [UInt8] = []
        var sequence: UInt16 = 65500
        for size in [0, 1, 3, 15, 16, 17, 20, 160, 161, 640, 1200] + [Int](repeating: 160, count: 60) {
            let payload = random.bytes(size)
            let packet = try sender.protect(rtp(sequence, payload: payload, csrcs: size % 3, extensionWords: size % 2 == 1 ? 2 : nil))
            #expect(ours.take(packet, into: &out) == .opened(count: size))
            #expect(out == payload)
            #expect(theirs.take(packet, into: &out) == .opened(count: size))
            #expect(out == payload)
            sequence &+= 1
        }
        #expect(ours.roc == 1 && theirs.roc == 1)
        #expect(ours.crossChecked == 71 && ours.crossCheckFailures == 0 && ours.crossCheckUnavailable == 0)
        #expect(ours.suite == suite && ours.mki == mki)
    }

    @Test("what libsrtp2 opens otherwise, or not, is refused and counted: SRT004") func aSecondOpinionThatDiffersCounts() throws {
        let sender = try Protector(.AES_CM_128_HMAC_SHA1_80)
        let stream = SRTPStream(keys: [try masterKey(.AES_CM_128_HMAC_SHA1_80)])
        // Libsrtp2 is made to differ by a key of its own.
        try #require(stream.candidates.first).second = LibSRTPSession(try masterKey(.AES_CM_128_HMAC_SHA1_80, seed: 2))
        for number in 1...3 { #expect(stream.take(try sender.protect(rtp(UInt16(number), payload: [1, 2, 3]))) == .failed) }
        #expect(stream.crossCheckFailures == 3 && stream.failed == 3 && stream.authenticated == 0 && stream.crossChecked == 0)
    }

    @Test(arguments: SRTPSuite.allCases, identifiers) func oneFlippedBitAnywhereFailsAndChangesNothing(_ suite: SRTPSuite, _ mki: [UInt8]?) throws {
        let sender = try Protector(suite, mki: mki)
        let stream = SRTPStream(keys: [try masterKey(suite, mki: mki)], crossCheckPackets: 0)
        #expect(stream.take(try sender.protect(rtp(100, payload: [UInt8](repeating: 3, count: 24)))) == .opened(count: 24))
        let good = try sender.protect(rtp(101, payload: [UInt8](repeating: 4, count: 24)))
        let (key, roc, authenticated) = (stream.keyIdentifier, stream.roc, stream.authenticated)
        var out: [UInt8] = []
        for bit in 0..<good.count * 8 {
            var bad = good
            bad[bit / 8] ^= 1 << UInt8(bit % 8)
            let outcome = stream.take(bad, into: &out)
            // A flipped bit of the version, of the lengths in the header or of the SSRC is caught before the tag is.
            #expect(outcome == .failed || outcome == .malformed, "bit \(bit)")
            #expect(out.isEmpty)
        }
        #expect(stream.keyIdentifier == key && stream.roc == roc && stream.authenticated == authenticated && stream.keyChanges == 0)
        #expect(stream.take(good, into: &out) == .opened(count: 24))
        #expect(out == [UInt8](repeating: 4, count: 24))
    }

    @Test(arguments: SRTPSuite.allCases, identifiers) func opensRTCPThatLibsrtpProtects(_ suite: SRTPSuite, _ mki: [UInt8]?) throws {
        let sender = try Protector(suite, mki: mki)
        let receiver = SRTCPReceiver(keys: [try masterKey(suite, seed: 9, mki: mki), try masterKey(suite, mki: mki)])
        var out: [UInt8] = []
        for number in 1...5 {
            let report: [UInt8] = [0x80, 201, 0, 1, 0x12, 0x34, 0x56, 0x78] + [0x81, 203, 0, 1, 0, 0, 0, UInt8(number)]
            var packet = try sender.protectRTCP(report)
            #expect(receiver.take(packet, into: &out) == UInt32(number))
            #expect(out == report)
            for bit in stride(from: 0, to: packet.count * 8, by: 3) {
                packet[bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(receiver.take(packet, into: &out) == nil, "bit \(bit)")
                #expect(out.isEmpty)
                packet[bit / 8] ^= 1 << UInt8(bit % 8)
            }
        }
        #expect(receiver.authenticated == 5)
    }

    @Test(arguments: SRTPSuite.allCases) func noPacketOfAnyLengthTraps(_ suite: SRTPSuite) throws {
        var random = SeededRandom(seed: 7)
        let stream = SRTPStream(keys: [try masterKey(suite), try masterKey(suite, seed: 2, mki: [1, 2, 3, 4])])
        let receiver = SRTCPReceiver(keys: [try masterKey(suite), try masterKey(suite, seed: 2, mki: [1, 2, 3, 4])])
        var out: [UInt8] = []
        let whole = try Protector(suite).protect(rtp(1, payload: random.bytes(40), csrcs: 2, extensionWords: 1))
        for count in 0..<whole.count {
            let outcome = stream.take([UInt8](whole.prefix(count)), into: &out)
            #expect(outcome == .failed || outcome == .malformed)
            #expect(receiver.take([UInt8](whole.prefix(count)), into: &out) == nil)
        }
        for _ in 0..<500 {
            var packet = random.bytes(Int.random(in: 0...90, using: &random))
            if !packet.isEmpty { packet[0] = packet[0] & 0x3F | 0x80 }
            let outcome = stream.take(packet, into: &out)
            #expect(outcome == .failed || outcome == .malformed, "seed \(random.seed)")
            #expect(receiver.take(packet, into: &out) == nil, "seed \(random.seed)")
        }
        #expect(stream.authenticated == 0 && stream.key == nil && stream.ssrc == nil)
    }
}
