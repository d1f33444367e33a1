import Glibc
import Testing

/// The records of one of the samples that we ship, little-endian pcap of Ethernet.
struct SampleCapture {
    /// The file header.
    let head: [UInt8]
    /// Record header and octets of each frame.
    let records: [[UInt8]]

    init(_ sample: String) throws {
        let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        // Not Foundation: it does not go together with libxml2 in one file.
        let file = try #require(fopen("\(root)/SamplePcaps/\(sample)/capture.pcap", "r"))
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&octets, 1, octets.count, file)
        octets.removeLast(octets.count - count)
        head = Array(octets[..<24])
        var records: [[UInt8]] = []
        var at = 24
        while at + 16 <= octets.count {
            let length = 16 + (0..<4).reduce(0) { $0 | Int(octets[at + 8 + $1]) << (8 * $1) }
            records.append(Array(octets[at..<min(at + length, octets.count)]))
            at += length
        }
        self.records = records
    }
}
