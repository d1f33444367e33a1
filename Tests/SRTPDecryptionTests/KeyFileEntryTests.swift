import Evidence
import SRTPDecryption
import Testing

struct KeyFileEntryTests {
    private let key = [UInt8](0..<30)

    private func entry(_ text: String, suite: String? = "AES_CM_128_HMAC_SHA1_80", _ change: (inout KeyFileFields) -> Void = { _ in }) -> (
        KeyFileEntry?, [String]
    ) {
        var fields = KeyFileFields(line: 7)
        fields.key = text
        fields.suite = suite
        change(&fields)
        var problems: [KeyFileProblem] = []
        let entry = KeyFileEntry(fields, file: "k", problems: &problems)
        #expect(problems.allSatisfy { $0.line == 7 && $0.file == "k" })
        return (entry, problems.map(\.message))
    }

    @Test func readsEveryWayToWriteAKey() throws {
        let base64 = Base64.encode(key)
        let wanted = try #require(SRTPMasterKey(suite: .AES_CM_128_HMAC_SHA1_80, keyAndSalt: key))
        let hex = Hex.encode(key)
        let spaced = String(base64.prefix(10)) + " \n" + base64.dropFirst(10)
        for text in [base64, "inline:" + base64, "hex:" + hex, hex, "0x" + hex, spaced, "hex:" + hex.uppercased()] {
            let (entry, problems) = entry(text)
            #expect(entry?.keys == [wanted] && problems.isEmpty, "\(text.count) characters")
        }
        #expect(entry(hex).0?.note != nil)
        #expect(entry(spaced).0?.note != nil)
    }

    @Test(arguments: [
        ("AEAD_AES_128_GCM", 30, "14 bytes"), ("AES_CM_128_HMAC_SHA1_80", 28, "12 bytes"), ("AES_CM_128_HMAC_SHA1_80", 16, "salt is missing"),
        ("AES_CM_128_HMAC_SHA1_80", 46, "AES_256_CM"), ("AES_256_CM_HMAC_SHA1_80", 29, "no suite"),
    ])
    func saysWhatIsWrongWithTheLength(_ suite: String, _ count: Int, _ words: String) {
        let (entry, problems) = entry(Base64.encode([UInt8](repeating: 0x5A, count: count)), suite: suite)
        #expect(entry == nil)
        #expect(problems.count == 1 && problems[0].contains(words))
        #expect(!problems[0].contains("Wlpa"))
    }

    @Test func withoutASuiteEveryOneOfTheLengthIsTried() {
        #expect(entry(Base64.encode(key), suite: nil).0?.keys.map(\.suite) == [.AES_CM_128_HMAC_SHA1_80, .AES_CM_128_HMAC_SHA1_32])
        #expect(entry(Base64.encode([1, 2, 3]), suite: nil).0 == nil)
    }

    @Test func selectorsMustAllAgree() throws {
        let path = NetworkPath(
            source: Endpoint(try #require(IPAddress("192.0.2.1")), 30000), destination: Endpoint(try #require(IPAddress("2001:db8::2")), 40000))
        let (made, problems) = entry(Base64.encode(key)) {
            $0.ssrc = "0x1234abcd"
            $0.source = "192.0.2.1:30000"
            $0.destination = "[2001:db8::2]:40000"
            $0.label = "1"
            $0.callID = "a@b"
            $0.roc = "3"
            $0.mki = "0001"
        }
        #expect(problems.isEmpty)
        let entry = try #require(made)
        #expect(entry.roc == 3 && entry.keys.first?.mki == [0, 1] && entry.hasSelectors)
        #expect(entry.selects(path: path, ssrc: SSRC(0x1234_ABCD), callIDs: ["a@b"], labels: ["1"]))
        #expect(!entry.selects(path: path, ssrc: SSRC(1), callIDs: ["a@b"], labels: ["1"]))
        #expect(!entry.selects(path: path, ssrc: SSRC(0x1234_ABCD), callIDs: ["x"], labels: ["1"]))
        #expect(!entry.selects(path: path, ssrc: SSRC(0x1234_ABCD), callIDs: ["a@b"], labels: []))
        // A flow that nothing signals has neither Call-ID nor label; the packets' own selectors still hold.
        #expect(entry.fits(path: path, ssrc: SSRC(0x1234_ABCD)))
        #expect(!entry.fits(path: path, ssrc: SSRC(1)))
        #expect(!entry.fits(path: path.reversed, ssrc: SSRC(0x1234_ABCD)))
    }

    @Test func readsPlainLines() {
        let text = Base64.encode(key)
        var problems: [KeyFileProblem] = []
        let fields = KeyFileLines.fields(
            "# mine\na=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:\(text)|2^20|1:4;inline:\(text)|2:4 UNENCRYPTED_SRTCP\r\n\ninline:\(text)\nrubbish", file: "k",
            problems: &problems)
        #expect(fields.map(\.key) == [text, text, text])
        #expect(fields.map(\.mki) == ["00000001", "00000002", nil])
        #expect(fields.map(\.suite) == ["AES_CM_128_HMAC_SHA1_32", "AES_CM_128_HMAC_SHA1_32", nil])
        #expect(problems.map(\.line) == [5])
    }

    @Test func aTLSKeyLogIsNamed() {
        var problems: [KeyFileProblem] = []
        #expect(KeyFileLines.fields("CLIENT_RANDOM 00 11\nCLIENT_RANDOM 22 33", file: "k", problems: &problems).isEmpty)
        #expect(problems.count == 1 && problems[0].message.contains("--tls-keylog"))
    }
}
