import Evidence
import RecordingMetadata
import Testing

/// What the schema asks of a document as it is written: each row is a sound document with one change, and the one rule that it breaks.
struct StructureTests {
    private static let (s, s2, p, t) = ("hVpd7YQgRW2nD22h7q60JQ==", "srfBElmCRp2QB23b7Mpk0w==", "zSfPoSvdSDCmU3A3TRDxAw==", "UAAMm5GRQKSCMVvLyl4rFw==")

    private static let sound = """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>complete</datamode>
        <session session_id="\(s)"><sipSessionID>00112233445566778899aabbccddeeff;remote=0f0e0d0c0b0a09080706050403020100</sipSessionID>\
        <reason cause="200" protocol="SIP">over</reason><group-ref>\(s2)</group-ref><start-time>2026-01-02T03:04:05Z</start-time></session>
        <participant participant_id="\(p)"><nameID aor="sip:a@x.test"><name>A</name></nameID></participant>
        <stream stream_id="\(t)" session_id="\(s)"><label>1</label></stream>
        <sessionrecordingassoc session_id="\(s)"/>
        <participantsessionassoc participant_id="\(p)" session_id="\(s)"><associate-time>2026-01-02T03:04:05Z</associate-time></participantsessionassoc>
        <participantstreamassoc participant_id="\(p)"><send>\(t)</send></participantstreamassoc>
        </recording>
        """

    struct Row: Sendable, CustomTestStringConvertible {
        let code: String
        let old: String
        let new: String
        var testDescription: String { "\(code): \(new)" }

        init(_ code: String, _ old: String, _ new: String) { (self.code, self.old, self.new) = (code, old, new) }
    }

    static let rows: [Row] = [
        Row("MET030", " encoding=\"UTF-8\"", ""),
        Row("MET030", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", ""),
        // Version 1, node 00:0c:29:…: a virtual machine's network card.
        Row("MET031", "\"\(t)\" session", "\"kQNhKFdEEeeJ9tD/VsPGWA==\" session"),
        Row("MET032", "<name>A</name>", "<name>A</name><name>B</name>"),
        Row("MET033", "<label>1</label>", "<label>1</label><label>2</label>"),
        Row("MET034", "<sessionrecordingassoc", "<stream stream_id=\"\(t)\" session_id=\"\(s2)\"/><sessionrecordingassoc"),
        Row("MET035", "<start-time>", "<group-ref>\(s)</group-ref><start-time>"),
        Row("MET036", "cause=\"200\" ", ""),
        Row("MET036", "cause=\"200\"", "cause=\"gone\""),
        Row("MET037", "<start-time>2026-01-02T03:04:05Z</start-time>", ""),
        Row("MET037", "<associate-time>2026-01-02T03:04:05Z</associate-time>", ""),
        Row("MET038", "00112233445566778899aabbccddeeff;", "a84b4c76e66710@pc33.test;"),
        Row("MET038", "00112233445566778899aabb", "00112233445566778899AABB"),
        Row("MET039", "</stream>", "<codec>PCMU</codec></stream>"),
        Row("MET039", "<sessionrecordingassoc", "<extensiondata/><sessionrecordingassoc"),
        Row("MET040", "<stream ", "<stream mode=\"mixed\" "),
        Row("MET041", "<sessionrecordingassoc session_id=\"\(s)\"/>", ""),
        Row("MET043", "<send>\(t)</send>", "<send> \(t) </send>"),
        Row("MET043", "participantstreamassoc participant_id=\"", "participantstreamassoc participant_id=\" "),
        Row("MET044", "</send>", "</send><recv>\(t)</recv>"),
        Row("MET045", "</start-time>", "</start-time><stop-time>2026-01-02T03:05:05Z</stop-time>"),
    ]

    private func codes(_ text: String) -> Set<String> { Set(RecordingDocument(parsing: Array(text.utf8)).remarks.map(\.rule.code)) }

    @Test func `a sound document breaks none`() { #expect(codes(Self.sound).isEmpty) }

    @Test(arguments: rows) func `one change breaks one rule`(row: Row) {
        let changed = Self.sound.replacing(row.old, with: row.new, maxReplacements: 1)
        #expect(changed != Self.sound)
        // One identifier on two elements is a breach of its own, and a changed one leaves references behind.
        #expect(codes(changed).subtracting(["MET015", "MET007", "MET006"]) == [row.code])
    }

    @Test func `documents of drafts are not held to the schema of the RFC`() {
        let draft = Self.sound.replacing("recording:1", with: "recording").replacing("<stream ", with: "<stream mode=\"mixed\" ")
        #expect(codes(draft).isDisjoint(with: ["MET039", "MET040", "MET041"]))
    }

    @Test(arguments: [
        ("<requestsnapshot xmlns='urn:ietf:params:xml:ns:recording:1'><requestreason>new</requestreason></requestsnapshot>", false),
        (
            "<requestsnapshot xmlns='urn:ietf:params:xml:ns:recording:1'><requestreason>a</requestreason><requestreason>b</requestreason></requestsnapshot>",
            true
        ),
        ("<requestsnapshot xmlns='urn:ietf:params:xml:ns:siprec'/>", true), ("<requestsnapshot/>", true),
    ])
    func `a snapshot request has the namespace of the RFC and one reason`(text: String, isBroken: Bool) {
        #expect(codes(text).contains("MET042") == isBroken)
    }
}
