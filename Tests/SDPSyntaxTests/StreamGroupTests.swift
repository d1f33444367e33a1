import Evidence
import SDPSyntax
import Testing

/// Lines and sources that belong together.
struct StreamGroupTests {
    private func parse(_ lines: [String]) throws -> SessionDescription {
        try #require(SessionDescription(parsing: Array(lines.joined(separator: "\r\n").utf8)))
    }

    /// The example of RFC 5956 section 4.1, shortened, with one of RFC 5576 section 4.2 and one of RFC 7104 section 4.2.
    @Test func groupsOfLinesAndSources() throws {
        let description = try parse([
            "v=0", "a=group:FEC-FR S1 R1", "a=group:BUNDLE S1 R1", "a=group:DUP S1a  S1b", "a=group:FEC-FR", "m=video 30000 RTP/AVP 100", "a=mid:S1",
            "a=ssrc-group:FEC-FR 1000 1010", "a=ssrc-group:dup 1000 1020", "a=ssrc-group:SIM 1 2", "a=ssrc-group:FID 1 x", "a=ssrc-group:FID 99999999999 2",
        ])
        #expect(description.mediaGroups.map(\.semantics) == [.repair, .duplicate])
        #expect(description.mediaGroups.map(\.members) == [["S1", "R1"], ["S1a", "S1b"]])
        let media = try #require(description.media.first)
        #expect(media.sourceGroups.map(\.semantics) == [.repair, .duplicate])
        #expect(media.sourceGroups.map(\.members) == [[SSRC(1000), SSRC(1010)], [SSRC(1000), SSRC(1020)]])
    }

    @Test func groupsAreBounded() throws {
        let lines = ["v=0"] + (0..<1000).map { "a=group:FEC-FR \($0) x" } + ["m=audio 1 RTP/AVP 0"] + (0..<1000).map { "a=ssrc-group:DUP \($0) 1" }
        let description = try parse(lines)
        #expect(description.mediaGroups.count == 256)
        #expect(description.media.first?.sourceGroups.count == 256)
    }
}
