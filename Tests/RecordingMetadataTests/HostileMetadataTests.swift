import Evidence
import RecordingMetadata
import TestSupport
import Testing

/// The time limit only tells a hang from slowness.
@Suite(.timeLimit(.minutes(5)))
struct HostileMetadataTests {
    private func bounded(_ octets: [UInt8], limits: Limits = Limits()) -> RecordingDocument { RecordingDocument(parsing: octets, limits: limits) }

    @Test(arguments: [
        "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><recording>&c;</recording>",
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><recording><group group_id='&x;'/></recording>",
        "<?xml version='1.0'?><!DOCTYPE recording SYSTEM 'http://192.0.2.1/x.dtd'><recording/>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM 'http://192.0.2.1/p'> %p;]><recording/>",
    ])
    func refusesDocumentTypeDeclarations(text: String) {
        let document = bounded(Array(text.utf8))
        #expect(document.has(.met012))
        #expect(document.groups.isEmpty && document.root == .unknown(""))
        #expect(!document.isWellFormed && !document.isWhole)
    }

    @Test func anEntityInTheBodyIsKeptAsText() {
        let document = parse(Fixture.recording("<participant participant_id='P'><nameID aor='sip:a@x'><name>A&nbsp;B</name></nameID></participant>"))
        #expect(document.participants[0].nameIDs[0].name == "A&nbsp;B")
    }

    @Test func boundsDepth() {
        let deep = String(repeating: "<a>", count: 10_000) + String(repeating: "</a>", count: 10_000)
        let document = bounded(Array(Fixture.recording("<session session_id='S'/>" + deep).utf8))
        #expect(document.has(.met013))
        #expect(document.sessions.map(\.id) == ["S"])
    }

    @Test func boundsElements() {
        let document = bounded(Array(Fixture.recording(String(repeating: "<stream stream_id='T'/>", count: 30_000)).utf8))
        #expect(document.has(.met013) && !document.isWhole)
        #expect(document.streams.count == Limits().metadataElements - 2)
    }

    @Test func boundsOctetsOfAttributesAndText() {
        let huge = [UInt8](repeating: 0x61, count: 50 << 20)
        var limits = Limits()
        limits.metadataOctets = 128 << 10
        for (before, after) in [("<session session_id='S'/><stream stream_id='", "'/>"), ("<session session_id='S'/><group-ref>", "</group-ref>")] {
            let document = bounded(Array(Fixture.recording(before).utf8.dropLast(12)) + huge + Array(after.utf8), limits: limits)
            #expect(document.has(.met013) && document.sessions.count == 1)
        }
    }

    @Test func boundsAttributesOfOneTag() {
        let many = (0..<100_000).map { "a\($0)='>'" }.joined(separator: " ")
        let document = bounded(Array(Fixture.recording("<session session_id='S'/><stream \(many)/>").utf8))
        #expect(document.has(.met013) && document.sessions.count == 1 && document.streams.isEmpty)
    }

    @Test(arguments: ["<a '\"", "<", "<!--", "<a ", "&", "<![CDATA[", "<?", "&#", "<a b=c", "</", "<a b='", "]]>", "\0", "<a xmlns:b='c'>"])
    func repeatedFragmentsTakeBoundedTime(fragment: String) {
        // Small enough for an unoptimized build, large enough for quadratic work to show.
        let document = bounded(Array("<recording>".utf8) + Array(String(repeating: fragment, count: (48 << 10) / fragment.utf8.count).utf8))
        #expect(!document.isWellFormed)
        #expect(document.remarks.count <= 100)
    }

    @Test func everyTruncationKeepsOnlyWhatWasWritten() {
        for text in [Fixture.basic, Fixture.nestedDraft, Fixture.firstDraft, Fixture.lateDraft] {
            let whole = parse(text)
            let octets = Array(text.utf8)
            for count in 0..<octets.count {
                let document = RecordingDocument(parsing: Array(octets[..<count]), limits: Limits())
                #expect(!document.isWellFormed && !document.isWhole && document.has(.met001))
                #expect(whole.participants.map(\.id).starts(with: document.participants.map(\.id)))
                #expect(whole.streams.map(\.id).starts(with: document.streams.map(\.id)))
                for association in document.participantStreamAssociations {
                    let original = whole.participantStreamAssociations.first { $0.offset == association.offset }
                    #expect(original?.send.starts(with: association.send) == true && original?.recv.starts(with: association.recv) == true)
                }
                for stream in document.streams where stream.label != nil { #expect(whole.streams.contains { $0.label == stream.label }) }
            }
        }
    }

    @Test func randomDamageNeverTraps() {
        var random = SeededRandom(seed: 7865)
        let originals = [Fixture.basic, Fixture.nestedDraft, Fixture.firstDraft, Fixture.lateDraft].map { Array($0.utf8) }
        for round in 0..<500 {
            var octets = originals[round % 4]
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<octets.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: octets[index] = UInt8.random(in: 0...255, using: &random)
                case 1: octets.remove(at: index)
                case 2: octets.insert([0x3C, 0x26, 0x3E, 0, 0x22][Int.random(in: 0..<5, using: &random)], at: index)
                default: octets.replaceSubrange(index..<min(octets.count, index + 20), with: random.bytes(3))
                }
            }
            let document = RecordingDocument(parsing: octets, limits: Limits())
            #expect(document.remarks.allSatisfy { $0.offset >= 0 && $0.offset <= octets.count }, "seed \(random.seed) round \(round)")
            var timeline = MetadataTimeline()
            timeline.apply(parse(Fixture.basic), at: CaptureTime(seconds: 0), isAccepted: true)
            timeline.apply(document, at: CaptureTime(seconds: 1), isAccepted: true)
            timeline.end(at: CaptureTime(seconds: 2))
            let open = timeline.participants.flatMap { $0.sends + $0.receives }.contains { $0.interval.end == nil }
            #expect(!open && !timeline.sessions.flatMap(\.intervals).contains { $0.end == nil }, "seed \(random.seed) round \(round)")
        }
        for _ in 0..<300 { _ = RecordingDocument(parsing: random.bytes(Int.random(in: 0...400, using: &random)), limits: Limits()) }
    }

    @Test func aTimelineHoldsABoundedNumberOfObjects() {
        var timeline = MetadataTimeline()
        for round in 0..<3 {
            let streams = (0..<9000).map { "<stream stream_id='\(round)-\($0)'/>" }.joined()
            timeline.apply(Fixture.recording(streams), second: Double(round))
        }
        #expect(timeline.streams.count == 20_000)
        #expect(timeline.remarks.contains { $0.rule == .met013 })
    }
}
