import Evidence
import RecordingMetadata
import Testing

/// One document of each product, made from what is known of its habits, with values of our own: names, identifiers, labels, intervals.
struct DialectTests {
    struct Expected: Sendable {
        /// `id aor name` of each participant.
        var people: [String]
        /// `id label` of each stream.
        var streams: [String]
        /// `participant>stream` for each send at the time of the document.
        var sends: [String]
        var session: String
        /// `participant source: name uri`.
        var identities: [String] = []
        /// `owner name=value` of some extension values.
        var extensions: [String] = []
        var statedStart: String?
        /// Whether the document ties its participants to the session.
        var isInSession = true
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        let product: String
        let text: String
        var hints: [String: String] = [:]
        let expected: Expected
        var testDescription: String { product }

        var senderHints: SenderHints {
            var out = SenderHints()
            out.userAgent = hints["userAgent"] ?? ""
            out.boundary = hints["boundary"] ?? ""
            out.contact = hints["contact"] ?? ""
            out.origin = hints["origin"] ?? ""
            out.callID = hints["callID"] ?? ""
            out.organization = hints["organization"] ?? ""
            out.headers = (hints["headers"] ?? "").split(separator: " ").map(String.init)
            return out
        }
    }

    /// 2026-01-02T03:04:10Z.
    static let arrival = CaptureTime(seconds: 1_767_323_050)

    static func timeline(_ text: String) -> MetadataTimeline {
        var timeline = MetadataTimeline()
        timeline.apply(parse(text), at: arrival, isAccepted: true)
        return timeline
    }

    @Test(arguments: DialectSamples.all) func readsTheDialect(_ sample: Sample) {
        let document = parse(sample.text)
        #expect(document.product(hints: sample.senderHints) == sample.product)
        let timeline = Self.timeline(sample.text)
        let expected = sample.expected
        #expect(timeline.participants.map { "\($0.id) \($0.aors.joined(separator: ",")) \($0.names.last?.value ?? "-")" } == expected.people)
        #expect(timeline.streams.map { "\($0.id) \($0.labels.last?.label ?? "-")" } == expected.streams)
        let sends = timeline.participants.flatMap { person in
            person.sends.filter { $0.interval.contains(Self.arrival) && $0.interval.end == nil }.map { "\(person.id)>\($0.streamID)" }
        }
        #expect(sends == expected.sends)
        #expect(timeline.sessions.map(\.id) == [expected.session])
        #expect(timeline.sessions.first?.intervals.map(\.start) == [Self.arrival])
        let identities = timeline.participants.flatMap { person in
            person.identities.map { "\(person.id) \($0.source): \($0.name ?? "-") \($0.uri ?? "-")" }
        }
        #expect(identities == expected.identities)
        let extensions = timeline.extensions.map { "\($0.owner.kind) \($0.value.name)=\($0.value.value)" }
        for wanted in expected.extensions { #expect(extensions.contains(wanted), "\(extensions)") }
        #expect(timeline.sessions.first?.intervals.first?.statedStart?.rfc3339 == expected.statedStart)
    }

    /// The same snapshot again is no news; everything ends with the recording session, and nothing before.
    @Test(arguments: DialectSamples.all) func intervalsLastUntilTheEnd(_ sample: Sample) {
        let end = Self.arrival.advanced(bySeconds: 60)
        var timeline = Self.timeline(sample.text)
        timeline.apply(parse(sample.text), at: Self.arrival.advanced(bySeconds: 10), isAccepted: true)
        #expect(timeline.documents[1].changes.isEmpty)
        timeline.end(at: end)
        let expected = sample.expected
        func spans(_ intervals: [Interval]) -> [[CaptureTime?]] { intervals.map { [$0.start, $0.end] } }
        #expect(timeline.sessions.map { spans($0.intervals) } == [[[Self.arrival, end]]])
        #expect(timeline.streams.map { spans($0.intervals) } == expected.streams.map { _ in [[Self.arrival, end]] })
        #expect(timeline.participants.map { spans($0.intervals) } == expected.people.map { _ in [[Self.arrival, end]] })
        #expect(timeline.participants.map { $0.sessions.map(\.sessionID) } == expected.people.map { _ in expected.isInSession ? [expected.session] : [] })
        #expect(timeline.participants.allSatisfy { $0.sessions.allSatisfy { spans([$0.interval]) == [[Self.arrival, end]] } })
        #expect(timeline.participants.flatMap(\.sends).map { spans([$0.interval]) } == expected.sends.map { _ in [[Self.arrival, end]] })
        #expect(timeline.participants.flatMap(\.receives).allSatisfy { spans([$0.interval]) == [[Self.arrival, end]] })
        #expect(timeline.streams.flatMap(\.labels).allSatisfy { $0.from == Self.arrival })
    }

    @Test func everyDialectHasASample() {
        let products = Set(DialectSamples.all.map(\.product))
        #expect(
            products == [
                "Cisco CUBE", "Oracle SBC", "AudioCodes", "Ribbon SBC", "Avaya SBCE", "Metaswitch", "BroadWorks", "OpenSIPS", "FreeSWITCH", "jambonz", "SEMS",
                "NetSapiens", "Genesys", "Telnyx", "Twilio",
            ])
    }

    @Test func aDocumentWithoutHabitsHasNoDialect() { #expect(parse(Fixture.basic).product(hints: SenderHints()) == nil) }

    @Test func anAvayaDummyNeverJoinsAnything() {
        let document = parse(DialectSamples.avaya)
        #expect(document.has(.met018) && document.dummies == 1)
        #expect(!document.participantSessionAssociations.contains { $0.participantID.hasPrefix("abcdef") })
    }

    @Test func anAddressThatNobodyHasNamesNobody() {
        let text = Fixture.recording(
            "<session session_id='S'><callData xmlns='urn:ietf:params:xml:ns:callData'><fromhdr>\"X\" &lt;sip:x@x.test&gt;</fromhdr></callData></session>"
                + "<participant participant_id='PA'><nameID aor='sip:a@x.test'/></participant>"
                + "<participant participant_id='PB'><nameID aor='sip:a@y.test'/></participant>")
        #expect(Self.timeline(text).participants.allSatisfy { $0.identities.isEmpty })
        // Two people with one user part are told apart by the host.
        let same = Self.timeline(text.replacing("sip:x@x.test", with: "sip:a@y.test;user=phone"))
        #expect(same.participants.map { $0.identities.map(\.name) } == [[], ["X"]])
    }

    @Test func extensionsAreBounded() {
        let many = (0..<9000).map { "<e\($0)>\($0)</e\($0)>" }.joined()
        let long = String(repeating: "\u{FC}", count: 9000)
        let timeline = Self.timeline(
            Fixture.recording("<session session_id='S'><v:x xmlns:v='urn:v'>\(many)</v:x><v:y xmlns:v='urn:v'>\(long)</v:y></session>"))
        #expect(timeline.extensions.count == 257)
        #expect(timeline.extensions.last?.value.value.utf8.count == 4096)
    }
}
