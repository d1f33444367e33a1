import Evidence
import Glibc
import TLSDecryption
import Testing

/// Reads this process's own memory for a secret after its last user let go: SecretBytes, key logs and connections leave nothing behind.
@Suite("Memory that held secrets")
struct WipedMemoryTests {
    /// The secret of this test, never whole in memory on its own account: each octet is made when it is compared or written as digits.
    private static func octet(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: (index &* 167 &+ 138) ^ (index &* index &* 29 &+ 0x5D)) }
    /// Octets that must stand together to count.
    private static let run = 16

    /// A line of a key log in memory of its own, which is the tester's to wipe.
    private static func line(random: Int) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var out = Array("CLIENT_RANDOM ".utf8)
        out.reserveCapacity(256)
        for _ in 0..<32 { out += [digits[random >> 4], digits[random & 15]] }
        out.append(0x20)
        for index in 0..<48 { out += [digits[Int(octet(index) >> 4)], digits[Int(octet(index) & 15)]] }
        return out
    }

    /// Whether the secret is found. The list of mappings comes in parts, between which other tests map and unmap: a part may be missed.
    private static func isThere() throws -> Bool { try (0..<8).contains { _ in try occurrences() > 0 } }

    /// How often the first octets of the secret stand in the writable memory of this process.
    private static func occurrences() throws -> Int {
        let maps = open("/proc/self/maps", O_RDONLY)
        let memory = open("/proc/self/mem", O_RDONLY)
        try #require(maps >= 0 && memory >= 0)
        defer {
            close(maps)
            close(memory)
        }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = read(maps, &chunk, chunk.count), count > 0 { text += chunk[..<count] }
        var found = 0
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            guard words.count >= 2, words[1].hasPrefix("rw"), !line.hasSuffix("[vvar]") else { continue }
            let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard ends.count == 2, ends[1] - ends[0] < 1 << 34 else { continue }
            found += scan(memory, ends[0]..<ends[1], &chunk)
        }
        return found
    }

    /// Windows overlap by less than a run, so that each occurrence counts once. The window itself holds at most what was found.
    private static func scan(_ memory: Int32, _ range: Range<UInt64>, _ window: inout [UInt8]) -> Int {
        var found = 0
        var start = range.lowerBound
        while start < range.upperBound {
            let count = pread(memory, &window, min(window.count, Int(range.upperBound - start)), off_t(truncatingIfNeeded: start))
            guard count >= run else { break }
            window.withUnsafeBytes { octets in
                var rest = UnsafeRawBufferPointer(rebasing: octets[..<count])
                while let base = rest.baseAddress, let hit = memchr(base, Int32(octet(0)), rest.count) {
                    rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(hit) - base)...])
                    if rest.count >= run, (1..<run).allSatisfy({ rest[$0] == octet($0) }) { found += 1 }
                    rest = UnsafeRawBufferPointer(rebasing: rest[1...])
                }
            }
            start += UInt64(count < window.count ? count : count - run + 1)
            // What the window saw must not be seen in the window.
            _ = window.withUnsafeMutableBytes { $0.initializeMemory(as: UInt8.self, repeating: 0) }
        }
        return found
    }

    @Test func `A key log's secret is gone when the log is, and is there before`() throws {
        #expect(try Self.occurrences() == 0)
        do {
            var line = Self.line(random: 0x77)
            let secrets = TLSSecrets()
            var log: TLSKeyLog? = TLSKeyLog(parsing: line)
            secrets.add(try #require(log), name: "test")
            #expect(log?.entries.count == 1)
            #expect(try Self.isThere())
            log = nil
            for index in line.indices { line[index] = 0 }
            #expect(try withExtendedLifetime(secrets) { try Self.isThere() })
        }
        #expect(try Self.occurrences() == 0)
    }
}
