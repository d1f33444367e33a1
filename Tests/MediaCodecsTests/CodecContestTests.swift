import Evidence
import MediaCodecs
import Testing

/// Which of two codecs a payload is of.
struct CodecContestTests {
    private static func codec(_ text: String) throws -> CodecDescription {
        let parts = text.split(separator: " ", maxSplits: 1)
        let fields = parts[0].split(separator: "/")
        let rate = try #require(ClockRate(Int(fields[1]) ?? 0))
        return CodecDescription(
            encoding: String(fields[0]), clockRate: rate, channels: fields.count > 2 ? 2 : 1, parameters: parts.count > 1 ? String(parts[1]) : nil)
    }

    private static func verdict(_ payload: [UInt8], _ first: String, _ second: String, step: Int? = nil) throws -> CodecContest.Verdict? {
        try CodecContest(codec(first), codec(second)).verdict(unsafe payload.span.bytes, step: step)
    }

    /// Octets, the codec they are of, others that the number might mean.
    private static let cases: [(payload: [UInt8], own: String, others: [String], step: Int)] = [
        ([0xF8] + (0..<73).map { UInt8($0 * 3) }, "OPUS/48000/2", ["AMR/8000", "AMR-WB/16000 octet-align=1", "PCMU/8000", "GSM/8000", "ILBC/8000"], 960),
        // Opus at 64 kbit/s has the length of G.711.
        ([0xF8] + (0..<159).map { UInt8($0) }, "OPUS/48000/2", ["PCMU/8000", "PCMA/8000"], 960),
        ([0xF0, 0x3C] + [UInt8](repeating: 7, count: 31), "AMR/8000 octet-align=1", ["OPUS/48000/2", "PCMU/8000", "AMR-WB/16000"], 160),
        ([UInt8](repeating: 0x91, count: 160), "PCMU/8000", ["OPUS/48000/2", "AMR/8000", "GSM/8000", "ILBC/8000"], 160),
        ([0xD3] + [UInt8](repeating: 1, count: 32), "GSM/8000", ["PCMU/8000", "ILBC/8000", "AMR/8000"], 160),
    ]

    @Test("by length, frames and timestamps, whichever came first", arguments: 0..<5) func shapes(number: Int) throws {
        let (payload, own, others, step) = Self.cases[number]
        for other in others {
            #expect(try Self.verdict(payload, own, other, step: step) == .first, "\(other)")
            #expect(try Self.verdict(payload, other, own, step: step) == .second, "\(other)")
        }
    }

    @Test("what could be of both, or of none, is told of neither", arguments: [[], [UInt8](repeating: 0xFF, count: 160), [UInt8](repeating: 0x55, count: 161)])
    func nothing(payload: [UInt8]) throws {
        #expect(try Self.verdict(payload, "PCMU/8000", "PCMA/8000") == nil)
    }
}
