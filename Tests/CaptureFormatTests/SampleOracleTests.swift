import CaptureFormat
import Glibc
import Testing

/// Every capture that the tests have, read by us and by libpcap.
@Suite struct SampleOracleTests {
    private static let root = "\(#filePath)".split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

    /// Captures below `folder`, relative to the checkout.
    private static func captures(_ folder: String) -> [String] {
        guard let directory = opendir(root + "/" + folder) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name.hasPrefix(".") || name == "expected" { continue }
            let path = folder + "/" + name
            if name.hasSuffix(".pcap") || name.hasSuffix(".pcapng") { found.append(path) } else { found += captures(path) }
        }
        return found.sorted()
    }

    static let files = captures("SamplePcaps") + captures("Tests")

    @Test func thereAreCaptures() { #expect(Self.files.count >= 15) }

    @Test(arguments: files)
    func readsAsLibpcapReadsIt(file: String) throws {
        let handle = try #require(fopen(Self.root + "/" + file, "r"))
        defer { fclose(handle) }
        var octets: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, handle), count > 0 { octets += part[..<count] }
        let sniffed = CaptureParser.sniff(octets.span.bytes)
        let format = try #require(sniffed)
        let expected = try libpcapRead(octets)
        let read = readAll(octets, format: format, refill: 4096)
        #expect(!expected.frames.isEmpty)
        #expect(read.frames.count == expected.frames.count)
        for (ours, theirs) in zip(read.frames, expected.frames) where ours != theirs {
            Issue.record("\(file): frame \(ours.number) differs")
            break
        }
    }
}
