import Evidence
import RecordingMetadata

/// Documents with values of our own, in the shape each generation has on the wire.
enum Fixture {
    static let namespace = "urn:ietf:params:xml:ns:recording:1"

    static func recording(_ body: String, mode: String = "complete") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<recording xmlns=\"\(namespace)\"><datamode>\(mode)</datamode>\(body)</recording>"
    }

    static func partial(_ body: String) -> String { recording(body, mode: "partial") }

    static func association(_ participant: String, send: [String] = [], recv: [String] = []) -> String {
        "<participantstreamassoc participant_id=\"\(participant)\">" + send.map { "<send>\($0)</send>" }.joined()
            + recv.map { "<recv>\($0)</recv>" }.joined() + "</participantstreamassoc>"
    }

    static func membership(_ participant: String, _ session: String, joined: String? = nil, left: String? = nil) -> String {
        "<participantsessionassoc participant_id=\"\(participant)\" session_id=\"\(session)\">"
            + (joined.map { "<associate-time>\($0)</associate-time>" } ?? "")
            + (left.map { "<disassociate-time>\($0)</disassociate-time>" } ?? "") + "</participantsessionassoc>"
    }

    /// A complete RFC 7865 document: PA sends T1 (label 1), PB sends T2 (label 2), both hear each other.
    static let basic = recording(
        """
        <group group_id="G"><associate-time>1970-01-01T00:00:00Z</associate-time></group>
        <session session_id="S"><sipSessionID>ab30317f1a784dc48ff824d0d3715d86;
          remote=47755a9de7794ba387653f2099600ef2</sipSessionID><group-ref>
          G </group-ref><start-time>1970-01-01T00:00:00Z</start-time></session>
        <participant participant_id="PA"><nameID aor="sip:a@x.test"><name xml:lang="en">A</name></nameID></participant>
        <participant participant_id="PB"><nameID aor="tel:+1555"/></participant>
        <stream stream_id="T1" session_id="S"><label>1</label></stream>
        <stream stream_id="T2" session_id="S"><label>2</label></stream>
        <sessionrecordingassoc session_id="S"><associate-time>1970-01-01T00:00:00Z</associate-time></sessionrecordingassoc>
        """ + membership("PA", "S", joined: "1970-01-01T00:00:00Z") + membership("PB", "S", joined: "1970-01-01T00:00:00Z")
            + association("PA", send: ["T1"], recv: ["T2"]) + association("PB", send: ["T2"], recv: ["T1"]))

    static let nestedDraft = """
        <recording xmlns='urn:ietf:params:xml:ns:recording'>
         <datamode>complete</datamode>
         <session id="S"><associate-time>2026-01-02T03:04:05</associate-time>
          <extensiondata xmlns:apkt="http://acmepacket.com/siprec/extensiondata"><apkt:ucid>00FA;encoding=hex</apkt:ucid></extensiondata></session>
         <participant id="PA" session="S"><nameID aor="sip:a@x.test"><name>A</name></nameID><send>T1</send><associate-time>2026-01-02T03:04:05</associate-time>
          <extensiondata xmlns:apkt="http://acmepacket.com/siprec/extensiondata"><apkt:callingParty>true</apkt:callingParty></extensiondata></participant>
         <participant id="PB" session="S"><nameID aor="sip:b@x.test"/><send>T2</send></participant>
         <stream id="T1" session="S"><label>16777301</label><mode>separate</mode><associate-time>2026-01-02T03:04:05</associate-time></stream>
         <stream id="T2" session="S"><label>16777302</label><mode>separate</mode></stream>
        </recording>
        """

    static let firstDraft = """
        <recording_metadata xmlns="urn:ietf:params:xml:ns:siprec">
         <dataMode>complete</dataMode>
         <recording id="urn:uuid:R"><requestor>SRC</requestor><type>selective</type></recording>
         <group id="urn:uuid:G" recording="urn:uuid:R"><initiator>sip:u@d.test</initiator></group>
         <session id="urn:uuid:S" group="urn:uuid:G"><start-time>2026-01-02T03:04:05+00:00</start-time></session>
         <participant id="urn:uuid:PA" session="urn:uuid:S"><aor>sip:a@x.test</aor><send><id>urn:uuid:T1</id></send></participant>
         <participant id="urn:uuid:PB" session="urn:uuid:S"><aor>sip:b@x.test;user=phone</aor><send><id>urn:uuid:T2</id></send></participant>
         <stream id="urn:uuid:T1" session="urn:uuid:S"><label>1</label><mode>mixed</mode></stream>
         <extensiondata id="urn:uuid:E" parent="urn:uuid:S">
          <broadWorksRecordingMetadata xmlns="http://schema.broadsoft.com/broadworksCallRecording" version="3.0">
           <extTrackingID>7</extTrackingID></broadWorksRecordingMetadata></extensiondata>
        </recording_metadata>
        """

    static let lateDraft = """
        <tns:recording xmlns:tns='urn:ietf:params:xml:ns:recording'><tns:datamode>complete</tns:datamode>
        <tns:group group_id="G"><callData xmlns='urn:ietf:params:xml:ns:callData'><fromhdr>"A" &lt;sip:a@x.test&gt;;tag=1</fromhdr></callData></tns:group>
        <tns:session session_id="S"><tns:group-ref>G</tns:group-ref></tns:session>
        <tns:participant participant_id="PA"><tns:nameID aor="a@x.test"><tns:name> </tns:name></tns:nameID></tns:participant>
        <tns:stream stream_id="T1" session_id="S"><tns:label>2</tns:label><tns:associate-time>1970-01-01T00:00:07Z</tns:associate-time></tns:stream>
        <tns:participantsessionassoc participant_id="PA" session_id="S"/>
        <tns:participantstreamassoc participant_id="PA"><tns:send>T1</tns:send></tns:participantstreamassoc></tns:recording>
        """
}

func parse(_ text: String, limits: Limits = Limits()) -> RecordingDocument { RecordingDocument(parsing: Array(text.utf8), limits: limits) }

extension RecordingDocument {
    func has(_ rule: Rule) -> Bool { remarks.contains { $0.rule == rule } }
    var codes: [String] { remarks.map(\.rule.code) }
}

extension MetadataTimeline {
    mutating func apply(_ text: String, second: Double, isAccepted: Bool = true) {
        apply(parse(text), at: CaptureTime(seconds: second), isAccepted: isAccepted)
    }
    func speakers(_ stream: String, _ second: Double) -> [String] { senders(of: stream, at: CaptureTime(seconds: second)) }
}

func seconds(_ interval: Interval) -> [Double?] { [Double(interval.start.nanoseconds) / 1e9, interval.end.map { Double($0.nanoseconds) / 1e9 }] }
