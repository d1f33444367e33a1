import Evidence
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// An hour of 20 ms packets, 3 % of them damaged: the others open, over two wraps of the sequence number.
struct DamagedHourTests {
    @Test(.timeLimit(.minutes(2))) func everyPacketThatIsWholeOpens() throws {
        var random = SeededRandom(seed: 180_000)
        let suite = SRTPSuite.AES_CM_128_HMAC_SHA1_80
        let sender = try Protector(suite)
        let stream = SRTPStream(keys: [try masterKey(suite, seed: 5), try masterKey(suite)])
        let payload = random.bytes(20)
        var out: [UInt8] = []
        var damaged = 0
        var wrong = 0
        for number in 0..<180_000 {
            var packet = try sender.protect(rtp(UInt16(truncatingIfNeeded: 60_000 + number), payload: payload))
            let isDamaged = number > 0 && random.next() % 100 < 3
            if isDamaged {
                damaged += 1
                // Anywhere behind the source: of what stands before it nothing says whose packet it is.
                packet[Int.random(in: 12..<packet.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            let outcome = stream.take(packet, into: &out)
            if isDamaged ? outcome != .failed : outcome != .opened(count: 20) || out != payload { wrong += 1 }
        }
        #expect(wrong == 0, "seed \(random.seed)")
        #expect(damaged > 5000 && stream.failed == damaged && stream.authenticated == 180_000 - damaged, "seed \(random.seed)")
        #expect(stream.roc == 3 && stream.keyChanges == 0 && stream.restarts == 0)
    }
}
