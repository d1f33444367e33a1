import TestSupport
import Testing

@testable import RecordingFiles

@Suite struct StagedFileTests {
    /// Portions of all sizes, about pages and blocks of pages in particular, with places skipped and written again.
    @Test(arguments: 0..<20) func portionsMakeTheFile(number: UInt64) throws {
        let seed = UInt64.random(in: 0 ... .max) &+ number
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let file = try StagedFile(path: folder["x"])
        var expected: [UInt8] = []
        for turn in 0..<60 {
            let size = [1, 160, 320, 1448, 4095, 4096, 4097, 8192, 31_320, 32_640, 32_768, 40_000].randomElement(using: &random) ?? 0
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
}
