import Evidence
import RecordingFiles
import SRTPDecryption
import TestSupport
import Testing

struct KeyFileTests {
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd"

    @Test(arguments: [
        "keys:\n  - suite: AES_CM_128_HMAC_SHA1_80\n    key: \"\(key)\"\n    ssrc: \"0x01\"\n    roc: 2\n    mki: null\n",
        "- suite: AES_CM_128_HMAC_SHA1_80\n  key: \(key)\n  ssrc: 1\n  roc: 2\n",
        "{\"keys\": [{\"suite\": \"AES_CM_128_HMAC_SHA1_80\",\n\t\"key\": \"\(key)\", \"ssrc\": \"0x00000001\", \"roc\": 2}]}",
    ])
    func readsYAMLAndJSON(_ text: String) throws {
        let contents = KeyFile.parse(text, file: "k")
        #expect(contents.problems.isEmpty)
        let entry = try #require(contents.entries.first)
        #expect(contents.entries.count == 1)
        #expect(entry.keys.map(\.suite) == [.AES_CM_128_HMAC_SHA1_80])
        #expect(entry.roc == 2 && entry.ssrc?.value == 1 && entry.keys.first?.mki == nil)
    }

    @Test func readsPlainLines() { #expect(KeyFile.parse("inline:\(Self.key)\n", file: "k").entries.count == 1) }

    @Test func mistakesNameTheirLineAndNeverTheKey() {
        let contents = KeyFile.parse("keys:\n  - suite: AES_CM_128_HMAC_SHA1_80\n    key: \(Self.key)\n  - suite: NONSENSE\n    key: \(Self.key)\n", file: "k")
        #expect(contents.entries.count == 1)
        #expect(contents.problems.map(\.line) == [4])
        let broken = KeyFile.parse("keys:\n  - key: \"\(Self.key)\n", file: "k")
        #expect(broken.entries.isEmpty && broken.problems.count == 1)
        for problem in contents.problems + broken.problems { #expect(!problem.message.contains("AAECAw")) }
    }

    @Test func randomTextIsSurvived() {
        var random = SeededRandom(seed: 20_261_123)
        let letters = Array("keys: -[]{}\"'\n\t|>&*!%@`#,?inline:=AB01".unicodeScalars)
        for _ in 0..<2000 {
            var text = ""
            for octet in random.bytes(60) { text.unicodeScalars.append(letters[Int(octet) % letters.count]) }
            _ = KeyFile.parse(text, file: "k")
        }
    }
}
