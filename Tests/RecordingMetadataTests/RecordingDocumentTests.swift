import Evidence
import RecordingMetadata
import Testing

struct RecordingDocumentTests {
    @Test func readsEveryElementOfTheRFCShape() throws {
        let document = parse(Fixture.basic)
        #expect(document.root == .recording)
        #expect(document.isWellFormed && document.isWhole)
        #expect(document.generation == .rfc7865)
        #expect(document.namespace == Fixture.namespace)
        #expect(document.dataMode == .complete && document.dataModeWasExplicit)
        let session = try #require(document.sessions.first)
        #expect(session.sipSessionIDs == ["ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2"])
        #expect(session.groupRef == "G")
        #expect(session.startTime?.time == CaptureTime(nanoseconds: 0))
        #expect(
            document.participants.map(\.nameIDs) == [
                [MetadataNameID(aor: "sip:a@x.test", name: "A", language: "en")], [MetadataNameID(aor: "tel:+1555", name: nil, language: nil)],
            ])
        #expect(document.streams.map(\.label) == ["1", "2"])
        #expect(document.participantStreamAssociations.map(\.send) == [["T1"], ["T2"]])
        #expect(document.participantStreamAssociations.map(\.recv) == [["T2"], ["T1"]])
        #expect(document.extensions.isEmpty)
        // Our ids are no UUIDs and one stands on a line of its own; nothing else is wrong.
        #expect(Set(document.codes) == ["MET006", "MET043"])
    }

    @Test func offsetsPointAtTheStartTag() throws {
        let document = parse(Fixture.basic)
        let octets = Array(Fixture.basic.utf8)
        #expect(octets[document.streams[1].offset...].starts(with: #"<stream stream_id="T2""#.utf8))
        #expect(octets[document.participants[0].offset...].starts(with: #"<participant participant_id="PA""#.utf8))
        #expect(octets[document.participantStreamAssociations[1].offset...].starts(with: #"<participantstreamassoc participant_id="PB""#.utf8))
    }

    @Test func mapsNestedAssociationsOfTheDraftsOf2012() {
        let document = parse(Fixture.nestedDraft)
        #expect(document.generation == .nestedDraft)
        #expect(document.participantSessionAssociations.map(\.participantID) == ["PA", "PB"])
        #expect(document.participantSessionAssociations.map(\.sessionID) == ["S", "S"])
        #expect(document.participantStreamAssociations.map(\.send) == [["T1"], ["T2"]])
        #expect(document.sessions[0].startTime?.hasZone == false)
        #expect(document.streams.map(\.mode) == ["separate", "separate"])
        #expect(document.extensions.map(\.elementID) == ["S", "PA"])
        #expect(document.extensions[0].xml.hasPrefix("<extensiondata xmlns:apkt=") && document.extensions[0].xml.hasSuffix("</extensiondata>"))
        #expect(document.has(.met002) && document.has(.met009))
    }

    @Test func mapsTheFirstDraftWithIDsInsideSend() {
        let document = parse(Fixture.firstDraft)
        #expect(document.generation == .firstDraft)
        #expect(document.root == .recording)
        #expect(document.recordingID == "urn:uuid:R")
        #expect(document.sessions[0].groupRef == "urn:uuid:G")
        #expect(document.participants.map { $0.nameIDs.map(\.aor) } == [["sip:a@x.test"], ["sip:b@x.test;user=phone"]])
        #expect(document.participantStreamAssociations.map(\.send) == [["urn:uuid:T1"], ["urn:uuid:T2"]])
        #expect(document.streams[0].mode == "mixed")
        #expect(document.extensions.contains { $0.name == "extensiondata" && $0.elementID == "urn:uuid:S" && $0.xml.contains("<extTrackingID>7<") })
        #expect(document.has(.met003) && document.has(.met047))
    }

    @Test func mapsPrefixedElementsOfTheLateDrafts() throws {
        let document = parse(Fixture.lateDraft)
        #expect(document.generation == .lateDraft)
        #expect(document.participants[0].nameIDs == [MetadataNameID(aor: "a@x.test", name: nil, language: nil)])
        #expect(document.streams[0].associateTime?.time == CaptureTime(seconds: 7))
        let callData = try #require(document.extensions.first)
        #expect(callData.namespace == "urn:ietf:params:xml:ns:callData" && callData.path == "recording/group" && callData.elementID == "G")
        #expect(callData.xml.contains("&lt;sip:a@x.test&gt;"))
        #expect(document.has(.met016))
    }

    @Test func readsASnapshotRequest() {
        let document = parse("<requestsnapshot xmlns='\(Fixture.namespace)'><requestreason xml:lang='en'>lost state</requestreason></requestsnapshot>")
        #expect(document.root == .requestSnapshot(reason: "lost state"))
        #expect(document.remarks.isEmpty)
    }

    @Test(arguments: [
        ("<recording xmlns='urn:x'/>", "MET002"), ("<other/>", "MET003"),
        ("<recording xmlns='urn:ietf:params:xml:ns:recording:1'><dataMode>Partial</dataMode></recording>", "MET047"),
        ("<recording xmlns='urn:ietf:params:xml:ns:recording:1'><datamode>some</datamode></recording>", "MET004"),
        ("\u{FEFF}" + Fixture.recording(""), "MET048"),
        (Fixture.recording("<stream stream_id=''><label>1</label></stream>"), "MET005"),
        (Fixture.recording("<stream stream_id='4711'><label>1</label></stream>"), "MET006"),
        (Fixture.recording("<participant participant_id='AAAAAAAAAAAAAAAAAAAAAA=='/>"), "MET008"),
        (Fixture.recording("<session session_id='AAAAAAAAAAAAAAAAAAAAAA=='><start-time>2026-01-02T03:04:05+0200</start-time></session>"), "MET009"),
        (Fixture.recording("<session session_id='AAAAAAAAAAAAAAAAAAAAAA=='/><group group_id='AAAAAAAAAAAAAAAAAAAAAQ=='/>"), "MET010"),
        (Fixture.recording("<stream stream_id='T'/><stream stream_id='T'/>"), "MET015"),
        (Fixture.recording("<participant participant_id='P'><nameID aor='4711'/></participant>"), "MET016"),
        ("<recording", "MET001"), ("", "MET001"), ("<!DOCTYPE a><recording/>", "MET012"),
    ])
    func namesTheRuleThatIsBroken(text: String, code: String) {
        #expect(parse(text).codes.contains(code))
    }

    @Test func aConformingDocumentHasNoRemarks() {
        let (s, p, t) = ("hVpd7YQgRW2nD22h7q60JQ==", "srfBElmCRp2QB23b7Mpk0w==", "UAAMm5GRQKSCMVvLyl4rFw==")
        let text = Fixture.recording(
            "<session session_id='\(s)'><start-time>2010-12-16T23:41:07Z</start-time></session><participant participant_id='\(p)'>"
                + "<nameID aor='sip:b@x.test'/></participant>"
                + "<stream stream_id='\(t)' session_id='\(s)'><label>96</label></stream><sessionrecordingassoc session_id='\(s)'/>"
                + Fixture.membership(p, s, joined: "2010-12-16T23:41:07.5+01:00")
                + Fixture.association(p, send: [t]))
        let document = parse(text)
        #expect(document.remarks.isEmpty)
        #expect(document.participantSessionAssociations[0].associateTime?.isStrict == true)
    }

    @Test func repairsStraySignsAndSaysWhere() throws {
        let name = "A & B <sip:a@x> \u{1}"
        let text = Fixture.recording(
            "<participant participant_id=\"P\"><nameID aor=\"sip:a@x?b&c<d\"><name>\(name)</name></nameID></participant><stream stream_id=\"T\"/>")
        let document = parse(text)
        #expect(!document.isWellFormed && document.isWhole)
        #expect(document.participants[0].nameIDs == [MetadataNameID(aor: "sip:a@x?b&c<d", name: "A & B <sip:a@x> \u{FFFD}", language: nil)])
        let octets = Array(text.utf8)
        let stray = document.remarks.filter { $0.message.contains("stray '&'") && !$0.message.contains("attribute") }
        #expect(!stray.isEmpty && stray.allSatisfy { octets[$0.offset] == 0x26 })
        // Offsets behind the repair still count the captured octets.
        #expect(octets[document.streams[0].offset...].starts(with: "<stream".utf8))
    }

    @Test func readsAttributeValuesWithReferences() {
        let document = parse(Fixture.recording("<participant participant_id='P'><nameID aor='sip:a@x?b=1&amp;c=&lt;&#38;amp;&#x41;'/></participant>"))
        #expect(document.participants[0].nameIDs[0].aor == "sip:a@x?b=1&c=<&amp;A")
        #expect(document.isWellFormed)
    }

    @Test func readsOtherEncodingsAndPreambles() throws {
        let body = Fixture.recording("<participant participant_id=\"P\"><nameID aor=\"sip:a@x\"><name>J\u{FC}rgen</name></nameID></participant>")
        let expected = "J\u{FC}rgen"
        var little: [UInt8] = [0xFF, 0xFE]
        for unit in body.replacing("UTF-8", with: "UTF-16").utf16 { little += [UInt8(unit & 255), UInt8(unit >> 8)] }
        var big: [UInt8] = []
        for unit in body.utf16 { big += [UInt8(unit >> 8), UInt8(unit & 255)] }
        let latin = body.replacing("UTF-8", with: "ISO-8859-1").unicodeScalars.map { UInt8($0.value) }
        let windows = body.replacing("UTF-8", with: "windows-1252").unicodeScalars.map { UInt8($0.value) }
        for octets in [little, big, latin, windows, [0xEF, 0xBB, 0xBF] + Array(body.utf8), Array("\r\n\r\n \(body)\r\n".utf8)] {
            let document = RecordingDocument(parsing: octets, limits: Limits())
            #expect(document.participants.first?.nameIDs.first?.name == expected)
            #expect(document.isWellFormed)
        }
        // What the carrier says goes before the declaration, but not against the octets (RFC 7303 section 3.2).
        let undeclared = body.unicodeScalars.map { UInt8($0.value) }
        for (octets, charset, isContradiction) in [
            (undeclared, "iso-8859-1", true), (latin, "utf-8", true), (latin, "latin1", false), (Array(body.utf8), "\"UTF-8\"", false),
            ([0xEF, 0xBB, 0xBF] + Array(body.utf8), "iso-8859-1", true),
        ] {
            let document = RecordingDocument(parsing: octets, charset: charset)
            #expect(document.participants.first?.nameIDs.first?.name == expected, "\(charset)")
            #expect(document.has(.met049) == isContradiction, "\(charset)")
        }
        let latinDocument = RecordingDocument(parsing: latin, limits: Limits())
        let place = try #require(latinDocument.participants.first?.offset)
        #expect(latin[place...].starts(with: "<participant".utf8))
        // Latin-1 octets that claim to be UTF-8 are not guessed at.
        let lying = RecordingDocument(parsing: body.unicodeScalars.map { UInt8($0.value) }, limits: Limits())
        #expect(lying.participants.first?.nameIDs.first?.name == "J\u{FFFD}rgen")
        #expect(!lying.isWellFormed)
    }

    @Test func keepsUnknownElementsAndAttributes() {
        let document = parse(
            Fixture.recording(
                "<participant participant_id='P' rank='7'><nameID aor='sip:a@x'/><v:x xmlns:v='urn:v' a='1'>t<v:y/></v:x></participant><odd>1</odd>"))
        #expect(document.extensions.map(\.name) == ["x", "@rank", "odd"])
        #expect(document.extensions[0].xml == "<v:x xmlns:v='urn:v' a='1'>t<v:y/></v:x>")
        #expect(document.extensions[0].namespace == "urn:v")
        #expect(document.extensions[2].path == "recording")
    }

    @Test func readsCharacterDataSectionsAndUnquotedAttributes() {
        let document = parse(Fixture.recording("<participant participant_id=P><nameID aor='sip:a@x'><name><![CDATA[A <&> B]]></name></nameID></participant>"))
        #expect(document.participants[0].id == "P")
        #expect(document.participants[0].nameIDs[0].name == "A <&> B")
    }
}
