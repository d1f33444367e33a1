/// Skeletons in the manner of each product.
enum DialectSamples {
    typealias Sample = DialectTests.Sample
    typealias Expected = DialectTests.Expected

    private static func whole(_ body: String, namespace: String = Fixture.namespace, mode: String = "datamode") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<recording xmlns=\"\(namespace)\"><\(mode)>complete</\(mode)>\(body)</recording>"
    }

    /// Two people, two streams and all associations, as the RFC has it.
    private static func plain(_ labels: (String, String), session: String = "", times: String = "") -> String {
        whole(
            "<session session_id=\"S\">\(times)\(session)</session><participant participant_id=\"PA\"><nameID aor=\"sip:a@x.test\"><name>A</name></nameID>"
                + "</participant><participant participant_id=\"PB\"><nameID aor=\"sip:b@x.test\"><name>B</name></nameID></participant>"
                + "<stream stream_id=\"T1\" session_id=\"S\"><label>\(labels.0)</label></stream>"
                + "<stream stream_id=\"T2\" session_id=\"S\"><label>\(labels.1)</label></stream>" + Fixture.membership("PA", "S")
                + Fixture.membership("PB", "S")
                + Fixture.association("PA", send: ["T1"], recv: ["T2"]) + Fixture.association("PB", send: ["T2"], recv: ["T1"]))
    }

    private static func plainExpected(_ labels: (String, String), stated: String? = nil, extensions: [String] = []) -> Expected {
        Expected(
            people: ["PA sip:a@x.test A", "PB sip:b@x.test B"], streams: ["T1 \(labels.0)", "T2 \(labels.1)"], sends: ["PA>T1", "PB>T2"], session: "S",
            extensions: extensions, statedStart: stated)
    }

    static let avaya = whole(
        """
        <session session_id="00FA0800010007AABBCCDD"><start-time>2026-01-02T03:04:05</start-time></session>
        <participant participant_id="0123456789abcdef0123"><nameID aor="sip:1001@x.test"><name>Ann</name></nameID></participant>
        <participant participant_id="abcdef12345678901234"><nameID aor="sip:ASBCE@asbce.com"/></participant>
        <stream stream_id="9876543210abcdef0123" session_id="00FA0800010007AABBCCDD"><label>10</label></stream>
        <stream stream_id="" session_id="00FA0800010007AABBCCDD"><label>20</label></stream>
        <participantsessionassoc participant_id="abcdef12345678901234" session_id="00FA0800010007AABBCCDD"/>
        <participantsessionassoc participant_id="0123456789abcdef0123" session_id="00FA0800010007AABBCCDD"/>
        <participantstreamassoc participant_id="0123456789abcdef0123"><send>9876543210abcdef0123</send></participantstreamassoc>
        <participantstreamassoc participant_id="abcdef12345678901234"><send></send></participantstreamassoc>
        """, mode: "dataMode")

    private static let oracle = """
        <recording xmlns='urn:ietf:params:xml:ns:recording'><datamode>complete</datamode>
        <session id="S"><associate-time>2026-01-02T03:04:05</associate-time>
        <extensiondata xmlns:apkt="http:/acmepacket.com/siprec/extensiondata"><apkt:ucid>00FA;encoding=hex</apkt:ucid></extensiondata></session>
        <participant id="PA" session="S"><nameID aor="sip:a@x.test"><name>A</name></nameID><send>T1</send>
        <extensiondata xmlns:apkt="http://acmepacket.com/siprec/extensiondata"><apkt:callingParty>true</apkt:callingParty>
        <apkt:header label="P-Asserted-Identity"><value>"Ann" &lt;sip:+1555@x.test&gt;</value></apkt:header></extensiondata></participant>
        <participant id="PB" session="S"><nameID aor="sip:b@x.test"/><send>T2</send>
        <extensiondata xmlns:apkt="http://acmepacket.com/siprec/extensiondata"><apkt:request-uri>sip:b2@y.test</apkt:request-uri></extensiondata></participant>
        <stream id="T1" session="S"><label>16777227</label><mode>separate</mode></stream>
        <stream id="T2" session="S"><label>16777228</label><mode>separate</mode></stream></recording>
        """

    private static let audioCodesLegacy = """
        <recording xmlns='urn:ietf:params:xml:ns:recording'><datamode>complete</datamode>
        <group id="00000000-0000-00d7-0000-000000000001"/>
        <session id="0000-0000-0000-0000-00908f0000000001" group-ref="00000000-0000-00d7-0000-000000000001">
        <associate-time>2026-01-02T03:04:05</associate-time>
        <extensiondata xmlns:ac="http://AudioCodes"><ac:AvayaUCID xmlns="urn:ietf:params:xml:ns:Avaya">FA080001</ac:AvayaUCID></extensiondata></session>
        <participant id="+14155550100" session="0000-0000-0000-0000-00908f0000000001"><nameID aor="+14155550100@x.test"/><send>T1</send></participant>
        <participant id="2002" session="0000-0000-0000-0000-00908f0000000001"><nameID aor="2002@x.test"><name>Bob</name></nameID><send>T2</send></participant>
        <stream id="T1" session="0000-0000-0000-0000-00908f0000000001"><label>1</label></stream>
        <stream id="T2" session="0000-0000-0000-0000-00908f0000000001"><label>2</label></stream></recording>
        """

    private static let ribbon = """
        <tns:recording xmlns:tns='urn:ietf:params:xml:ns:recording'><tns:datamode>complete</tns:datamode>
        <tns:group group_id="ZjExNDNiMDAtNjk1MS0xMA=="><callData xmlns='urn:ietf:params:xml:ns:callData'>
        <fromhdr>"Ann" &lt;sip:a@x.test&gt;;tag=1</fromhdr><tohdr>&lt;sip:b@x.test;user=phone&gt;</tohdr><callid>c1@x.test</callid><gcid>77</gcid></callData>
        </tns:group><tns:session session_id="ZjExNDNiMDAtNjk1MS0xMQ=="><tns:group-ref>ZjExNDNiMDAtNjk1MS0xMA==</tns:group-ref>
        <tns:start-time>1970-01-01T00:00:07Z</tns:start-time></tns:session>
        <tns:participant participant_id="ZjExNDNiMDAtNjk1MS0xMg=="><tns:nameID aor="a@x.test"><tns:name> </tns:name></tns:nameID></tns:participant>
        <tns:participant participant_id="ZjExNDNiMDAtNjk1MS0xMw=="><tns:nameID aor="b@x.test"><tns:name> </tns:name></tns:nameID></tns:participant>
        <tns:stream stream_id="ZjExNDNiMDAtNjk1MS0xNA==" session_id="ZjExNDNiMDAtNjk1MS0xMQ=="><tns:label>1</tns:label></tns:stream>
        <tns:stream stream_id="ZjExNDNiMDAtNjk1MS0xNQ==" session_id="ZjExNDNiMDAtNjk1MS0xMQ=="><tns:label>2</tns:label></tns:stream>
        <tns:participantstreamassoc participant_id="ZjExNDNiMDAtNjk1MS0xMg=="><tns:send>ZjExNDNiMDAtNjk1MS0xNQ==</tns:send></tns:participantstreamassoc>
        <tns:participantstreamassoc participant_id="ZjExNDNiMDAtNjk1MS0xMw=="><tns:send>ZjExNDNiMDAtNjk1MS0xNA==</tns:send></tns:participantstreamassoc>
        </tns:recording>
        """

    private static let metaswitch = """
        <recording xmlns='urn:ietf:params:xml:ns:recording' id="R"><datamode>complete</datamode><session session_id="S"/>
        <participant participant_id="PA" session_id="S"><nameID aor="2015550100"><name>2015550100</name></nameID></participant>
        <participant participant_id="PB" session_id="S"><nameID aor="2015550101"><name>2015550101</name></nameID></participant>
        <stream id="T1" session_id="S"><label>1</label><mode>mixed</mode></stream>
        <participantstreamassoc participant_id="PA"><send>T1</send><recv>T1</recv></participantstreamassoc>
        <participantstreamassoc participant_id="PB"><send>T1</send><recv>T1</recv></participantstreamassoc>
        <extensiondata><metaswitchRecordingMetadata><callType>originating</callType><callingPartyNumber>+2015550100</callingPartyNumber>
        <dialedDigits>50101</dialedDigits></metaswitchRecordingMetadata></extensiondata></recording>
        """

    private static let broadWorks = """
        <recording_metadata xmlns="urn:ietf:params:xml:ns:siprec"><dataMode>complete</dataMode>
        <recording id="urn:uuid:R"><requestor>SRC</requestor><type>selective</type></recording>
        <group id="urn:uuid:G" recording="urn:uuid:R"><initiator>sip:u@d.test</initiator></group>
        <session id="urn:uuid:S" group="urn:uuid:G"><start-time>2026-01-02T03:04:05+00:00</start-time></session>
        <participant id="urn:uuid:PA" session="urn:uuid:S"><aor>sip:+15550100@x.test</aor><send><id>urn:uuid:T1</id></send></participant>
        <participant id="urn:uuid:PB" session="urn:uuid:S"><aor>sip:2002@x.test;user=phone</aor><send><id>urn:uuid:T2</id></send></participant>
        <stream id="urn:uuid:T1" session="urn:uuid:S"><label>1</label><mode>mixed</mode></stream>
        <extensiondata id="urn:uuid:E" parent="urn:uuid:S">
        <broadWorksRecordingMetadata xmlns="http://schema.broadsoft.com/broadworksCallRecording" version="3.0"><extTrackingID>7:1</extTrackingID><groupID/>
        <callType><origCall><callingPartyNumber>tel:+15550100</callingPartyNumber><calledPartyNumber>2002</calledPartyNumber></origCall></callType>
        </broadWorksRecordingMetadata></extensiondata></recording_metadata>
        """

    private static let openSIPS = whole(
        """
        <group group_id="my group"/><session session_id="S"><sipSessionID>c1@x.test</sipSessionID><start-time>2026-01-02T05:04:05+0200</start-time></session>
        <participant participant_id="PA"><nameID aor="sip:@x.test"><name>A & Co</name></nameID></participant>
        <participant participant_id="PB"><nameID aor="sip:b@x.test"/></participant>
        <participantsessionassoc participant_id="PA" session_id="S"/><participantsessionassoc participant_id="PB" session_id="S"/>
        <participantstreamassoc participant_id="PA"/><participantstreamassoc participant_id="PB"/>
        """)

    private static let freeSWITCH = whole(
        """
        <session session_id="11111111-2222-4333-8444-555555555555"/>
        <participant participant_id="abcdefghijklmnopqrstuvwx"><nameID aor="sip:a@x.test"><name>A</name></nameID></participant>
        <participant participant_id="bbcdefghijklmnopqrstuvwx"><nameID aor="sip:b@x.test"><name>B</name></nameID></participant>
        <stream stream_id="cbcdefghijklmnopqrstuvwx" session_id="11111111-2222-4333-8444-555555555555"><label>inbound</label></stream>
        <stream stream_id="dbcdefghijklmnopqrstuvwx" session_id="11111111-2222-4333-8444-555555555555"><label>outbound</label></stream>
        """)

    private static let netSapiens = whole(
        """
        <session session_id="20260102030405"/>
        <participant participant_id="1001w@x.test"><nameID aor="sip:1001w@x.test"><name>A</name></nameID></participant>
        <participant participant_id="+15550101"><nameID aor="sip:+15550101@x.test"/></participant>
        <stream stream_id="0123456789abcdef0123456789abcdef" session_id="20260102030405"><label>1</label></stream>
        <stream stream_id="1123456789abcdef0123456789abcdef" session_id="20260102030405"><label>2</label></stream>
        <netsapiensExtension xmlns="http://schema.netsapiens.com/netsapiensSipRec" version="1.1"><groupSeq>4</groupSeq>
        <callingParty participant_id="1001w@x.test"><nameID><uid>1001@x.test</uid><name>Ann Abel</name></nameID><number>1001</number></callingParty>
        </netsapiensExtension>
        """)

    static let all: [Sample] = [
        Sample(
            product: "Cisco CUBE",
            text: whole(
                "<session session_id=\"kQNhKFdEEeeJ9tD/VsPGWA==\"><sipSessionID>ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000"
                    + "</sipSessionID><start-time>2026-01-02T03:04:05.123Z</start-time></session><participant participant_id=\"PA\"><nameID aor=\"sip:a@x.test\"/>"
                    + "</participant>" + Fixture.membership("PA", "kQNhKFdEEeeJ9tD/VsPGWA==")
                    + "<stream stream_id=\"T1\" session_id=\"kQNhKFdEEeeJ9tD/VsPGWA==\"><label>1</label></stream><participantstreamassoc participant_id=\"PA\">"
                    + "</participantstreamassoc>"),
            hints: ["userAgent": "Cisco-SIPGateway/IOS-17.6", "origin": "CiscoSystemsSIP-GW-UserAgent"],
            expected: Expected(
                people: ["PA sip:a@x.test -"], streams: ["T1 1"], sends: [], session: "kQNhKFdEEeeJ9tD/VsPGWA==",
                statedStart: "2026-01-02T03:04:05.123000000Z")),
        Sample(
            product: "Oracle SBC", text: oracle, hints: ["boundary": "unique-boundary-1"],
            expected: Expected(
                people: ["PA sip:a@x.test A", "PB sip:b@x.test -"], streams: ["T1 16777227", "T2 16777228"], sends: ["PA>T1", "PB>T2"], session: "S",
                identities: ["PA apkt:header P-Asserted-Identity: Ann sip:+1555@x.test", "PB apkt request-uri: - sip:b2@y.test"],
                extensions: ["session ucid=00FA;encoding=hex", "participant callingParty=true"], statedStart: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "AudioCodes", text: audioCodesLegacy,
            expected: Expected(
                people: ["+14155550100 +14155550100@x.test -", "2002 2002@x.test Bob"], streams: ["T1 1", "T2 2"], sends: ["+14155550100>T1", "2002>T2"],
                session: "0000-0000-0000-0000-00908f0000000001", extensions: ["session AvayaUCID=FA080001"], statedStart: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "AudioCodes", text: plain(("1", "2"), times: "<start-time>2026-01-02T03:04:05Z</start-time>"),
            hints: ["boundary": "boundary_ac1f2e", "origin": "AudioCodesGW", "userAgent": "Mediant VE SBC/7.40"],
            expected: plainExpected(("1", "2"), stated: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "Ribbon SBC", text: ribbon, hints: ["contact": "sip:SIPREC-SRC@192.0.2.1", "boundary": "sonus-content-delim"],
            expected: Expected(
                people: ["ZjExNDNiMDAtNjk1MS0xMg== a@x.test -", "ZjExNDNiMDAtNjk1MS0xMw== b@x.test -"],
                streams: ["ZjExNDNiMDAtNjk1MS0xNA== 1", "ZjExNDNiMDAtNjk1MS0xNQ== 2"],
                sends: ["ZjExNDNiMDAtNjk1MS0xMg==>ZjExNDNiMDAtNjk1MS0xNQ==", "ZjExNDNiMDAtNjk1MS0xMw==>ZjExNDNiMDAtNjk1MS0xNA=="],
                session: "ZjExNDNiMDAtNjk1MS0xMQ==",
                identities: [
                    "ZjExNDNiMDAtNjk1MS0xMg== callData fromhdr: Ann sip:a@x.test", "ZjExNDNiMDAtNjk1MS0xMw== callData tohdr: - sip:b@x.test;user=phone",
                ],
                extensions: ["group callid=c1@x.test", "group gcid=77"], statedStart: "1970-01-01T00:00:07.000000000Z", isInSession: false)),
        Sample(
            product: "Avaya SBCE", text: avaya,
            expected: Expected(
                people: ["0123456789abcdef0123 sip:1001@x.test Ann"], streams: ["9876543210abcdef0123 10"],
                sends: ["0123456789abcdef0123>9876543210abcdef0123"], session: "00FA0800010007AABBCCDD", statedStart: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "Metaswitch", text: metaswitch,
            expected: Expected(
                people: ["PA 2015550100 2015550100", "PB 2015550101 2015550101"], streams: ["T1 1"], sends: ["PA>T1", "PB>T1"], session: "S",
                identities: ["PA metaswitchRecordingMetadata callingPartyNumber: - +2015550100"],
                extensions: ["recording callType=originating", "recording dialedDigits=50101"])),
        Sample(
            product: "BroadWorks", text: broadWorks,
            expected: Expected(
                people: ["urn:uuid:PA sip:+15550100@x.test -", "urn:uuid:PB sip:2002@x.test;user=phone -"], streams: ["urn:uuid:T1 1"],
                sends: ["urn:uuid:PA>urn:uuid:T1", "urn:uuid:PB>urn:uuid:T1"], session: "urn:uuid:S",
                identities: [
                    "urn:uuid:PA broadWorksRecordingMetadata callingPartyNumber: - tel:+15550100",
                    "urn:uuid:PB broadWorksRecordingMetadata calledPartyNumber: - 2002",
                ],
                extensions: ["session extTrackingID=7:1", "session groupID=", "group initiator=sip:u@d.test", "recording requestor=SRC"],
                statedStart: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "OpenSIPS", text: openSIPS, hints: ["boundary": "OSS-unique-boundary-42", "callID": "B2B.1.2.3"],
            expected: Expected(
                people: ["PA sip:@x.test A & Co", "PB sip:b@x.test -"], streams: [], sends: [], session: "S",
                statedStart: "2026-01-02T03:04:05.000000000Z")),
        Sample(
            product: "FreeSWITCH", text: freeSWITCH,
            expected: Expected(
                people: ["abcdefghijklmnopqrstuvwx sip:a@x.test A", "bbcdefghijklmnopqrstuvwx sip:b@x.test B"],
                streams: ["cbcdefghijklmnopqrstuvwx inbound", "dbcdefghijklmnopqrstuvwx outbound"], sends: [],
                session: "11111111-2222-4333-8444-555555555555", isInSession: false)),
        Sample(
            product: "jambonz",
            text: plain(
                ("1", "2"),
                session: "<extensiondata xmlns:jb=\"http://jambonz.org/siprec\"><jb:callsid>c</jb:callsid><jb:callednumber>a</jb:callednumber></extensiondata>"),
            hints: ["userAgent": "drachtio"],
            expected: {
                var out = plainExpected(("1", "2"), extensions: ["session callsid=c"])
                out.identities = ["PA jb callednumber: - a"]
                return out
            }()),
        Sample(product: "SEMS", text: plain(("a_leg", "b_leg")), hints: ["origin": "sems"], expected: plainExpected(("a_leg", "b_leg"))),
        Sample(
            product: "NetSapiens", text: netSapiens,
            expected: Expected(
                people: ["1001w@x.test sip:1001w@x.test A", "+15550101 sip:+15550101@x.test -"],
                streams: ["0123456789abcdef0123456789abcdef 1", "1123456789abcdef0123456789abcdef 2"], sends: [], session: "20260102030405",
                identities: [
                    "1001w@x.test netsapiensExtension uid: - 1001@x.test", "1001w@x.test netsapiensExtension name: Ann Abel -",
                    "1001w@x.test netsapiensExtension number: - 1001",
                ],
                extensions: ["recording groupSeq=4"], isInSession: false)),
        Sample(
            product: "Genesys", text: plain(("1", "2")), hints: ["headers": "x-genesys-calluuid from"], expected: plainExpected(("1", "2"))),
        Sample(
            product: "Telnyx",
            text: plain(("inbound", "outbound"), session: "<ExtensionParameters><crm>42</crm></ExtensionParameters>"),
            expected: plainExpected(("inbound", "outbound"), extensions: ["session crm=42"])),
        Sample(
            product: "Twilio", text: plain(("inbound", "outbound")), hints: ["userAgent": "Twilio Gateway"], expected: plainExpected(("inbound", "outbound"))),
    ]
}
