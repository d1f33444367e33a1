import Evidence
import Testing

@testable import SDPSyntax

/// RFC 4568 sections 6.1 and 9.2; keys from its examples.
struct CryptoAttributeTests {
    private static let key = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"

    @Test(
        arguments: [
            ("|2^20|1:4", UInt64(1) << 20, [0, 0, 0, 1]), ("", nil, nil), ("|1066:4", nil, [0, 0, 4, 42]), ("|65536", 65536, nil),
            ("|2^48|258:2", UInt64(1) << 48, [1, 2]), ("|1:4|2^10", 1024, [0, 0, 0, 1]), ("|2^99", UInt64.max, nil),
            ("|2^31|18446744073709551616:9", UInt64(1) << 31, [1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] as [(String, UInt64?, [UInt8]?)])
    func lifetimeAndIdentifierAreToldApartByTheColon(_ tail: String, _ lifetime: UInt64?, _ mki: [UInt8]?) throws {
        let line = try #require(CryptoAttribute(parsing: "1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.key)\(tail)", offset: 7))
        #expect(line.tag == 1)
        #expect(line.keys.count == 1)
        #expect(line.keys[0].keyAndSalt.count == 30)
        #expect(Base64.encode(line.keys[0].keyAndSalt) == Self.key)
        #expect(line.keys[0].lifetime == lifetime)
        #expect(line.keys[0].mki == mki)
        #expect(line.keys[0].mkiLength == mki?.count ?? 0)
        #expect(line.fitsSuite)
        #expect(line.offset == 7)
    }

    @Test func severalKeysAndSessionParametersAreRead() throws {
        let line = try #require(
            CryptoAttribute(
                parsing: "2  F8_128_HMAC_SHA1_80  inline:\(Self.key)|2^20|1:4;inline:\(Self.key)|2^20|2:4  FEC_ORDER=FEC_SRTP KDR=3 BOGUS -odd",
                offset: 0))
        #expect(line.keys.map(\.mki) == [[0, 0, 0, 1], [0, 0, 0, 2]])
        #expect(line.sessionParameters == ["FEC_ORDER=FEC_SRTP", "KDR=3", "BOGUS", "-odd"])
        #expect(line.unknownMandatoryParameters == ["BOGUS"])
    }

    @Test(arguments: [
        ("AES_CM_128_HMAC_SHA1_32", 30), ("AES_192_CM_HMAC_SHA1_80", 38), ("AES_256_CM_HMAC_SHA1_80", 46), ("AES_CM_256_HMAC_SHA1_32", 46),
        ("AEAD_AES_128_GCM", 28),
        ("AEAD_AES_256_GCM", 44),
    ])
    func keyLengthHasToFitTheSuite(_ suite: String, _ need: Int) throws {
        for (count, fits) in [(need, true), (need - 1, false), (need + 1, false)] {
            let text = Base64.encode([UInt8](repeating: 7, count: count)).filter { $0 != "=" }
            let line = try #require(CryptoAttribute(parsing: "1 \(suite) inline:\(text)", offset: 0))
            #expect(line.fitsSuite == fits)
            let description = try #require(sdp(["v=0", "m=audio 4 RTP/SAVP 0", "a=crypto:1 \(suite) inline:\(text)"]))
            #expect(description.remarks.map(\.rule.code) == (fits ? [] : ["SDP105"]))
            #expect(description.media[0].cryptoLines.count == 1)
        }
    }

    @Test(arguments: [
        "", "1", "1 AES_CM_128_HMAC_SHA1_80", "x AES_CM_128_HMAC_SHA1_80 inline:AAAA", "1 S inline:", "1 S inline:A*A", "1 S uri:AAAA", "1 S inline:AAAA|1:0",
        "1 S inline:AAAA|1:129",
        "1 S inline:AAAA|256:1", "1 S inline:AAAA|2^x", "1 S inline:AAAA|1|2|3", "1 S inline:AAAA|1:4|2:4", "1 S ;",
    ])
    func linesOutsideTheGrammarAreRefused(_ text: String) throws {
        #expect(CryptoAttribute(parsing: text, offset: 0) == nil)
        let description = try #require(sdp(["v=0", "m=audio 4 RTP/SAVP 0", "a=crypto:\(text)"]))
        #expect(description.remarks.map(\.rule.code) == ["SDP105"])
        #expect(description.media[0].cryptoLines.isEmpty)
    }

    @Test func noTextFormShowsAKey() throws {
        let text = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.key)|1:4 FEC_KEY=inline:\(Self.key)"
        let description = try #require(sdp(["v=0", "m=audio 4 RTP/SAVP 0", text]))
        let line = try #require(description.media[0].cryptoLines.first)
        var dumped = ""
        dump(description, to: &dumped)
        dump(line, to: &dumped)
        dump(line.keys[0], to: &dumped)
        let media = description.media[0]
        for text in [dumped, "\(description)", "\(line)", String(reflecting: line), "\(line.keys)", "\(media.attributes)", "\(description.lines)"] {
            #expect(!text.contains(Self.key))
            #expect(!text.contains("119, 68, 102"))
        }
        #expect(line.description.contains("AES_CM_128_HMAC_SHA1_80"))
    }
}
