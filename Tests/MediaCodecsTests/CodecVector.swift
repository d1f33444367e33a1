import Evidence
import Foundation
import MediaCodecs
import Testing

/// Payloads of an encoder, and what ffmpeg made of the same frames when it read them from a file: one line of `Fixtures/codec-vectors.txt`.
struct CodecVector: Sendable, CustomTestStringConvertible {
    let codec: CodecDescription
    /// One after the other, from the middle of a call.
    let payloads: [[UInt8]]
    /// Frames that all payloads give.
    let frames: Int
    /// FNV-1a, 64 bits, of the samples in little-endian order; nil where the decoder calculates in floating point.
    let hash: UInt64?
    /// Samples in the middles of twelve equal parts.
    let probes: [Int16]

    var testDescription: String { "\(codec.encoding)/\(codec.clockRate.hertz) \(codec.parameters ?? "")" }

    static let all: [CodecVector] = read()

    /// The first of an encoding, and of a format parameter where one is given.
    static func first(_ encoding: String, _ parameters: String? = nil) throws -> CodecVector {
        try #require(all.first { $0.codec.encoding == encoding && (parameters == nil || $0.codec.parameters == parameters) })
    }

    func makeDecoder() throws -> any AudioDecoder { try #require(CodecRegistry.makeDecoder(for: codec), "is libavcodec installed?") }

    private static func read() -> [CodecVector] {
        guard let file = Bundle.module.url(forResource: "codec-vectors", withExtension: "txt", subdirectory: "Fixtures"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { CodecVector(line: $0) }
    }

    private init?(line: Substring) {
        let fields = line.split(separator: " ").map { String($0) }
        guard fields.count > 7, let clock = Int(fields[1]).flatMap({ ClockRate($0) }), let channels = Int(fields[2]), let frames = Int(fields[4]) else { return nil }
        codec = CodecDescription(encoding: fields[0], clockRate: clock, channels: channels, parameters: fields[3] == "-" ? nil : fields[3])
        self.frames = frames
        hash = UInt64(fields[5], radix: 16)
        probes = fields[6].split(separator: ",").compactMap { Int16($0) }
        payloads = fields[7...].map { octets($0) }
    }
}

/// Octets of hexadecimal digits; none where they are no such.
func octets(_ hex: String) -> [UInt8] { Hex.decode(hex) ?? [] }

/// FNV-1a, 64 bits, of samples in little-endian order.
func fingerprint(_ samples: [Int16]) -> UInt64 {
    samples.reduce(0xCBF2_9CE4_8422_2325) { hash, sample in
        let bits = UInt64(UInt16(bitPattern: sample))
        return ((hash ^ bits & 0xFF) &* 0x100_0000_01B3 ^ bits >> 8) &* 0x100_0000_01B3
    }
}
