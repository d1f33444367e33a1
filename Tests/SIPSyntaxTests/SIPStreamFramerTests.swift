import Evidence
import TestSupport
import Testing

@testable import SIPSyntax

/// Whatever the segments, the same messages come out.
struct SIPStreamFramerTests {
    private static let invite = octets([inviteLine] + plainHeaders + ["Content-Length: 13"], body: "v=0\r\ns=-\r\nt=0")
    private static let ringing = octets(["SIP/2.0 180 Ringing"] + plainHeaders + ["l:0"])
    private static let bye = octets(["BYE sip:b@example.com SIP/2.0"] + plainHeaders)

    private func run(_ pieces: [[UInt8]], lostBefore: [Int: Int] = [:]) -> (messages: [FramedMessage], framer: SIPStreamFramer) {
        var framer = SIPStreamFramer(limits: Limits())
        var out: [FramedMessage] = []
        for (index, piece) in pieces.enumerated() {
            let origin = OriginMap(Origin(capture: 0, frame: UInt32(index + 1), offset: 54), at: CaptureTime(nanoseconds: Int64(index)))
            out += framer.feed(piece, origins: origin, lostBefore: lostBefore[index] ?? 0)
        }
        out += framer.finish()
        return (out, framer)
    }

    @Test func segmentationDoesNotMatter() {
        let stream = Self.invite + [13, 10, 13, 10] + Self.ringing + Self.bye + [13, 10] + Self.invite
        let expected = [Self.invite, Self.ringing, Self.bye, Self.invite]
        #expect(run([stream]).messages.map(\.octets) == expected)
        #expect(run(stream.map { [$0] }).messages.map(\.octets) == expected)
        for size in [2, 3, 7, 64, 100, 333] {
            let pieces = stride(from: 0, to: stream.count, by: size).map { Array(stream[$0..<min(stream.count, $0 + size)]) }
            let result = run(pieces)
            #expect(result.messages.map(\.octets) == expected)
            #expect(!result.messages.contains { !$0.isComplete })
            #expect(!result.framer.isNotSIP)
        }
    }

    @Test func originsPointAtThePacketOfEachOctet() throws {
        let stream = Self.invite + Self.ringing
        let messages = run(stream.map { [$0] }).messages
        let second = try #require(messages.last)
        #expect(second.origins.origin(at: 0) == Origin(capture: 0, frame: UInt32(Self.invite.count + 1), offset: 54))
        #expect(second.origins.origin(at: 10).frame == UInt32(Self.invite.count + 11))
        #expect(second.origins.pieces.count == Self.ringing.count)
        let joined = run([stream]).messages
        #expect(joined[1].origins.origin(at: 3) == Origin(capture: 0, frame: 1, offset: 54 + UInt32(Self.invite.count) + 3))
    }

    @Test func lossCutsTheMessageAndTheNextStartLineIsFound() {
        let cut = Self.invite.count - 5
        let result = run([Array(Self.invite[..<cut]), Array("s=-\r\n".utf8) + Self.bye], lostBefore: [1: 3])
        #expect(result.messages.map(\.isComplete) == [false, true])
        #expect(result.messages[0].octets == Array(Self.invite[..<cut]))
        #expect(result.messages[1].octets == Self.bye)
    }

    @Test func startLineRightAfterABodyWithoutLineEndIsFound() {
        let result = run([Array(Self.invite[..<200]), Array("</recording>".utf8) + Self.ringing], lostBefore: [1: 10])
        #expect(result.messages.last?.octets == Self.ringing)
    }

    @Test func streamThatBeginsInsideAMessageIsJoinedAtTheNextOne() {
        let result = run([Array("me=x\r\na=label:1\r\n</recording>\r\n".utf8) + Self.bye + Self.ringing])
        #expect(result.messages.map(\.octets) == [Self.bye, Self.ringing])
    }

    @Test(arguments: [[0x16, 0x03, 0x01, 0x02, 0x00], [0x80, 0x01, 0x02], [0x00, 0x00, 0x00, 0x24]] as [[UInt8]])
    func binaryProtocolsAreGivenUpAtOnce(_ head: [UInt8]) {
        let result = run([head])
        #expect(result.framer.isNotSIP)
        #expect(result.messages.isEmpty)
    }

    @Test func textProtocolsAreGivenUpAfterAWhile() {
        #expect(run([Array(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: 1000).utf8)]).framer.isNotSIP)
        #expect(run([[UInt8](repeating: 0x41, count: 100_000)]).framer.isNotSIP)
    }

