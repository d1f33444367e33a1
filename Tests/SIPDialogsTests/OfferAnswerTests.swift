import Evidence
import SDPSyntax
import SIPSyntax
import Testing

@testable import SIPDialogs

/// Where offers and answers stand, one row a placement (RFC 6337 table 1).
struct OfferAnswerTests {
    struct Placement: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let run: @Sendable (inout DialogScript) -> Void
        /// `offerer offer/answer outcome`, `p` behind provisional ones.
        let expected: [String]
    }

    static let placements: [Placement] = [
        Placement(
            testDescription: "INVITE, 200",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"))
                s.send("ACK", cseq: 1, "ACK", to: "s")
            }, expected: ["client o/a answered"]),
        Placement(
            testDescription: "unreliable preview, then the answer",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", body: sdp("p"))
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"))
            }, expected: ["client o/a answered"]),
        Placement(
            testDescription: "unreliable preview, 200 without description",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", body: sdp("p"))
                s.send("200", cseq: 1, by: .server, to: "s")
            }, expected: ["client o/p answered p"]),
        Placement(
            testDescription: "reliable 183 answers, 200 repeats",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", headers: ["Require: 100rel", "RSeq: 1"], body: sdp("a"))
                s.send("PRACK", cseq: 2, "PRACK", to: "s", headers: ["RAck: 1 1 INVITE"])
                s.send("200", cseq: 2, "PRACK", by: .server, to: "s")
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("repeat"))
            }, expected: ["client o/a answered"]),
        Placement(
            testDescription: "offer in PRACK",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", headers: ["RSeq: 1"], body: sdp("a"))
                s.send("PRACK", cseq: 2, "PRACK", to: "s", headers: ["RAck: 1 1 INVITE"], body: sdp("o2"))
                s.send("200", cseq: 2, "PRACK", by: .server, to: "s", body: sdp("a2"))
                s.send("200", cseq: 1, by: .server, to: "s")
            }, expected: ["client o/a answered", "client o2/a2 answered"]),
        Placement(
            testDescription: "offerless INVITE, offer in 200, answer in ACK",
            run: { s in
                s.send("INVITE", cseq: 1)
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("o"))
                s.send("ACK", cseq: 1, "ACK", to: "s", body: sdp("a"))
            }, expected: ["server o/a answered"]),
        Placement(
            testDescription: "offerless INVITE, offer in reliable 183, answer in PRACK",
            run: { s in
                s.send("INVITE", cseq: 1)
                s.send("183", cseq: 1, by: .server, to: "s", headers: ["RSeq: 7"], body: sdp("o"))
                s.send("PRACK", cseq: 2, "PRACK", to: "s", headers: ["RAck: 7 1 INVITE"], body: sdp("a"))
                s.send("200", cseq: 2, "PRACK", by: .server, to: "s")
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("o"))
                s.send("ACK", cseq: 1, "ACK", to: "s")
            }, expected: ["server o/a answered"]),
        Placement(
            testDescription: "UPDATE by the server before the answer to INVITE is final",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", headers: ["RSeq: 1"], body: sdp("a"))
                s.send("UPDATE", cseq: 9, "UPDATE", by: .server, request: .server, to: "s", body: sdp("o2"))
                s.send("200", cseq: 9, "UPDATE", by: .client, request: .server, to: "s", body: sdp("a2"))
                s.send("200", cseq: 1, by: .server, to: "s")
            }, expected: ["client o/a answered", "server o2/a2 answered"]),
        Placement(
            testDescription: "refused re-INVITE and refused UPDATE",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"))
                s.send("INVITE", cseq: 2, to: "s", body: sdp("o2"))
                s.send("491", cseq: 2, by: .server, to: "s")
                s.send("UPDATE", cseq: 3, "UPDATE", to: "s", body: sdp("o3"))
                s.send("488", cseq: 3, "UPDATE", by: .server, to: "s")
            }, expected: ["client o/a answered", "client o2/- rejected 491", "client o3/- rejected 488"]),
        Placement(
            testDescription: "same CSeq number of both parties",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("200", cseq: 1, by: .server, to: "s", body: sdp("a"))
                s.send("INVITE", cseq: 1, by: .server, request: .server, to: "s", body: sdp("o2"))
                s.send("200", cseq: 1, by: .client, request: .server, to: "s", body: sdp("a2"))
            }, expected: ["client o/a answered", "server o2/a2 answered"]),
        Placement(
            testDescription: "refused, then accepted with another offer under the same Call-ID",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("488", cseq: 1, by: .server, to: "x")
                s.send("ACK", cseq: 1, "ACK", to: "x")
                s.send("INVITE", cseq: 2, body: sdp("o2"))
                s.send("200", cseq: 2, by: .server, to: "s", body: sdp("a2"))
            }, expected: ["client o/- rejected 488", "client o2/a2 answered"]),
        Placement(
            testDescription: "challenged, then sent again with a new From tag",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("407", cseq: 1, by: .server, to: "x")
                s.send("INVITE", cseq: 2, from: "c2", body: sdp("o2"))
                s.send("200", cseq: 2, by: .server, from: "c2", to: "s", body: sdp("a2"))
            }, expected: ["client o/- rejected 407", "client o2/a2 answered"]),
        Placement(
            testDescription: "early media, then busy",
            run: { s in
                s.send("INVITE", cseq: 1, body: sdp("o"))
                s.send("183", cseq: 1, by: .server, to: "s", body: sdp("p"))
                s.send("486", cseq: 1, by: .server, to: "s")
            }, expected: ["client o/p rejected 486 p"]),
        Placement(testDescription: "nobody answers", run: { s in s.send("INVITE", cseq: 1, body: sdp("o")) }, expected: ["client o/- unanswered"]),
        Placement(
            testDescription: "ACK with the answer, capture began after the offer", run: { s in s.send("ACK", cseq: 1, "ACK", to: "s", body: sdp("a")) },
            expected: ["client a/- unanswered"]),
    ]

    private func text(_ negotiation: Negotiation) -> String {
        let outcome =
            switch negotiation.outcome {
            case .answered: "answered"
            case .unanswered: "unanswered"
            case .rejected(let status): "rejected \(status)"
            }
        return "\(negotiation.offerer) \(negotiation.offer.name ?? "")/\(negotiation.answer?.name ?? "-") \(outcome)\(negotiation.isProvisional ? " p" : "")"
    }

    @Test(arguments: placements)
    func offerFindsItsAnswer(_ placement: Placement) throws {
        var script = DialogScript()
        placement.run(&script)
        let dialogs = script.dialogs()
        #expect(dialogs.count == 1)
        #expect(try #require(dialogs.first).negotiations.map(text) == placement.expected)
    }

    @Test(arguments: placements)
    func capturingEverythingTwiceChangesNothing(_ placement: Placement) throws {
        var script = DialogScript()
        placement.run(&script)
        let frames = script.frame
        placement.run(&script)
        // The second run has the same transactions at later times, as retransmissions have.
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.messages.filter(\.isRetransmission).count == Int(frames))
        #expect(dialog.negotiations.map(text) == placement.expected)
    }

    @Test func branchesOfAForkAreKeptApart() throws {
        var script = DialogScript()
        script.send("INVITE", cseq: 1, body: sdp("o"))
        script.send("183", cseq: 1, by: .server, to: "s1", body: sdp("p1"))
        script.send("183", cseq: 1, by: .server, to: "s2", body: sdp("p2"))
        script.send("200", cseq: 1, by: .server, to: "s2", body: sdp("a2"))
        script.send("200", cseq: 1, by: .server, to: "s3", body: sdp("a3"))
        script.send("BYE", cseq: 2, "BYE", to: "s3")
        let dialog = try #require(script.dialogs().first)
        #expect(dialog.forks == ["s1", "s2", "s3"])
        #expect(dialog.server.tag == "s2")
        #expect(dialog.negotiations.map(\.branch) == ["s1", "s2", "s3"])
        #expect(dialog.negotiations.map(\.isOnConfirmedBranch) == [false, true, false])
        #expect(dialog.negotiations.map { $0.answer?.name } == ["p1", "a2", "a3"])
        #expect(dialog.end == nil)
    }

    @Test func placesPointIntoTheDescription() throws {
        var script = DialogScript()
        script.isRecording = true
        let frame = script.send("INVITE", cseq: 1, type: multipartType, body: multipart(sdp("o")))
        let dialog = try #require(script.dialogs().first)
        let origin = try #require(dialog.negotiations.first).offerOrigins.origin(at: 0)
        #expect(origin.frame == frame)
        let raw = dialog.messages[0].message.raw
        #expect(Array(raw[Int(origin.offset)..<Int(origin.offset) + 3]) == Array("v=0".utf8))
        let document = try #require(dialog.metadata.first)
        let start = Int(document.origins.origin(at: 0).offset)
        #expect(Array(raw[start..<start + document.octets.count]) == document.octets)
    }

    @Test func everyStateOfTheDialogTableCanBeReached() {
        let reached = Set(DialogStateTable.transitions.map(\.to))
        #expect(reached == Set(DialogState.allCases).subtracting([.idle]))
        for event in DialogEvent.allCases { #expect(DialogStateTable.next(.terminated, event) == .terminated) }
        #expect(DialogStateTable.next(.confirmed, .failure) == .confirmed)
    }
}
