import TestSupport
import Testing

@testable import CaptureCarve

/// What covers secrets in carved frames.
struct SecretMaskTests {
    private func sum(_ octets: [UInt8], _ start: Int) -> Int { stride(from: start, to: octets.count, by: 2).reduce(0) { $0 + Int(octets[$1]) } }

    @Test func `sums of even and odd octets stay, and the key does not`() {
        var random = SeededRandom(seed: .random(in: .min ... .max))
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for length in [8, 9, 20, 40, 61, 64] {
            let key = (0..<length).map { _ in letters[Int(random.next() % 64)] }
            let frame = Array("inline:".utf8) + key + Array("|2^31".utf8)
            var covered = frame
            #expect(SecretMask.cover(7..<7 + length, of: &covered), "seed \(random)")
            #expect(covered.count == frame.count)
            #expect(sum(covered, 0) == sum(frame, 0))
            #expect(sum(covered, 1) == sum(frame, 1))
            #expect(covered[7..<7 + length].filter { !letters.contains($0) }.isEmpty, "length \(length)")
            #expect(Array(covered[7..<7 + length]) != key)
            #expect(covered.prefix(7) == frame.prefix(7) && covered.suffix(5) == frame.suffix(5))
        }
    }

    @Test func `what is too short is covered all the same, and said not to fit`() {
        var octets: [UInt8] = [1, 2, 3, 4]
        #expect(!SecretMask.cover(1..<9, of: &octets))
        #expect(octets == [1, 0x78, 0x78, 0x78])
    }

    @Test func `octets that no letters sum up to keep their sum`() {
        let before: [UInt8] = [0, 255, 1, 254, 3, 0, 0, 7, 9, 1]
        var after = before
        #expect(SecretMask.cover(0..<10, of: &after))
        #expect(sum(after, 0) == sum(before, 0) && sum(after, 1) == sum(before, 1))
    }
}