    @Test func bodyWithoutContentLengthEndsAtTheNextStartLine() {
        let open = octets([inviteLine] + plainHeaders + ["Content-Type: application/sdp"], body: "v=0\r\ns=-\r\n")
        #expect(run([open + Self.bye]).messages.map(\.octets) == [open, Self.bye])
        #expect(run((open + Self.bye).map { [$0] }).messages.map(\.octets) == [open, Self.bye])
        #expect(run([open]).messages.map(\.octets) == [open])
    }

    /// The length that the field says against the one that there is, for a text body of 15 octets.
    @Test(arguments: [5, 12, 20, 40, 44, 900])
    func wrongContentLengthCostsNoMessage(_ length: Int) {
        let body = "v=0\r\ns=-\r\nt=0\r\n"
        let wrong = octets([inviteLine] + plainHeaders + ["Content-Type: application/sdp", "Content-Length: \(length)"], body: body)
        let result = run([wrong + Self.bye + Self.ringing])
        #expect(result.messages.map(\.octets) == [wrong, Self.bye, Self.ringing])
        #expect(result.messages.map(\.hasWrongLength) == [true, false, false])
        let split = run((wrong + Self.bye + Self.ringing).map { [$0] }).messages.map(\.octets)
        #expect(split.suffix(2) == [Self.bye, Self.ringing])
        // A body that is too long for its field in pieces of one octet: its end is not known when the field's end is reached.
        if length > body.utf8.count { #expect(split.first == wrong) }
    }

    @Test func startLineInsideAMessageBodyIsLeftThere() {
        let fragment = octets([inviteLine] + plainHeaders + ["Content-Type: message/sipfrag", "Content-Length: 16"], body: "SIP/2.0 200 OK\r\n")
        let result = run([fragment + Self.bye])
        #expect(result.messages.map(\.octets) == [fragment, Self.bye])
        #expect(result.messages.map(\.hasWrongLength) == [false, false])
    }

    @Test func rightContentLengthAgainstAnythingThatFollowsIsKept() {
        let plain = octets([inviteLine] + plainHeaders + ["Content-Type: application/sdp", "Content-Length: 14"], body: "v=0\r\ns=-\r\nt=0a")
        for next in [[], Self.bye, [13, 10, 13, 10] + Self.ringing, [0, 0, 0], Array("OPTI".utf8)] as [[UInt8]] {
            let first = run([plain + next]).messages.first
            #expect(first?.octets == plain && first?.hasWrongLength == false)
        }
    }

    /// Line ends of one octet, before and within messages.
    @Test func bareLineFeedsAreLineEnds() {
        let text = "INVITE sip:b@example.com SIP/2.0\nCall-ID: 1\nContent-Length: 4\n\nv=0\n"
        let stream = Array(("\n\n" + text + "\r\n\n" + text).utf8)
        for cut in 0...stream.count {
            #expect(run([Array(stream[..<cut]), Array(stream[cut...])]).messages.map(\.octets) == [Array(text.utf8), Array(text.utf8)], "cut at \(cut)")
        }
    }

    @Test func unfinishedMessageIsHandedOutAtTheEnd() {
        let result = run([Array(Self.invite.dropLast(3))])
        #expect(result.messages.map(\.isComplete) == [false])
    }

    @Test func hugeContentLengthDoesNotHoldTheStream() {
        let huge = octets([inviteLine] + plainHeaders + ["Content-Length: 99999999999"], body: "x\r\n")
        let result = run([huge, Self.bye])
        #expect(result.messages.map(\.isComplete) == [false, true])
        #expect(result.messages.last?.octets == Self.bye)
    }

    @Test func headerWithoutEndIsBounded() {
        var limits = Limits()
        limits.sipMessageOctets = 2000
        var framer = SIPStreamFramer(limits: limits)
        var count = 0
        var largest = 0
        for _ in 0..<100 {
            for message in framer.feed(Array("\(inviteLine)\r\nX: \(String(repeating: "y", count: 100))\r\n".utf8), origins: OriginMap(), lostBefore: 0) {
                count += 1
                largest = max(largest, message.octets.count)
            }
        }
        #expect(count > 0)
        #expect(largest < 2200)
    }

    @Test(arguments: [11, 12] as [UInt64])
    func randomDamageAndSegmentationNeverTrap(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            var stream = Self.invite + Self.ringing + Self.bye
            for _ in 0..<6 { stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            var framer = SIPStreamFramer(limits: Limits())
            var position = 0
            var total = 0
            while position < stream.count {
                let next = min(stream.count, position + Int.random(in: 1...90, using: &random))
                let lost = Int.random(in: 0...9, using: &random) == 0 ? 5 : 0
                total += framer.feed(Array(stream[position..<next]), origins: OriginMap(), lostBefore: lost).map(\.octets.count).reduce(0, +)
                position = next
            }
            total += framer.finish().map(\.octets.count).reduce(0, +)
            #expect(total <= stream.count, "seed \(seed)")
        }
    }
}
