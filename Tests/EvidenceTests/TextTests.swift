import Evidence
import TestSupport
import Testing

@Suite struct TextTests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]) func base64AgreesWithRFC4648(plain: String, coded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == coded)
        #expect(Base64.decode(coded) == Array(plain.utf8))
    }

    @Test func base64ReadsMissingPaddingAndTheURLAlphabet() {
        #expect(Base64.decode("Zm8") == Array("fo".utf8))
        #expect(Base64.decode("-_-_") == [0xFB, 0xFF, 0xBF])
        #expect(Base64.decode("+/+/") == [0xFB, 0xFF, 0xBF])
    }

    @Test(arguments: ["Z", "Zm9vY", "Zm 9v", "Zm9\n", "Zg==Zg==", "Zm9*", "Zé=="]) func base64RefusesWhatNoEncoderWrites(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: 0..<70) func base64AndHexRoundTrip(length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        let octets = random.bytes(length)
        #expect(Base64.decode(Base64.encode(octets)) == octets)
        #expect(Base64.encode(octets).utf8.count == (length + 2) / 3 * 4)
        #expect(Hex.decode(Hex.encode(octets)) == octets)
    }

    @Test func hexReadsBothCasesAndWritesLower() {
        #expect(Hex.encode([0x00, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode("00aBFf") == [0x00, 0xAB, 0xFF])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "abc", "0x00", "zz", "00 ", "é0"]) func hexRefusesOddAndForeign(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test(arguments: [
        ("plain text, Ünïcode 日本", "plain text, Ünïcode 日本"), ("red\u{1B}[31m", "red\u{FFFD}[31m"), ("a\r\nb", "a\u{FFFD}\u{FFFD}b"),
        ("\u{202E}gpj.exe", "\u{FFFD}gpj.exe"), ("a\u{9B}b", "a\u{FFFD}b"), ("nul\0", "nul\u{FFFD}"), ("x\u{2066}y\u{2069}", "x\u{FFFD}y\u{FFFD}"),
        ("\u{061C}arabic mark", "\u{FFFD}arabic mark"),
    ]) func printableTextCanNotSteerATerminal(raw: String, safe: String) {
        #expect(raw.printable == safe)
    }

    @Test(arguments: [
        ("plain\ttext\r\nÜnïcode 日本\n", "plain\ttext\r\nÜnïcode 日本\n"), ("red\u{1B}[31m\u{7F}", "red␛[31m␡"), ("a\rb\r\n\r", "a␍b\r\n␍"),
        ("\u{202E}gpj\u{9B}x\u{FEFF}", "⟨U+202E⟩gpj⟨U+9B⟩x⟨U+FEFF⟩"), ("flag \u{1F3F4}\u{E0067}", "flag \u{1F3F4}⟨U+E0067⟩"),
    ]) func textFilesSpellOutWhatSteers(raw: String, safe: String) {
        #expect(DisplayText.spelledOut(Array(raw.utf8)) == Array(safe.utf8))
    }

    @Test func octetsThatAreNoUTF8StayAsTheyAre() {
        for octets: [UInt8] in [
            [0xE9, 0x20], [0x41, 0xC2], [0xE2, 0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x28, 0xAE], [0x9B],
        ] {
            #expect(DisplayText.spelledOut(octets) == octets)
        }
        #expect(DisplayText.spelledOut([0xE9, 0x1B, 0xE2, 0x80, 0xAE]) == [0xE9] + Array("␛⟨U+202E⟩".utf8))
    }

    @Test func longTextIsShortenedAndTellsByHowMuch() {
        #expect("abcdef".shortened(to: 6) == "abcdef" && "äöü".shortened(to: 3) == "äöü" && "".shortened(to: 0) == "")
        #expect("abcdef".shortened(to: 4) == "abcd… (2 more)" && "äöüß".shortened(to: 3) == "äöü… (1 more)")
    }

    @Test func asciiHelpersLeaveOtherOctetsAlone() {
        for octet in UInt8.min...UInt8.max {
            let isUpper = (0x41...0x5A).contains(octet)
            #expect(octet.asciiLowercased == (isUpper ? octet + 0x20 : octet))
            #expect(octet.isASCIIDigit == (0x30...0x39).contains(octet))
            #expect(octet.isBlank == (octet == 0x20 || octet == 0x09))
        }
    }

    @Test(
        "text is found in any case, at any place, in native and in sliced strings",
        arguments: [
            ("RTP/SAVP", true), ("savp", true), ("x-SaVpF", true), ("AVP", false), ("sav", false), ("", false), ("é savp", true), ("ſavp", false),
        ])
    func containsIgnoringCase(_ text: String, _ isThere: Bool) {
        #expect(text.containsIgnoringCase("savp") == isThere)
        #expect(("[" + text + "]").dropFirst().dropLast().containsIgnoringCase("savp") == isThere)
    }
}
