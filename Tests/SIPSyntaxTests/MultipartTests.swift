import Evidence
import Testing

@testable import SIPSyntax

struct MultipartTests {
    private static let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n"
    private static let xml = "<?xml version=\"1.0\"?>\r\n<recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"/>"

    private func parts(_ type: String, _ body: String, length: Int? = nil) throws -> [BodyPart] {
        let message = try #require(parse([inviteLine] + plainHeaders + ["Content-Type: \(type)", "Content-Length: \(length ?? body.utf8.count)"], body: body))
        let parts = message.parts(limits: Limits())
        for part in parts where !part.isTransferDecoded { #expect(Array(message.raw[part.offset..<(part.offset + part.octets.count)]) == Array(part.octets)) }
        return parts
    }

    private var body: String {
        "preamble\r\n--b1\r\nContent-Type:application/SDP\r\n\r\n\(Self.sdp)\r\n--b1 \r\nContent-Type: application/rs-metadata+xml; charset=x\r\n"
            + "Content-Disposition: Recording-Session;handling=required\r\n\r\n\(Self.xml)\r\n--b1--\r\nepilogue\r\n--b1\r\n\r\nno part"
    }

    @Test(arguments: [
        "multipart/mixed;boundary=b1", "MULTIPART/Mixed ; charset=utf-8; BOUNDARY=\"b1\"", "multipart/mixed; boundary=\"b1 \"",
        "multipart/mixed;boundary=b1 ",
    ])
    func preambleAndEpilogueAreNoParts(_ type: String) throws {
        let found = try parts(type, body)
        #expect(found.map(\.kind) == [.sdp, .recordingMetadata])
        #expect(found.map(\.contentType) == ["application/sdp", "application/rs-metadata+xml"])
        #expect(Array(found[0].octets) == Array(Self.sdp.utf8))
        #expect(Array(found[1].octets) == Array(Self.xml.utf8))
        #expect(found[1].disposition == "recording-session")
        #expect(found[1].parameters.value("charset") == "x")
        #expect(found.allSatisfy { $0.remarks.isEmpty && $0.isComplete })
    }

    @Test func lineFeedsAloneSeparateParts() throws {
        let found = try parts("multipart/mixed;boundary=b1", body.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n"))
        #expect(found.map(\.kind) == [.sdp, .recordingMetadata])
        #expect(Array(found[1].octets) == Array(Self.xml.split(separator: "\r\n").joined(separator: "\n").utf8))
    }

    @Test(arguments: ["multipart/mixed;boundary=other", "multipart/mixed"])
    func boundaryThatTheBodyReallyUsesIsTaken(_ type: String) throws {
        let found = try parts(type, body)
        #expect(found.map(\.kind) == [.sdp, .recordingMetadata])
        #expect(found[0].remarks.map(\.rule.code) == ["SIP005"])
    }

    @Test func missingClosingBoundaryEndsThePartWithTheBody() throws {
        let text = "--b1\r\nContent-Type: application/sdp\r\n\r\n\(Self.sdp)"
        let found = try parts("multipart/mixed;boundary=b1", text)
        #expect(found.count == 1)
        #expect(Array(found[0].octets) == Array(Self.sdp.utf8))
        #expect(found[0].isComplete)
        #expect(found[0].remarks.map(\.rule.code) == ["SIP005"])
        let cut = try parts("multipart/mixed;boundary=b1", text, length: text.utf8.count + 100)
        #expect(!cut[0].isComplete)
    }

    @Test func nestedMultipartsAreFlattened() throws {
        let inner = "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b\r\nContent-Type: text/plain\r\n\r\nt\r\n--b--"
        let found = try parts(
            "multipart/mixed;boundary=b1", "--b1\r\nContent-Type: multipart/alternative;boundary=b\r\n\r\n\(inner)\r\n--b1\r\n\r\nlast\r\n--b1--")
        #expect(found.map(\.contentType) == ["application/sdp", "text/plain", ""])
        #expect(found.map { String(decoding: $0.octets, as: UTF8.self) } == ["v=0", "t", "last"])
    }

    @Test func depthAndNumberOfPartsAreBounded() throws {
        var nested = "x"
        for level in 0..<40 { nested = "--b\(level)\r\nContent-Type: multipart/mixed;boundary=b\(level - 1)\r\n\r\n\(nested)\r\n--b\(level)--\r\n" }
        let deep = try parts("multipart/mixed;boundary=b39", nested)
        #expect(deep.flatMap(\.remarks).contains { $0.rule == .sip006 })
        let many = try parts("multipart/mixed;boundary=b", String(repeating: "--b\r\n\r\nx\r\n", count: 1000) + "--b--")
        #expect(many.count == Limits().multipartParts)
        #expect(many[0].remarks.contains { $0.rule == .sip006 })
    }

    @Test func blankLineForgottenBeforeTheContent() throws {
        let found = try parts("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/sdp\r\nv=0\r\n--b--")
        #expect(Array(found[0].octets) == Array("v=0".utf8))
        #expect(found[0].kind == .sdp)
    }

    @Test func lengthThatCutsAMultipartIsOverruledByItsClosingBoundary() throws {
        let found = try parts("multipart/mixed;boundary=b1", body, length: 120)
        #expect(found.map(\.kind) == [.sdp, .recordingMetadata])
        #expect(Array(found[1].octets) == Array(Self.xml.utf8))
    }

    @Test(arguments: [
        ("base64", "djBhCg==", "v0a\n"), ("BASE64", "dj\r\n0w", "v=0"), ("quoted-printable", "v=3D0=\r\nx=20", "v=0x "), ("binary", "v=3D", "v=3D"),
    ])
    func transferEncodingsAreUndone(_ encoding: String, _ text: String, _ expected: String) throws {
        let found = try parts("multipart/mixed;boundary=b", "--b\r\nContent-Transfer-Encoding: \(encoding)\r\n\r\n\(text)\r\n--b--")
        #expect(String(decoding: found[0].octets, as: UTF8.self) == expected)
        #expect(found[0].remarks.isEmpty)
    }

    @Test func undecodableContentIsKept() throws {
        let found = try parts("multipart/mixed;boundary=b", "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n<not base64>\r\n--b--")
        #expect(String(decoding: found[0].octets, as: UTF8.self) == "<not base64>")
        #expect(found[0].remarks.map(\.rule.code) == ["SIP008"])
    }

    @Test(arguments: [
        ("text/xml", "\u{FEFF}\r\n<?xml version='1.0'?><!-- c -->\n<tns:recording xmlns:tns='x'>", BodyPart.Kind.recordingMetadata),
        ("application/xml", "<recording_metadata>", .recordingMetadata), ("", "<requestsnapshot/>", .recordingMetadata),
        ("text/plain", "<recordings/>", .other),
        ("text/plain", "v=0\r\n", .sdp), ("application/rs-metadata", "", .other), ("application/pidf+xml", "<presence/>", .other),
        ("application/rs-metadata-request", "x", .recordingMetadata),
        ("application/rs-metadata+xml", "v=0\r\ns=-\r\n", .sdp), ("application/sdp", "<recording/>", .recordingMetadata), ("application/sdp", "x", .sdp),
        ("application/xml", "\u{0}<\u{0}r\u{0}e\u{0}c\u{0}o\u{0}r\u{0}d\u{0}i\u{0}n\u{0}g\u{0}>", .recordingMetadata),
    ])
    func kindIsTakenFromTypeElseFromTheFirstOctets(_ type: String, _ text: String, _ kind: BodyPart.Kind) throws {
        let found = try parts(type, text)
        #expect(found.first?.kind ?? .other == kind)
    }

    // MARK: What the deviation catalogue lists

    @Test(arguments: [
        "multipart/mixed;boundary=b1;", "multipart/mixed;boundary=b1;;x", "multipart/mixed; boundary = b1 ; type=\"a;b\"",
        "multipart/mixed;boundary=\"b1\" junk",
        "multipart/related;boundary='b1'", "multipart/mixed;BOUNDARY=B1", "application/sdp", "application/rs-metadata+xml",
    ])
    func oddBoundaryParametersStillOpenTheParts(_ type: String) throws {
        let text = "--b1\r\nContent-Type:application/sdp\r\n\r\n\(Self.sdp)\r\n--b1\r\nContent-Type: application/rs-metadata\r\n\r\n\(Self.xml)\r\n--b1--\r\n"
        let found = try parts(type, text)
        #expect(found.map(\.kind) == [.sdp, .recordingMetadata])
        #expect(found.map { Array($0.octets) } == [Array(Self.sdp.utf8), Array(Self.xml.utf8)])
    }

    @Test func textThatQuotesABoundaryIsNotDivided() throws {
        let found = try parts("text/plain", "see:\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n\(Self.sdp)\r\n--b1--\r\n")
        #expect(found.count == 1)
    }

    /// `v=0` packed by gzip, by zlib and without any head.
    private static let packed: [(coding: String, octets: [UInt8])] = [
        ("gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x2B, 0xB3, 0x35, 0, 0, 0xE2, 0xB5, 0x0C, 0xE3, 3, 0, 0, 0]),
        ("deflate", [0x78, 0x9C, 0x2B, 0xB3, 0x35, 0x00, 0x00, 0x02, 0x0F, 0x00, 0xE4]), ("Deflate", [0x2B, 0xB3, 0x35, 0x00, 0x00]),
    ]

    private func message(_ headers: [String], _ body: [UInt8]) throws -> SIPMessage {
        let head = ([inviteLine] + plainHeaders + headers + ["Content-Length: \(body.count)"]).joined(separator: "\r\n") + "\r\n\r\n"
        return try #require(SIPMessage(parsing: Array(head.utf8) + body, limits: Limits()))
    }

    @Test func packedPartsAndBodiesAreUnpacked() throws {
        for (coding, octets) in Self.packed {
            let part = Array("--b\r\nContent-Type: application/sdp\r\nContent-Encoding: \(coding)\r\n\r\n".utf8) + octets + Array("\r\n--b--".utf8)
            let inside = try message(["Content-Type: multipart/mixed;boundary=b"], part).parts(limits: Limits())
            let whole = try message(["Content-Type: application/sdp", "Content-Encoding: \(coding)"], octets).parts(limits: Limits())
            for found in [inside, whole] {
                #expect(found.map { String(decoding: $0.octets, as: UTF8.self) } == ["v=0"], "\(coding)")
                #expect(found.first?.kind == .sdp && found.first?.isTransferDecoded == true && found.first?.remarks.isEmpty == true)
            }
        }
    }

    @Test func whatDoesNotUnpackIsKeptAndSaid() throws {
        let (coding, octets) = Self.packed[0]
        for count in 0..<octets.count {
            let found = try message(["Content-Type: x/y", "Content-Encoding: \(coding)"], Array(octets[..<count]) + [0]).parts(limits: Limits())
            #expect(found.first.map { Array($0.octets) } == Array(octets[..<count]) + [0] || count > 14)
            #expect(found.first?.remarks.map(\.rule.code) == ["SIP008"] || count > 14)
        }
        let odd = try message(["Content-Type: x/y", "Content-Encoding: br"], [1, 2]).parts(limits: Limits())
        #expect(odd.first?.remarks.map(\.rule.code) == ["SIP008"])
    }
}
