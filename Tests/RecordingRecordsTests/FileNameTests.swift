import TestSupport
import Testing

@testable import RecordingRecords

@Suite struct FileNameTests {
    @Test(arguments: [
        ("Henry Nakamura", "henry-nakamura"), ("Zoë Ångström", "zoe-angstrom"), ("Zoe\u{308} A\u{30A}", "zoe-a"), ("STRASSE straße", "strasse-strasse"),
        ("Łukasz Øvergård", "lukasz-overgard"), ("../../etc/passwd", "etc-passwd"), ("..", "participant"), (".hidden", "hidden"), ("", "participant"),
        ("a\0b", "a-b"), ("CON", "name-con"), ("lpt1", "name-lpt1"), ("com10", "com10"), ("aux.txt", "aux-txt"), ("\u{202E}gnp.exe", "gnp-exe"),
        ("👩‍👩‍👧 Ann", "ann"), ("👍", "participant"), ("山田太郎", "participant"), ("山田太郎 a", "participant"), ("Ann (山田)", "ann"), ("-- --", "participant"),
        ("sip:bob@example.com;user=phone", "sip-bob-example-com-user-phone"), ("192.0.2.1:30000-0x1234abcd", "192-0-2-1-30000-0x1234abcd"),
        ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"), ("line\r\nbreak", "line-break"), ("K\u{212A}", "k"),
    ])
    func namesAreSafeAnywhere(text: String, expected: String) {
        #expect(FileName.sanitised(text) == expected)
    }

    @Test func fallbackIsSanitisedToo() {
        #expect(FileName.sanitised("👍", fallback: "Participant 2") == "participant-2")
        #expect(FileName.sanitised("👍", fallback: "../") == "unnamed")
    }

    @Test func lengthIsBounded() {
        #expect(FileName.sanitised(String(repeating: "a", count: 100_000)).count == 60)
        #expect(FileName.sanitised(String(repeating: "a", count: 59) + " b") == String(repeating: "a", count: 59))
        let long = String(repeating: "x", count: 80)
        let second = FileName.unique("audio/", long, ".wav", taken: [FileName.unique("audio/", long, ".wav", taken: [])])
        #expect(second == "audio/" + String(repeating: "x", count: 58) + "-2.wav")
    }

    @Test func collisionsGetANumber() {
        var taken: [String] = []
        for _ in 0..<3 { taken.append(FileName.unique("audio/", "Ann Lee", ".wav", taken: taken)) }
        taken.append(FileName.unique("audio/", "ánn-lee", ".wav", taken: taken))
        #expect(taken == ["audio/ann-lee.wav", "audio/ann-lee-2.wav", "audio/ann-lee-3.wav", "audio/ann-lee-4.wav"])
    }

    @Test func randomTextNeverBreaksOut() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            let name = FileName.sanitised(String(decoding: random.bytes(Int.random(in: 0...90, using: &random)), as: UTF8.self))
            let isPlain = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            #expect(isPlain && !name.isEmpty && name.count <= 65 && !name.hasPrefix("-") && !name.hasSuffix("-"), "seed \(random.seed): \(name)")
        }
    }
}
