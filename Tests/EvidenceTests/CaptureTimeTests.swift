import Evidence
import TestSupport
import Testing

@Suite struct CaptureTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000000Z"),
        (1, "1970-01-01T00:00:00.000000001Z"),
        (-1, "1969-12-31T23:59:59.999999999Z"),
        (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
        (951_868_800_000_000_000, "2000-03-01T00:00:00.000000000Z"),
        (1_709_164_799_999_999_999, "2024-02-28T23:59:59.999999999Z"),
        (1_709_164_800_000_000_000, "2024-02-29T00:00:00.000000000Z"),
        (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
        (1_795_381_891_310_816_000, "2026-11-22T21:11:31.310816000Z"),
        (Int64.max, "2262-04-11T23:47:16.854775807Z"),
        (Int64.min, "1677-09-21T00:12:43.145224192Z"),
    ]) func writesRFC3339InUTC(nanoseconds: Int64, text: String) {
        #expect(CaptureTime(nanoseconds: nanoseconds).rfc3339 == text)
    }

    @Test func writesAFolderName() {
        #expect(CaptureTime(nanoseconds: 1_795_381_891_310_816_000).compact == "20261122T211131Z")
    }

    /// Seconds since the epoch, fraction in nanoseconds, whether the text names its zone.
    @Test(arguments: [
        ("2026-11-22T21:11:31Z", 1_795_381_891, 0, true),
        ("2026-11-22t21:11:31z", 1_795_381_891, 0, true),
        ("2026-11-22 21:11:31Z", 1_795_381_891, 0, true),
        ("  2026-11-22T21:11:31Z\r\n", 1_795_381_891, 0, true),
        ("2026-11-22T21:11:31", 1_795_381_891, 0, false),
        ("2026-11-22T21:11:31.5Z", 1_795_381_891, 500_000_000, true),
        ("2026-11-22T21:11:31,25", 1_795_381_891, 250_000_000, false),
        ("2026-11-22T21:11:31.1234567894321Z", 1_795_381_891, 123_456_789, true),
        ("2026-11-22T23:11:31+02:00", 1_795_381_891, 0, true),
        ("2026-11-22T23:11:31+0200", 1_795_381_891, 0, true),
        ("2026-11-22T23:11:31+02", 1_795_381_891, 0, true),
        ("2026-11-22T23:11:31 +0200", 1_795_381_891, 0, true),
        ("2026-11-22T15:41:31-05:30", 1_795_381_891, 0, true),
        ("2026-11-22T21:11:31 GMT", 1_795_381_891, 0, true),
        ("2024-02-29T00:00:00Z", 1_709_164_800, 0, true),
        ("2000-02-29T12:00:00Z", 951_825_600, 0, true),
        ("2016-12-31T23:59:60Z", 1_483_228_800, 0, true),
        ("2026-12-31T24:00:00Z", 1_798_761_600, 0, true),
        ("1969-12-31T23:59:59.5Z", -1, 500_000_000, true),
    ]) func readsDateTimesAsFoundInTheField(text: String, seconds: Int64, nanoseconds: Int64, hasZone: Bool) {
        let parsed = CaptureTime.parse(text)
        #expect(parsed?.time.nanoseconds == seconds * 1_000_000_000 + nanoseconds)
        #expect(parsed?.hasZone == hasZone)
    }

    @Test(arguments: [
        "", "2026", "2026-11-22", "2026-11-22T21:11", "2026-11-22T21:11:3", "2026-11-31T00:00:00Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
        "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-11-22T24:00:01Z", "2026-11-22T21:60:00Z", "2026-11-22T21:11:61Z",
        "1899-01-01T00:00:00Z", "2201-01-01T00:00:00Z", "22/11/2026 21:11:31", "2026-11-22T21:11:31+24:00", "2026-11-22T21:11:31+02:60",
        "2026-11-22T21:11:31+0x", "2026-11-22T21:11:31 CEST", "2026-11-22T21:11:31Zulu", "+026-11-22T21:11:31Z", "２026-11-22T21:11:31Z",
    ]) func doesNotInventAMoment(text: String) {
        #expect(CaptureTime.parse(text) == nil)
    }

    @Test func everyWrittenMomentReadsBack() {
        var random = SeededRandom(seed: 3339)
        for _ in 0..<2000 {
            let time = CaptureTime(nanoseconds: Int64.random(in: -2_208_988_800_000_000_000...7_258_118_399_999_999_999, using: &random))
            let parsed = CaptureTime.parse(time.rfc3339)
            #expect(parsed?.time == time && parsed?.hasZone == true, "seed \(random.seed)")
        }
    }

    @Test func randomTextNeverTraps() {
        var random = SeededRandom(seed: 7865)
        let alphabet = Array("0123456789-:TtZz+., GMT\u{0}é".utf8)
        for _ in 0..<5000 {
            let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
            _ = CaptureTime.parse(String(decoding: octets, as: UTF8.self))
        }
    }

    @Test func arithmeticStopsAtTheEndsOfTheClock() {
        let time = CaptureTime(seconds: 100.25)
        #expect(time.nanoseconds == 100_250_000_000)
        #expect(time.advanced(bySeconds: -0.25) == CaptureTime(seconds: 100))
        #expect(time.seconds(since: CaptureTime(seconds: 101.25)) == -1)
        #expect(CaptureTime.distantFuture.advanced(bySeconds: 1) == .distantFuture)
        #expect(CaptureTime.distantPast.advanced(bySeconds: -1) == .distantPast)
        #expect(time.advanced(bySeconds: .infinity) == .distantFuture)
        #expect(CaptureTime(seconds: -1).advanced(bySeconds: -1e300) == .distantPast)
        #expect(CaptureTime(seconds: 1e300) == .distantFuture)
        #expect(CaptureTime(seconds: .nan).nanoseconds == 0)
        #expect(CaptureTime.distantFuture.seconds(since: .distantPast) > 1.8e10)
    }

    @Test(arguments: [(7, 2, 3, 1), (-7, 2, -4, 1), (-8, 2, -4, 0), (0, 5, 0, 0), (Int64.min, 10, -922_337_203_685_477_581, 2)])
    func divisionRoundsDown(value: Int64, divisor: Int64, quotient: Int64, remainder: Int64) {
        let result = value.floorDivided(by: divisor)
        #expect(result.quotient == quotient)
        #expect(result.remainder == remainder)
    }
}
