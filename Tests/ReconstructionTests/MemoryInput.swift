import Reconstruction

/// A capture that lies in memory.
struct MemoryInput: CaptureInput {
    var displayName = "capture.pcap"
    let octets: [UInt8]
    /// Octets that one call of `read` hands over at most.
    var chunk = Int.max
    let isExplicit = true
    var size: Int? { octets.count }

    init(_ octets: [UInt8], name: String = "capture.pcap", chunk: Int = .max) {
        self.octets = octets
        displayName = name
        self.chunk = chunk
    }

    func sha256() throws(InputFault) -> String { String(repeating: "0", count: 64) }
    func open() throws(InputFault) -> any CaptureReader { MemoryReader(octets, chunk: chunk) }
}

private final class MemoryReader: CaptureReader {
    private let octets: [UInt8]
    private let chunk: Int
    private var position = 0

    init(_ octets: [UInt8], chunk: Int) {
        self.octets = octets
        self.chunk = chunk
    }

    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        let count = min(buffer.count - offset, octets.count - position, chunk)
        guard count > 0 else { return 0 }
        buffer.replaceSubrange(offset..<offset + count, with: octets[position..<position + count])
        position += count
        return count
    }
}
