import Evidence
import Testing

@testable import CaptureSurvey
@testable import PacketInput
@testable import RecordingAccount
@testable import RecordingPlan
@testable import RecordingPlanner
@testable import RecordingRecords
@testable import RecordingRender

/// No key and no credential may reach `signalling.txt`, however it is written.
struct SignallingTextTests {
    private func redacted(_ text: String) -> String { String(decoding: SignallingText.redacted(Array(text.utf8)), as: UTF8.self) }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let expected: String
    }

    static let cases: [Case] = [
        Case(
            testDescription: "one inline key keeps lifetime and MKI", text: "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:SECRET+/=|2^20|1:4\r\na=x\r\n",
            expected: "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[redacted]|2^20|1:4\r\na=x\r\n"),
        Case(
            testDescription: "several inline keys", text: "a=crypto:1 X inline:SECRET1|2^20|1:4;inline:SECRET2|2^20|2:4 KDR=1\r\n",
            expected: "a=crypto:1 X inline:[redacted]|2^20|1:4;inline:[redacted]|2^20|2:4 KDR=1\r\n"),
        Case(testDescription: "upper case", text: "A=CRYPTO:1 X INLINE:SECRET\r\n", expected: "A=CRYPTO:1 X INLINE:[redacted]\r\n"),
        Case(testDescription: "key at the end of the octets", text: "a=crypto:1 X inline:SECRET", expected: "a=crypto:1 X inline:[redacted]"),
        Case(
            testDescription: "FEC key", text: "a=crypto:1 X inline:SECRET FEC_KEY=inline:SECRET\r\n",
            expected: "a=crypto:1 X inline:[redacted] FEC_KEY=inline:[redacted]\r\n"),
        Case(
            testDescription: "MIKEY", text: "a=key-mgmt:mikey SECRET==\r\nA=Key-Mgmt:mikey SECRET\n",
            expected: "a=key-mgmt: [redacted]\r\nA=Key-Mgmt: [redacted]\n"),
        Case(
            testDescription: "credentials of both kinds", text: "Authorization: Digest response=\"SECRET\"\r\nPROXY-AUTHORIZATION:Digest SECRET\r\nVia: x\r\n",
            expected: "Authorization: [redacted]\r\nPROXY-AUTHORIZATION: [redacted]\r\nVia: x\r\n"),
        Case(
            testDescription: "nothing secret", text: "Via: SIP/2.0/UDP a\r\nk: siprec\r\nSubject: the online inline\r\n folded\r\n\r\na=crypt\r\n--b\r\nx",
            expected: "Via: SIP/2.0/UDP a\r\nk: siprec\r\nSubject: the online inline\r\n folded\r\n\r\na=crypt\r\n--b\r\nx"),
    ]

    @Test(arguments: cases) func whatFollowsAKeyWordIsReplaced(_ item: Case) { #expect(redacted(item.text) == item.expected) }

    static let leaks: [String] = [
        // RFC 3261 section 7.3.1: a line that begins with a blank continues the field.
        "Authorization: Digest username=\"bob\",\r\n response=\"SECRET\"\r\nVia: x\r\n",
        "Authorization:\r\n\tDigest response=\"SECRET\"\r\nVia: x\r\n",
        "Proxy-Authorization: Digest a=b,\r\n c=d,\r\n  response=\"SECRET\"\r\nVia: x\r\n",
        "Authorization: Digest a=b,\n response=\"SECRET\"\nVia: x\n",
        // RFC 3261 section 25.1: HCOLON may have blanks before the colon.
        "Authorization : Digest response=\"SECRET\"\r\nVia: x\r\n",
        "Proxy-Authorization\t: Digest response=\"SECRET\"\r\nVia: x\r\n",
        // RFC 4566 section 5.12, obsolete and in use.
        "v=0\r\nk=clear:SECRET\r\nVia: x\r\n", "v=0\r\nk=base64:SECRET\r\nVia: x\r\n", "v=0\r\nK=prompt:SECRET\r\nVia: x\r\n",
        // Not by the grammar, but a key all the same.
        "a=crypto:1 X inline: SECRET\r\nVia: x\r\n", "a=key-mgmt :mikey SECRET\r\nVia: x\r\n",
    ]

    @Test(arguments: leaks) func noWritingOfASecretSurvives(_ text: String) {
        let out = redacted(text)
        #expect(!out.contains("SECRET"))
        #expect(out.contains("Via: x"))
    }

    @Test func keysInNestedMultipartBodiesAreReplaced() {
        let inner = "--in\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 1 RTP/SAVP 0\r\na=crypto:1 X inline:SECRET|1:4\r\n--in--\r\n"
        let text =
            "INVITE sip:x SIP/2.0\r\nContent-Type: multipart/mixed;boundary=out\r\n\r\n--out\r\nContent-Type: multipart/alternative;boundary=in\r\n\r\n"
            + inner + "--out--\r\n"
        let out = redacted(text)
        #expect(!out.contains("SECRET"))
        #expect(out.contains("a=crypto:1 X inline:[redacted]|1:4\r\n--in--"))
    }

    /// RFC 2045 section 6.8: a part in base64 hides its keys from a search, not from a reader.
    @Test func bodiesInBase64AreReplaced() {
        let body = Base64.encode(Array("v=0\r\na=crypto:1 X inline:SECRET\r\n".utf8))
        let text =
            "INVITE sip:x SIP/2.0\r\n\r\n--b\r\nContent-Transfer-Encoding: BASE64\r\nContent-Type: application/sdp\r\n\r\n\(body)\r\n--b\r\n"
            + "Content-Type: text/plain\r\n\r\nplain\r\n--b--\r\n"
        let out = redacted(text)
        #expect(!out.contains(body))
        #expect(out.contains("Content-Type: application/sdp\r\n\r\n"))
        #expect(out.hasSuffix("--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b--\r\n"))
    }

    @Test func linesKeepTheirNumber() {
        let text = Self.cases.map(\.text).joined() + Self.leaks.joined()
        #expect(redacted(text).utf8.filter { $0 == 0x0A }.count == text.utf8.filter { $0 == 0x0A }.count)
    }
}
