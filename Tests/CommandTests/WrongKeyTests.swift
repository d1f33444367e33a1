import Foundation
import Testing

/// Wrong key: no audio, never noise.
@Suite struct WrongKeyTests {
    /// The sample with the SRC's SDES keys altered in place: one character of the base64 text, so lengths and checksums of layers that
    /// are checked stay as they were.
    private func altered(_ scratch: Scratch) throws -> String {
        let path = try #require(Checkout.capture(of: "09-sdes-gcm").first ?? Checkout.capture(of: "08-sdes-32-aes256-mki").first)
        var octets = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let mark = Array("inline:".utf8)
        var changed = 0
        var index = 0
        while index + mark.count + 4 < octets.count {
            if octets[index] == mark[0], Array(octets[index..<index + mark.count]) == mark {
                octets[index + mark.count] = octets[index + mark.count] == 0x41 ? 0x42 : 0x41
                changed += 1
                index += mark.count
            }
            index += 1
        }
        #expect(changed >= 2)
        try Data(octets).write(to: scratch.url.appendingPathComponent("wrong.pcap"))
        return scratch.path("wrong.pcap")
    }

    @Test("a wrong SDES key yields no audio, a gap with cause authentication-failure, and exit 1")
    func noAudio() throws {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct", try altered(scratch), "-o", scratch.path("a")])
        #expect(run.status == 1)
        #expect(run.errors.contains("SRT001"))
        #expect(Tree.files(scratch.path("a")).filter { $0.hasSuffix(".wav") }.isEmpty)
        let recording = try #require(try Tree.recordings(scratch.path("a")).first)
        #expect(recording["complete"] as? Bool == false)
        let streams = try #require(recording["streams"] as? [[String: Any]])
        #expect(!streams.isEmpty)
        for stream in streams {
            let causes = (stream["gaps"] as? [[String: Any]] ?? []).compactMap { $0["cause"] as? String }
            #expect(causes == ["authentication-failure"])
            let security = try #require(stream["security"] as? [String: Any])
            #expect(security["authenticated"] as? Int == 0)
            #expect((security["failed"] as? Int ?? 0) > 100)
        }
    }

    @Test("no key of the capture appears in any output")
    func keysStayInside() throws {
        let scratch = try Scratch()
        let path = try #require(Checkout.capture(of: "09-sdes-gcm").first ?? Checkout.capture(of: "08-sdes-32-aes256-mki").first)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let keys = Set(text.components(separatedBy: "inline:").dropFirst().map { String($0.prefix { $0.isLetter || $0.isNumber || "+/=".contains($0) }) })
        #expect(keys.count >= 2)
        let run = try CommandRun(["reconstruct", path, "-o", scratch.path("a")])
        var everything = run.output + run.errors
        for file in Tree.files(scratch.path("a")) where !file.hasSuffix(".wav") { everything += try Tree.text(scratch.path("a/" + file)) }
        for key in keys { #expect(!everything.contains(key.prefix(20))) }
    }
}
