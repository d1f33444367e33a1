import Foundation
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

@Suite struct CompressedInputTests {
    /// Gives at most `step` octets a call, and counts them.
    private final class Octets: CaptureReader {
        let octets: [UInt8]
        let step: Int
        private(set) var given = 0

        init(_ octets: [UInt8], step: Int = .max) {
            self.octets = octets
            self.step = step
        }

        func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
            let count = min(step, buffer.count - offset, octets.count - given)
            for index in 0..<max(0, count) { buffer[offset + index] = octets[given + index] }
            given += count
            return count
        }
    }

    private struct Outcome {
        var octets: [UInt8] = []
        var fault: String?
    }

    private static func unpack(_ octets: [UInt8], step: Int = .max, buffer size: Int = 4099) -> Outcome {
        let reader = DecompressingReader.unpacking(Octets(octets, step: step), head: Array(octets.prefix(CompressionFormat.headOctets)), name: "x")
        return read(reader, buffer: size)
    }

    private static func read(_ reader: any CaptureReader, buffer size: Int = 4099) -> Outcome {
        var outcome = Outcome()
        var buffer = [UInt8](repeating: 0, count: size)
        do {
            while true {
                let count = try reader.read(into: &buffer, from: 1)
                if count == 0 { break }
                outcome.octets += buffer[1..<1 + count]
            }
        } catch { outcome.fault = error.reason }
        return outcome
    }

    /// Half noise, half repetition.
    private static func sample(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { $0 % 256 < 128 ? UInt8.random(in: 0...255, using: &random) : UInt8($0 >> 8 & 0xFF) }
    }

    @Test(arguments: CompressionFormat.allCases) func whatWasCompressedComesBack(format: CompressionFormat) throws {
        for count in [0, 1, 5_000, 700_000] {
            let content = Self.sample(count)
            let packed = try Compressors.compress(content, format)
            for (step, buffer) in [(Int.max, 1 << 20), (1000, 4099), (count > 5000 ? 4096 : 1, count > 5000 ? 70_001 : 3)] {
                let outcome = Self.unpack(packed, step: step, buffer: buffer)
                let isEqual = outcome.octets == content
                #expect(isEqual && outcome.fault == nil, "\(count) octets, \(step), \(buffer): \(outcome.fault ?? "")")
            }
        }
    }

    @Test(arguments: CompressionFormat.allCases) func membersOneAfterTheOtherAreReadOn(format: CompressionFormat) throws {
        let parts = [Self.sample(3000, seed: 1), [], Self.sample(100_000, seed: 2), Self.sample(1, seed: 3)]
        let packed = try parts.flatMap { try Compressors.compress($0, format) }
        for step in [1, 7, .max] {
            let outcome = Self.unpack(packed, step: step)
            let isEqual = outcome.octets == parts.flatMap(\.self)
            #expect(isEqual && outcome.fault == nil, "\(step): \(outcome.fault ?? "")")
        }
        #expect(Self.unpack(packed + [0, 0, 0, 0]).fault == nil, "padding")
        let followed = Self.unpack(packed + Array("something".utf8))
        #expect(followed.octets.count == 103_001)
        #expect(followed.fault?.contains("up to octet \(packed.count), and something else") == true)
    }

    @Test func framesWithoutContentArePassedOver() throws {
        let empty: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9]
        for format in [CompressionFormat.zstandard, .lz4] {
            let packed = try Compressors.compress(Self.sample(500), format)
            let outcome = Self.unpack(empty + empty + packed + empty + packed + empty)
            #expect(outcome.octets == Self.sample(500) + Self.sample(500) && outcome.fault == nil)
        }
        #expect(CompressionFormat(head: (empty + [1, 2, 3, 4, 5, 6])[...]) == nil)
    }

    @Test(arguments: CompressionFormat.allCases) func cutDataKeepWhatCameBefore(format: CompressionFormat) throws {
        let content = Self.sample(1500)
        let packed = try Compressors.compress(content, format)
        let both = packed + packed
        for length in 8..<both.count where length != packed.count {
            let outcome = Self.unpack(Array(both[..<length]))
            #expect((content + content).starts(with: outcome.octets))
            #expect(length < packed.count || outcome.octets.count >= content.count, "\(length): the first member is lost")
            #expect(outcome.fault?.contains("ends within its \(format.name) data, after octet \(length)") == true, "\(length): \(outcome.fault ?? "none")")
        }
        // Most of a large file that is cut near its end is there.
        let large = Self.sample(1 << 20)
        let cut = Self.unpack(try Compressors.compress(large, format).dropLast(10), buffer: 1 << 20)
        let isPrefix = large.starts(with: cut.octets)
        #expect(isPrefix && cut.octets.count > 700_000 && cut.fault != nil)
    }

    @Test(arguments: CompressionFormat.allCases) func aWrongChecksumLosesNothing(format: CompressionFormat) throws {
        let content = Self.sample(300_000)
        var packed = try Compressors.compress(content, format)
        // gzip: CRC before the length; Zstandard and LZ4: the end; xz: some of the check before index and footer.
        packed[packed.count - (format == .gzip ? 6 : format == .xz ? 28 : 2)] ^= 0x10
        let outcome = Self.unpack(packed, buffer: 1 << 20)
        #expect(outcome.fault?.contains("\(format.name) data there are damaged") == true)
        let isPrefix = content.starts(with: outcome.octets)
        #expect(isPrefix && outcome.octets.count > 100_000, "\(outcome.octets.count)")
        if format != .xz { #expect(outcome.octets.count == content.count) }
    }

    @Test(arguments: CompressionFormat.allCases) func damageNeverHangs(format: CompressionFormat) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        let packed = try Compressors.compress(Self.sample(6000), format)
        for _ in 0..<300 {
            var damaged = packed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            let outcome = Self.unpack(damaged, step: 500)
            #expect(outcome.octets.count < 1 << 24, "seed \(seed)")
        }
        for _ in 0..<100 {
            let garbage = format.magic + (0..<200).map { _ in UInt8.random(in: 1...255, using: &random) }
            let outcome = Self.unpack(garbage)
            #expect(outcome.fault != nil, "seed \(seed): \(garbage)")
        }
    }

    @Test(arguments: CompressionFormat.allCases) func aBombIsUnpackedPieceByPiece(format: CompressionFormat) throws {
        let total = 200_000_000
        let packed = try Compressors.compress([UInt8](repeating: 0, count: 20_000_000), format)
        let bomb = Octets((0..<10).flatMap { _ in packed })
        let reader = DecompressingReader.unpacking(bomb, head: Array(packed.prefix(4096)), name: "x")
        #expect(bomb.given <= 256 << 10)
        var buffer = [UInt8](repeating: 1, count: 1 << 20)
        var sum = 0
        var largest = 0
        while true {
            let count = try reader.read(into: &buffer, from: 0)
            if count == 0 { break }
            sum += count
            largest = max(largest, count)
        }
        #expect(sum == total)
        #expect(largest <= 256 << 10)
    }

    @Test func twoLevelsAreUnpackedAndNoMore() throws {
        let content = Self.sample(9000)
        let once = try Compressors.compress(content, .zstandard)
        let twice = try Compressors.compress(once, .gzip)
        let thrice = try Compressors.compress(twice, .xz)
        #expect(Self.unpack(twice, step: 100).octets == content)
        #expect(Self.unpack(thrice).octets == once)
        #expect(Self.unpack(twice.dropLast(300)).fault?.contains("ends within its gzip data") == true)
        let cutInside = try Compressors.compress(once.dropLast(100), .lz4)
        #expect(Self.unpack(cutInside).fault?.contains("octet \(once.count - 100) of what it unpacks to") == true)
    }

    @Test func aFileIsUnpackedButHashedAndMeasuredAsItLies() throws {
        let folder = try TemporaryFolder()
        let content = Self.sample(100_000)
        for format in CompressionFormat.allCases {
            let packed = try Compressors.compress(content, format)
            let path = folder["\(format).pcap"]
            try Data(packed).write(to: URL(filePath: path))
            let file = try #require(CaptureInputs.resolve(arguments: [path]).files.first)
            #expect(file.size == packed.count)
            for _ in 0..<2 {
                let outcome = Self.read(try file.open())
                let isEqual = outcome.octets == content
                #expect(isEqual && outcome.fault == nil)
            }
            #expect(try file.sha256() == SHA256.of(packed))
            // The reading ends at the damage; the digest is the whole file's all the same.
            let damaged = packed + [1] + [UInt8](repeating: 0, count: 600_000)
            try Data(damaged).write(to: URL(filePath: path))
            let other = try #require(CaptureInputs.resolve(arguments: [path]).files.first)
            #expect(Self.read(try other.open()).fault != nil)
            #expect(try other.sha256() == SHA256.of(damaged))
        }
    }

    @Test func whatOnlyLooksCompressedIsLeftAlone() throws {
        for octets in [[], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 0x07, 0], [0x28, 0xB5, 0x2F], Array("BZh91AY".utf8), [0xD4, 0xC3, 0xB2, 0xA1]] as [[UInt8]] {
            #expect(Self.unpack(octets).octets == octets)
        }
    }
}
