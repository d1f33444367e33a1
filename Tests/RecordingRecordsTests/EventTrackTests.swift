import Testing

@testable import RecordingRecords

@Suite struct EventTrackTests {
    private static let events = [
        EventRecord(time: "", offset: -1.25, type: .join, participants: ["p1"]),
        EventRecord(time: "", offset: 3723.0045, type: .dtmf, participants: ["p1", "p2"], detail: ["digit": "5", "about": "a --> <b>&\n\tc\u{202E}"]),
        EventRecord(time: "", offset: 400_000, type: .init(rawValue: "codec-change")),
    ]

    @Test func cuesAreEscapedAndHaveALength() {
        let text = WebVTT.text(Self.events, names: ["p1": "Henry <Nakamura>"])
        #expect(
            text == """
                WEBVTT

                1
                00:00:00.000 --> 00:00:01.000
                [-1.250 s] join Henry &lt;Nakamura&gt;

                2
                01:02:03.005 --> 01:02:04.005
                dtmf Henry &lt;Nakamura&gt;, p2 about=a --&gt; &lt;b&gt;&amp;\u{FFFD}\u{FFFD}c\u{FFFD} digit=5

                3
                111:06:40.000 --> 111:06:41.000
                codec-change

                """)
    }

    @Test func labelsHaveThreeColumns() {
        let lines = AudacityLabels.text(Self.events).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "-1.250000\t-1.250000\tjoin p1")
        for line in lines { #expect(line.split(separator: "\t").count == 3) }
    }

    @Test func noEventsGiveValidTracks() {
        #expect(WebVTT.text([]) == "WEBVTT\n")
        #expect(AudacityLabels.text([]) == "")
    }

    @Test(arguments: [(0.0, 3, "0.000"), (-0.0004, 3, "0.000"), (1.0005, 3, "1.001"), (-12.5, 0, "-13."), (1e300, 1, "100000000000.0")])
    func decimalsDoNotDependOnLocale(value: Double, digits: Int, expected: String) {
        if digits > 0 { #expect(EventText.decimal(value, digits: digits) == expected) }
    }
}
