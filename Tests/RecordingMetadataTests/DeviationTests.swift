import Evidence
import RecordingMetadata
import Testing

/// What senders do to a document that is right otherwise: each row must leave names, labels and senders as they are.
struct DeviationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        /// From the plain text to what is sent.
        let change: @Sendable (String) -> [UInt8]
        /// Rules that have to speak; no other may at level warning or error.
        var rules: [String] = []
        var testDescription: String { name }

        init(_ name: String, rules: [String] = [], _ change: @escaping @Sendable (String) -> String) {
            self.name = name
            self.rules = rules
            self.change = { Array(change($0).utf8) }
        }

        init(octets name: String, rules: [String] = [], _ change: @escaping @Sendable (String) -> [UInt8]) {
            self.name = name
            self.rules = rules
            self.change = change
        }
    }

    private static let (s, pa, pb) = ("hVpd7YQgRW2nD22h7q60JQ==", "srfBElmCRp2QB23b7Mpk0w==", "zSfPoSvdSDCmU3A3TRDxAw==")
    private static let (ta, tb) = ("UAAMm5GRQKSCMVvLyl4rFw==", "i1Pz3to5hGk8fuXl+PbwCw==")

    private static let plain = """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>complete</datamode>
        <session session_id="\(s)"><start-time>2026-01-02T03:04:05Z</start-time></session>
        <participant participant_id="\(pa)"><nameID aor="sip:a@x.test"><name>J\u{FC}rgen</name></nameID></participant>
        <participant participant_id="\(pb)"><nameID aor="sip:b@x.test"><name>B</name></nameID></participant>
        <stream stream_id="\(ta)" session_id="\(s)"><label>1</label></stream>
        <stream stream_id="\(tb)" session_id="\(s)"><label>2</label></stream>
        <sessionrecordingassoc session_id="\(s)"/>
        <participantsessionassoc participant_id="\(pa)" session_id="\(s)"><associate-time>2026-01-02T03:04:06Z</associate-time></participantsessionassoc>
        <participantsessionassoc participant_id="\(pb)" session_id="\(s)"><associate-time>2026-01-02T03:04:06Z</associate-time></participantsessionassoc>
        <participantstreamassoc participant_id="\(pa)"><send>\(ta)</send><recv>\(tb)</recv></participantstreamassoc>
        <participantstreamassoc participant_id="\(pb)"><send>\(tb)</send><recv>\(ta)</recv></participantstreamassoc>
        </recording>
        """

    private static func unpadded(_ id: String) -> String { String(id.dropLast(2)) }

    /// Replaces every use of the participant's identifier.
    private static func renamed(_ name: String, _ id: String, rules: [String] = ["MET006"]) -> Row {
        Row("identifier: \(name)", rules: rules) { $0.replacing(pa, with: id) }
    }

    static let rows: [Row] = [
        Row("as it should be") { $0 },
        Row("bare line feeds made carriage returns") { $0.replacing("\n", with: "\r\n") },
        Row("blank lines before the declaration") { "\r\n\r\n" + $0 },
        Row("no declaration", rules: ["MET030"]) { String($0.drop { $0 != "\n" }) },
        Row("single quotes") { $0.replacing("\"", with: "'") },
        Row("blanks after the end") { $0 + "\r\n  " },
        Row("character data sections") { $0.replacing("<name>B</name>", with: "<name><![CDATA[B]]></name>") },
        Row(octets: "byte order mark") { [0xEF, 0xBB, 0xBF] + Array($0.utf8) },
        Row(octets: "UTF-16, little end first") { text in
            [0xFF, 0xFE] + text.replacing("UTF-8", with: "UTF-16").utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        },
        Row(octets: "UTF-16, big end first, no mark") { $0.replacing("UTF-8", with: "UTF-16").utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } },
        Row(octets: "Latin-1, named on a line of its own") {
            $0.replacing(" encoding=\"UTF-8\"", with: "\nencoding=\"ISO-8859-1\"").unicodeScalars.map { UInt8($0.value) }
        },
        Row(octets: "Latin-1") { $0.replacing("UTF-8", with: "ISO-8859-1").unicodeScalars.map { UInt8($0.value) } },
        Row("prefixed root") { text in
            text.replacing("xmlns=", with: "xmlns:r=").replacing("<", with: "<r:").replacing("<r:/", with: "</r:").replacing("<r:?", with: "<?")
        },
        Row("namespace of the drafts", rules: ["MET002"]) { $0.replacing("recording:1", with: "recording") },
        Row("a later version's namespace", rules: ["MET002"]) { $0.replacing("recording:1", with: "recording:2") },
        Row("another namespace altogether", rules: ["MET002"]) { $0.replacing("urn:ietf:params:xml:ns:recording:1", with: "http://vendor.test/siprec") },
        Row("no namespace", rules: ["MET002"]) { $0.replacing(" xmlns=\"urn:ietf:params:xml:ns:recording:1\"", with: "") },
        Row("a wrapper around the root", rules: ["MET003"]) {
            $0.replacing("<recording ", with: "<wrap><recording ").replacing("</recording>", with: "</recording></wrap>")
        },
        Row("dataMode", rules: ["MET047"]) { $0.replacing("datamode", with: "dataMode") },
        Row("COMPLETE", rules: ["MET047"]) { $0.replacing(">complete<", with: ">COMPLETE<") },
        Row("no data mode") { $0.replacing("<datamode>complete</datamode>", with: "") },
        Row("root recording_metadata", rules: ["MET003"]) {
            $0.replacing("<recording xmlns", with: "<recording_metadata xmlns").replacing("</recording>", with: "</recording_metadata>")
        },
        Row("root recording-metadata", rules: ["MET003"]) {
            $0.replacing("<recording xmlns", with: "<recording-metadata xmlns").replacing("</recording>", with: "</recording-metadata>")
        },
        Row("send with nested id") { $0.replacing("<send>\(ta)</send>", with: "<send><id>\(ta)</id></send>") },
        Row("send inside the participant", rules: ["MET039"]) {
            $0.replacing("<name>B</name></nameID>", with: "<name>B</name></nameID><send>\(tb)</send>")
                .replacing("<send>\(tb)</send><recv>\(ta)</recv>", with: "<recv>\(ta)</recv>")
        },
        Row("extension in the default namespace", rules: ["MET039"]) {
            $0.replacing("</session>", with: "<extensiondata><x>1</x></extensiondata></session>")
        },
        Row("stray ampersand in an extension", rules: ["MET001", "MET039"]) { $0.replacing("</session>", with: "<note>A & B</note></session>") },
        Row("stray angle in an extension", rules: ["MET001", "MET039"]) { $0.replacing("</session>", with: "<note>A < B</note></session>") },
        Row("attributes without quotes", rules: ["MET001"]) { $0.replacing("\"sip:b@x.test\"", with: "sip:b@x.test") },
        Row("closing tag missing at the very end", rules: ["MET001"]) { $0.replacing("</recording>", with: "") },
        Row("blanks inside an identifier of a reference") { $0.replacing("<send>\(ta)", with: "<send>\n  \(ta.prefix(10))\r\n \(ta.dropFirst(10))") },
        Row("base64 without padding in a reference") { $0.replacing("<send>\(ta)", with: "<send>\(unpadded(ta))") },
        Row("base64 of URLs in a reference") { $0.replacing("<send>\(tb)", with: "<send>\(tb.replacing("+", with: "-"))") },
        renamed("urn:uuid", "urn:uuid:b2b7c112-5982-469d-9007-6ddbecca64d3"), renamed("dashed", "b2b7c112-5982-469d-9007-6ddbecca64d3"),
        renamed("hexadecimal", "0123456789abcdef0123"), renamed("telephone number", "+14155550100"), renamed("address", "sip:a@x.test"),
        renamed("time", "20260102030405"),
        Row("stream without its session") { $0.replacing(" session_id=\"\(s)\"><label>", with: "><label>") },
        Row("the same participant associated twice") {
            $0.replacing("<send>\(ta)</send><recv>", with: "<send>\(ta)</send></participantstreamassoc><participantstreamassoc participant_id=\"\(pa)\"><recv>")
        },
        Row("elements of one participant after another", rules: ["MET010"]) { text in
            let streams = text.split(separator: "\n").filter { $0.hasPrefix("<stream ") }.joined()
            return text.split(separator: "\n").filter { !$0.hasPrefix("<stream ") }.joined(separator: "\n")
                .replacing("</recording>", with: "\(streams)</recording>")
        },
    ]

    @Test(arguments: rows) func aDeviationCostsNothing(_ row: Row) {
        let document = RecordingDocument(parsing: row.change(Self.plain), limits: Limits())
        var timeline = MetadataTimeline()
        timeline.apply(document, at: DialectTests.arrival, isAccepted: true)
        #expect(timeline.participants.map { $0.names.map(\.value) } == [["J\u{FC}rgen"], ["B"]])
        #expect(timeline.participants.map(\.aors) == [["sip:a@x.test"], ["sip:b@x.test"]])
        #expect(timeline.streams.map { $0.labels.map(\.label) } == [["1"], ["2"]])
        #expect(timeline.participants.map { $0.sends.map { timeline.streams.map(\.id).firstIndex(of: $0.streamID) } } == [[0], [1]])
        #expect(timeline.participants.map { $0.receives.map { timeline.streams.map(\.id).firstIndex(of: $0.streamID) } } == [[1], [0]])
        #expect(timeline.participants.allSatisfy { $0.sessions.count == 1 })
        let intervals = timeline.participants.flatMap { $0.intervals + $0.sessions.map(\.interval) + ($0.sends + $0.receives).map(\.interval) }
        #expect((intervals + timeline.streams.flatMap(\.intervals)).allSatisfy { $0.start == DialectTests.arrival && $0.end == nil })
        #expect(timeline.sessions.first?.intervals.first?.statedStart == CaptureTime(seconds: 1_767_323_045))
        let complaints = Set((document.remarks + timeline.remarks).filter { $0.rule.severity != .info }.map(\.rule.code))
        #expect(complaints == Set(row.rules))
    }

    /// Stray signs in what people are called: repaired, told, and kept as they were meant.
    @Test(
        arguments: [("A & B", "A & B"), ("A < B", "A < B"), ("<A>", nil), ("A &amp; B & C", "A & B & C"), ("A &lt; B < C", "A < B < C")] as [(String, String?)])
    func straySignsInNames(_ written: String, _ meant: String?) {
        let document = parse(Self.plain.replacing("<name>B</name>", with: "<name>\(written)</name>"))
        #expect(document.remarks.contains { $0.rule.code == "MET001" })
        #expect(document.participants.map { $0.nameIDs.map(\.aor) } == [["sip:a@x.test"], ["sip:b@x.test"]])
        if let meant { #expect(document.participants.last?.nameIDs.map(\.name) == [meant]) }
    }

    // MARK: Times

    /// What is written, what it means for a packet of 2026-01-02T03:04:10Z, the zone assumed, and the rules that speak.
    @Test(
        arguments: [
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000000000Z", nil, []), ("2026-01-02T03:04:05.25Z", "2026-01-02T03:04:05.250000000Z", nil, []),
            ("2026-01-02T04:04:05+01:00", "2026-01-02T03:04:05.000000000Z", nil, []),
            ("2026-01-02T04:04:05+0100", "2026-01-02T03:04:05.000000000Z", nil, ["MET009"]),
            ("2026-01-02T03:04:05+0000", "2026-01-02T03:04:05.000000000Z", nil, ["MET009"]),
            ("2026-01-02T03:04:05", "2026-01-02T03:04:05.000000000Z", 0, ["MET009"]),
            ("2026-01-02T08:49:05", "2026-01-02T03:04:05.000000000Z", 345, ["MET009"]),
            ("2026-01-01T22:04:05.5", "2026-01-02T03:04:05.500000000Z", -300, ["MET009"]),
            ("2026-01-02 03:04:05", "2026-01-02T03:04:05.000000000Z", 0, ["MET009"]),
            ("2026-01-02T03:12:00", nil, nil, ["MET009", "MET020"]), ("2025-12-24T03:04:05", nil, nil, ["MET009", "MET020"]),
            ("1970-01-01T00:00:07Z", "1970-01-01T00:00:07.000000000Z", nil, ["MET020"]),
            ("1970-01-01T00:00:07", nil, nil, ["MET009", "MET020"]), ("yesterday", nil, nil, ["MET009"]), ("2026-13-02T03:04:05Z", nil, nil, ["MET009"]),
        ] as [(String, String?, Int?, [String])])
    func statedTimesFollowThePolicy(_ text: String, _ moment: String?, _ zone: Int?, _ rules: [String]) throws {
        let document = parse(
            Self.plain.replacing("<associate-time>2026-01-02T03:04:06Z</associate-time>", with: "").replacing("2026-01-02T03:04:05Z", with: text))
        var timeline = MetadataTimeline()
        timeline.apply(document, at: DialectTests.arrival, isAccepted: true)
        let interval = try #require(timeline.sessions.first?.intervals.first)
        #expect(interval.start == DialectTests.arrival)
        #expect(interval.begin?.text == text)
        #expect(interval.statedStart?.rfc3339 == moment)
        #expect(timeline.documents.first?.assumedZoneMinutes == zone)
        #expect((document.remarks + timeline.remarks).map(\.rule.code).filter { $0 == "MET009" || $0 == "MET020" } == rules)
        // A clock that was never set says nothing of the difference of clocks.
        if moment?.hasPrefix("1970") == true { #expect(timeline.clockOffset == nil) }
    }

    // MARK: Participants

    /// Address, name element, and what remains of it.
    @Test(
        arguments: [
            ("sip:a@x.test", "<name>A</name>", "A", nil), ("a@x.test", "<name> </name>", nil, "MET016"), ("+14155550100", "", nil, "MET016"),
            ("sip:@x.test", "<name/>", nil, "MET016"), ("", "<name>A</name>", "A", "MET016"), ("tel:+1555", "<name xml:lang='en'>\n A \n</name>", "A", nil),
            ("sip:anonymous@anonymous.invalid", "", nil, "MET016"),
        ] as [(String, String, String?, String?)])
    func namesAndAddressesAreKeptAsWritten(_ aor: String, _ element: String, _ name: String?, _ rule: String?) {
        let document = parse(Fixture.recording("<participant participant_id='P'><nameID aor='\(aor)'>\(element)</nameID></participant>"))
        #expect(document.participants.map { $0.nameIDs.map(\.aor) } == [[aor]])
        #expect(document.participants.first?.nameIDs.first?.name == name)
        #expect(document.has(.met016) == (rule != nil))
        #expect(DialectTests.timeline(Fixture.recording("<participant participant_id=''><nameID aor='\(aor)'/></participant>")).participants.isEmpty)
    }
}
