import Glibc
import TestSupport
import Testing

@testable import RecordingFiles

@Suite struct StagedFileTests {
    /// Portions of all sizes, about pages and blocks of pages in particular, with places skipped and written again.
    /// With the file kept open room is reserved ahead of what is written, without it is not.
    @Test(arguments: 0..<20, [0, 1]) func portionsMakeTheFile(number: UInt64, kept: Int) throws {
        let seed = UInt64.random(in: 0 ... .max) &+ number
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let file = try StagedFile(path: folder["x"], budget: OpenFileBudget(kept))
        var expected: [UInt8] = []
        for turn in 0..<60 {
            let size = [1, 160, 320, 1448, 4095, 4096, 4097, 8192, 31_320, 32_640, 32_768, 40_000, 65_536].randomElement(using: &random) ?? 0
            if turn % 9 == 8 { file.seek(to: Int64.random(in: 0...Int64(expected.count + 9000), using: &random)) }
            let isSilent = turn % 7 == 6
            let octets = (0..<size).map { isSilent ? 0 : UInt8(truncatingIfNeeded: $0 &* 31 &+ turn) }
            let start = Int(file.position)
            if expected.count < start + size { expected += [UInt8](repeating: 0, count: start + size - expected.count) }
            expected.replaceSubrange(start..<start + size, with: octets)
            octets.withUnsafeBytes { file.write($0) }
        }
        let (sha256, bytes) = try file.closeAndHash()
        let isSame = try folder.octets("x") == expected
        #expect(isSame && bytes == expected.count && sha256 == SHA256.of(expected), "seed \(seed)")
    }

    /// Room that was reserved and not used does not stay: neither behind the end nor where silence came instead of sound.
    @Test(arguments: [0, 1]) func silenceTakesNoRoom(kept: Int) throws {
        let folder = try TemporaryFolder()
        let file = try StagedFile(path: folder["x"], budget: OpenFileBudget(kept))
        let sound = [UInt8](repeating: 7, count: 64 << 10)
        let silence = [UInt8](repeating: 0, count: 64 << 10)
        // 1 MiB of sound, 4 of silence, and sound again, after which more was reserved than comes.
        for block in [Array(repeating: sound, count: 16), Array(repeating: silence, count: 64), Array(repeating: sound, count: 5)].joined() {
            block.withUnsafeBytes { file.write($0) }
        }
        try file.close()
        var status = stat()
        try #require(stat(folder["x"], &status) == 0)
        #expect(status.st_size == 85 * 64 << 10)
        #expect(status.st_blocks * 512 >= 21 * 64 << 10)
        #expect(status.st_blocks * 512 < 22 * 64 << 10, "\(status.st_blocks * 512) octets on the disk")
    }

    /// However many files grow at once, no more than 256 MiB of the disk are kept from the others.
    @Test func reservedRoomIsBounded() throws {
        let folder = try TemporaryFolder()
        let budget = OpenFileBudget(3)
        func keep(_ name: String) throws -> KeptFile { try #require(budget.keep(try FileDescriptor(folder[name], O_RDWR | O_CREAT))) }
        let one = try keep("one")
        var two: KeptFile? = try keep("two")
        #expect(one.borrow(200 << 20))
        #expect(two?.borrow(57 << 20) == false)
        #expect(two?.borrow(56 << 20) == true)
        #expect(!one.borrow(201 << 20), "beside what the other has")
        #expect(one.borrow(100 << 20), "in place of what it had")
        let three = try keep("three")
        #expect(!three.borrow(101 << 20))
        two = nil
        #expect(three.borrow(156 << 20), "what goes gives back")
    }
}
