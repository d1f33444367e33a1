package import PacketInput

/// A capture whose octets somebody has in memory, as they would lie on disk: also compressed.
package struct MemoryInput: CaptureInput {
    package let displayName: String
    package let isExplicit = true
    private let octets: [UInt8]
    private let digest = InputDigest()

    package init(name: String, octets: [UInt8]) {
        displayName = name
        self.octets = octets
    }

    package var size: Int? { octets.count }
    package var knownSHA256: String? { digest.known }

    package func isNamed(_ text: String) -> Bool { displayName == text }

    package func sha256() throws(InputFault) -> String {
        try digest.value { () throws(InputFault) in
            guard let sha256 = SHA256.of(octets) else { throw InputFault(name: displayName, reason: "cannot be hashed") }
            return sha256
        }
    }

    package func open() throws(InputFault) -> any CaptureReader {
        DecompressingReader.unpacking(MemoryReader(octets), head: Array(octets.prefix(CompressionFormat.headOctets)), name: displayName)
    }
}

/// Sequential octets of an array.
private final class MemoryReader: CaptureReader {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        let count = min(buffer.count - offset, octets.count - position)
        guard offset >= 0, count > 0 else { return 0 }
        buffer.replaceSubrange(offset..<offset + count, with: octets[position..<position + count])
        position += count
        return count
    }
}
