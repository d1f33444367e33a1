import Synchronization
import TestSupport
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingFiles

private final class Tally: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.add(1, ordering: .relaxed).newValue }
}

@Suite struct InputDigestTests {
    @Test("an input is hashed once, whoever asks") func once() async throws {
        let digest = InputDigest()
        let tally = Tally()
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    try digest.value { () throws(InputFault) in
                        // While this goes on nobody is told anything, and nobody who does not want to waits.
                        #expect(digest.known == nil)
                        return "hash \(tally.next())"
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == ["hash 1"])
        #expect(digest.known == "hash 1" && digest.isKnown)
        digest.set("another")
        #expect(digest.known == "hash 1", "the first stays")
    }

    @Test("what can not be hashed is not tried again and again") func fault() throws {
        let digest = InputDigest()
        #expect(throws: InputFault.self) { try digest.value { () throws(InputFault) in throw InputFault(name: "a", reason: "is gone") } }
        #expect(throws: InputFault(name: "a", reason: "is gone")) { try digest.value { "found later" } }
        #expect(digest.known == nil)
    }

    @Test("a thread of its own hashes what the reader does not") func thread() throws {
        let folder = try TemporaryFolder()
        let octets = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try StagedFile.write(octets, path: folder["x"])
        let input = InputFile(path: folder["x"], status: try FileStatus(path: folder["x"]), isExplicit: true, isHashed: false)
        #expect(input.knownSHA256 == nil)
        HashingThread.start([input])
        let expected = SHA256.of(octets)
        #expect(try input.sha256() == expected)
        #expect(input.knownSHA256 == expected)
    }
}
