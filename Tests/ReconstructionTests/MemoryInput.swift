import CaptureSurvey
import PacketInput

/// A capture that lies in memory.
struct MemoryInput: CaptureInput {
    var displayName = "capture.pcap"
    let octets: [UInt8]
    /// Octets that one call of `read` hands over at most.
    var chunk = Int.max
    /// Octets after which reading fails.
    var failsAt = Int.max
    let isExplicit = true
    var size: Int? { octets.count }

    init(_ octets: [UInt8], name: String = "capture.pcap", chunk: Int = .max, failsAt: Int = .max) {
        self.octets = octets
        displayName = name
        self.chunk = chunk
        self.failsAt = failsAt
    }

    var knownSHA256: String? { nil }
    func sha256() throws(InputFault) -> String { String(repeating: "0", count: 64) }
    func open() throws(InputFault) -> any CaptureReader { MemoryReader(self) }
}

private final class MemoryReader: CaptureReader {
    private let input: MemoryInput
    private var position = 0

    init(_ input: MemoryInput) { self.input = input }

    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        if position >= input.failsAt { throw InputFault(name: input.displayName, reason: "the disk failed") }
        let count = min(buffer.count - offset, min(input.octets.count, input.failsAt) - position, input.chunk)
        guard count > 0 else { return 0 }
        buffer.replaceSubrange(offset..<offset + count, with: input.octets[position..<position + count])
        position += count
        return count
    }
}
