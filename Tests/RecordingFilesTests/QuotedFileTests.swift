import Evidence
import Foundation
import RecordingRecords
import Testing

@testable import RecordingFiles

/// A file that quotes others of its recording.
@Suite struct QuotedFileTests {
    private static func write(_ parts: [FilePart], beside files: [String: [UInt8]]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let output = try OutputFolder.prepare(path: folder["out"])
        let recording = try output.begin(folder: "recordings/a")
        for (path, octets) in files { _ = try recording.write(path: path, octets: octets) }
        let written = try recording.write(path: "quotes.json", parts: parts)
        try recording.finish()
        let octets = try folder.octets("out/recordings/a/quotes.json")
        #expect(written.bytes == octets.count && written.sha256 == SHA256.of(octets))
        return octets
    }

    /// SHA-512 of "abc" (FIPS 180-4), base64url without padding.
    @Test func hashesStandInTheirPlaces() throws {
        let octets = try Self.write([.octets([0x22]), .sha512(of: "audio/a.wav"), .octets([0x22])], beside: ["audio/a.wav": Array("abc".utf8)])
        #expect(
            String(decoding: octets, as: UTF8.self) == "\"3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05ohkpkqJ0_BqDa6PCOj_uu9RU1EI2Q86A4qmslPpUyknw\"")
    }

    @Test(arguments: [0, 1, 2, 3, 196_607, 196_608, 196_609, 600_000]) func contentStandsInItsPlace(octets count: Int) throws {
        let audio = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let octets = try Self.write([.content(of: "audio/a.wav"), .octets([0x7E])], beside: ["audio/a.wav": audio])
        let text = String(decoding: octets.dropLast(), as: UTF8.self)
        #expect(octets.last == 0x7E && !text.contains { "+/=".contains($0) })
        let isEqual = Base64.decode(text) == audio
        #expect(isEqual)
    }

    @Test func whatIsNotThereIsAFault() {
        #expect(throws: OutputFault.self) { try Self.write([.content(of: "audio/b.wav"), .octets([])], beside: [:]) }
    }
}
