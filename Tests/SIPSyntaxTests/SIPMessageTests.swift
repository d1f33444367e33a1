import Evidence
import TestSupport
import Testing

@testable import SIPSyntax

/// RFC 4475 in spirit: what is odd but valid is read, what is broken is kept and remarked upon.
struct SIPMessageTests {
    @Test func foldedCompactAndOddlySpacedFieldsAreRead() throws {
        let message = try #require(
            parse([
                "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0", "TO :", " sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n",
                "f   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>", "  ;", "  tag = 98asjd8", "MaX-fOrWaRdS: 0068", "i: wsinv.ndaksdj@192.0.2.1",
                "cseq: 0009", "  INVITE", "v:  SIP  / 2.0", " /UDP", "    192.0.2.2;branch=390skdjuw", "s :",
                "NewFangledHeader:   newfangled value", " continued newfangled value", "UnknownHeaderWithUnusualValue: ;;,,;;,;",
                "m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =", "      newvalue ;", "  secondparam ; q = 0.33",
            ]))
        #expect(message.callID == "wsinv.ndaksdj@192.0.2.1")
        #expect(message.toTag == "1918181833n")
        #expect(message.fromTag == "98asjd8")
        #expect(message.from?.displayName == "J Rosenberg \\\"")
        #expect(message.cseq == CSeq(number: 9, method: "INVITE"))
        #expect(message.first("newfangledheader") == "newfangled value continued newfangled value")
        #expect(message.first("Subject") == "")
        #expect(message.topViaBranch == "390skdjuw")
        #expect(message.contacts.first?.displayName == "Quoted string \"\"")
        #expect(message.contacts.first?.parameters.value("newparam") == "newvalue")
        #expect(message.contacts.first?.parameters.contains(named: "secondparam") == true)
        #expect(message.remarks.isEmpty)
    }

    @Test(arguments: [
        ("Contact: sip:a@b;+sip.src", true), ("Contact: <sip:a@b;+sip.src>", false), ("m: <sip:a@b>;+sip.src", true),
        ("Contact: \"x;+sip.src\" <sip:a@b>", false), ("Contact: <sip:a@b>;+sip.src=\"<true>\"", true),
    ])
    func featureTagIsAHeaderParameterOnlyOutsideTheBrackets(_ line: String, _ expected: Bool) throws {
        let message = try #require(parse([inviteLine] + plainHeaders + [line]))
        #expect(message.contacts.first?.parameters.contains(named: "+sip.src") == expected)
    }

    @Test func repeatedFieldsAndCommaListsAreTheSame() throws {
        let message = try #require(
            parse([inviteLine] + plainHeaders + ["Require: 100rel, SIPREC", "Require: timer", "k: a,b", "Contact: \"a, b\" <sip:x@y>, <sip:c,d@y>"]))
        #expect(message.requires == ["100rel", "siprec", "timer"])
        #expect(message.supported == ["a", "b"])
        #expect(message.contacts.map(\.uri.raw) == ["sip:x@y", "sip:c,d@y"])
    }

    @Test(
        arguments: [
            ("sip:user;par=u%40example.net@example.com", "user;par=u%40example.net", "example.com", nil),
            ("sips:a:secret@[2001:DB8::1]:5061;transport=tls?x=y", "a", "[2001:db8::1]", 5061), ("sip:example.com:99999", nil, "example.com", nil),
            ("tel:+1-555;phone-context=x", "+1-555", "", nil), ("urn:service:sos", nil, "", nil), ("", nil, "", nil), ("sip:@host", "", "host", nil),
        ] as [(String, String?, String, UInt16?)])
    func uriFallsIntoItsParts(_ text: String, _ user: String?, _ host: String, _ port: UInt16?) {
        let uri = SIPURI(parsing: text)
        #expect(uri.user == user)
        #expect(uri.host == host)
        #expect(uri.port == port)
        #expect(uri.raw == text)
    }

    @Test func addressOfRecordLeavesOutPortPasswordAndParameters() {
        #expect(SIPURI(parsing: "SIP:a:p@Example.COM:5070;x=y").addressOfRecord == "sip:a@example.com")
        #expect(SIPURI(parsing: "tel:+15551234;ext=1").addressOfRecord == "tel:+15551234")
    }

    @Test func contactWithoutClosingBracketStillShowsItsAddress() throws {
        let message = try #require(parse([inviteLine] + plainHeaders + ["Contact: <sip:a@192.0.2.9:5060;+sip.src"]))
        let contact = try #require(message.contacts.first)
        #expect(contact.uri.user == "a")
        #expect(contact.isMalformed)
        #expect(message.codes == ["SIP004"])
    }

    @Test func contentLengthLargerThanTheBodyMarksItIncomplete() throws {
        let message = try #require(parse([inviteLine] + plainHeaders + ["l: 10"], body: "abc"))
        #expect(!message.bodyIsComplete)
        #expect(message.raw[message.body] == [0x61, 0x62, 0x63])
        #expect(message.codes == ["SIP001"])
    }

    @Test func contentLengthSmallerThanTheDatagramIsHonoured() throws {
        let message = try #require(parse([inviteLine] + plainHeaders + ["Content-Length: 2"], body: "abcdef"))
        #expect(message.body.count == 2)
        #expect(message.excess.count == 4)
        #expect(message.codes == ["SIP007"])
    }

    @Test(arguments: ["-999", "99999999999999999999999", "1 2", ""])
    func absurdContentLengthDoesNotTrap(_ value: String) throws {
        let message = try #require(parse([inviteLine] + plainHeaders + ["Content-Length: \(value)"], body: "abc"))
        #expect(message.body.count == 3)
        #expect(!message.remarks.isEmpty)
    }

    @Test func bareLineFeedsAreReadAndCounted() throws {
        let text = ([inviteLine] + plainHeaders + ["Content-Length: 4", "", "a\nb\n"]).joined(separator: "\n")
        let message = try #require(SIPMessage(parsing: Array(text.utf8), limits: Limits()))
        #expect(message.codes == ["SIP003"])
        #expect(Array(message.raw[message.body]) == Array("a\nb\n".utf8))
        #expect(message.bodyIsComplete)
    }

    @Test func missingRequiredFieldsAreNamedOnce() throws {
        let message = try #require(parse([inviteLine, "From: sip:a@b", "CSeq: 1 INVITE"]))
        #expect(message.codes == ["SIP002"])
        #expect(message.remarks[0].message == "no Via, To, Call-ID")
    }

    @Test func cutHeaderIsToldFromAMalformedOne() throws {
        let message = try #require(SIPMessage(parsing: Array("\(inviteLine)\r\nVia: SIP/2.0/UDP x\r\nFrom: <sip:a@b\r\nCon".utf8), limits: Limits()))
        #expect(message.codes == ["SIP009", "SIP004"])
        let cut = try #require(SIPMessage(parsing: Array("\(inviteLine)\r\nVia: SIP/2.0/UDP x\r\nFrom: <sip:a@b".utf8), limits: Limits()))
        #expect(cut.codes == ["SIP009"])
        #expect(!cut.bodyIsComplete)
    }

    @Test func lineWithoutColonIsKept() throws {
        let message = try #require(parse([inviteLine] + plainHeaders + ["this is no header"]))
        #expect(message.headers.last?.value == "this is no header")
        #expect(message.headers.last?.name == "")
        #expect(message.codes == ["SIP004"])
        #expect(message.remarks[0].offset == message.headers.last?.offset)
    }

    @Test func boundsAreKeptAndRemarked() throws {
        var limits = Limits()
        limits.sipHeaders = 6
        let many = octets([inviteLine] + plainHeaders + (0..<50).map { "X-\($0): v" }, body: "b")
        let message = try #require(SIPMessage(parsing: many, limits: limits))
        #expect(message.headers.count == 6)
        #expect(message.raw[message.body] == [0x62])
        #expect(message.codes == ["SIP006"])
        limits.sipMessageOctets = 100
        let cut = try #require(SIPMessage(parsing: many, limits: limits))
        #expect(cut.raw.count == 100)
        #expect(!cut.bodyIsComplete)
    }

    @Test(arguments: [
        "SIP/2.0 200 OK", "SIP/2.0 100", "sip/2.0 183  Early", "INVITE sip:a@b SIP/2.0", "\r\n\r\nBYE sip:a@b SIP/2.0",
        "!interesting-Method0123456789_*+`.%indeed'~ sip:a@b SIP/2.0",
    ])
    func startLinesOfSIPAreRecognised(_ line: String) {
        let bytes = octets([line] + plainHeaders)
        #expect(SIPMessage(parsing: bytes, limits: Limits()) != nil)
        let isLikely = !line.hasPrefix("!")
        #expect(looksLikeSIP(bytes) == isLikely)
    }

    @Test(arguments: ["GET / HTTP/1.1", "RTSP/1.0 200 OK", "SIP/2.0 20 OK", "INVITE SIP/2.0", "", "SIP/2.0", "\u{80}\u{1}\u{2}", "HEP3 x y"])
    func otherProtocolsAreNotSIP(_ line: String) {
        let bytes = octets([line])
        #expect(SIPMessage(parsing: bytes, limits: Limits()) == nil)
        #expect(!looksLikeSIP(bytes))
    }

    @Test func everyTruncationIsRead() throws {
        let whole = octets(
            [inviteLine] + plainHeaders + ["Contact: \"q\\\" <sip:a@[::1]:5;x>;+sip.src", "c: multipart/mixed;boundary=b", "l: 70"],
            body: "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b\r\n\r\nx\r\n--b--\r\n")
        for length in 0...whole.count {
            let bytes = Array(whole[..<length])
            _ = looksLikeSIP(bytes)
            guard let message = SIPMessage(parsing: bytes, limits: Limits()) else {
                #expect(length < inviteLine.utf8.count)
                continue
            }
            #expect(message.body.upperBound <= length)
            for part in message.parts(limits: Limits()) { #expect(part.offset + part.octets.count <= length) }
            _ = (message.contacts, message.from, message.topViaBranch, message.cseq, message.userAgent)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func damagedMessagesNeverTrap(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let whole = octets(
            [inviteLine] + plainHeaders + ["Contact: \"a\" <sip:a@b>;q=1", "c: multipart/mixed;boundary=\"b\"", "l: 30"],
            body: "--b\r\n\r\nx\r\n--b--\r\n")
        for _ in 0..<400 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let message = SIPMessage(parsing: bytes, limits: Limits()) {
                #expect(message.bodyStart <= bytes.count, "seed \(seed)")
                _ = (message.parts(limits: Limits()), message.contacts, message.from, message.to, message.topViaBranch)
            }
            let noise = random.bytes(64)
            _ = looksLikeSIP(noise)
        }
    }
}
