import Evidence
import SIPDialogs
import StreamMatching
import Testing

/// Which negotiated stream a flow is, how sure that is, and why.
struct FlowMatcherTests {
    private let streams: [NegotiatedStream]
    private let ends: [CaptureTime?]

    /// A call from second 10 to 60, another of the same addresses from 100 to 160, and one of other ports from 20 on without end.
    init() {
        var script = CallScript()
        let offer = sdp("192.0.2.1", [audio(4000, "label:1", "ssrc:77 cname:x")])
        script.exchange(at: 10, offer: offer, answer: sdp("192.0.2.2", [audio(6000)]))
        script.bye(at: 60)
        script.callID = "c2@test"
        script.exchange(at: 100, offer: offer, answer: sdp("192.0.2.2", [audio(6000)]))
        script.bye(at: 160)
        script.callID = "c3@test"
        script.exchange(at: 20, offer: sdp("192.0.2.1", [audio(4100, "label:1")]), answer: sdp("192.0.2.2", [audio(6100)]))
        let dialogs = script.dialogs()
        streams = dialogs.enumerated().flatMap { $0.element.negotiatedStreams(dialogIndex: $0.offset) }
        ends = dialogs.map(\.end)
        names = dialogs.map(\.callID)
    }

    private let names: [String]

    private func row(
        _ from: String, _ fromPort: UInt16, _ to: String, _ toPort: UInt16, ssrc: UInt32 = 1, type: UInt8 = 0, _ first: Double, _ last: Double
    ) throws -> FlowRow {
        var table = FlowTable(limit: 1, key: 1)
        let path = NetworkPath(source: Endpoint(try #require(IPAddress(from)), fromPort), destination: Endpoint(try #require(IPAddress(to)), toPort))
        for (number, second) in [first, last].enumerated() {
            table.add(
                path: path, ssrc: SSRC(ssrc), arrival: CaptureTime(seconds: second), origin: Origin(capture: 0, frame: 1),
                sequence: SequenceNumber(UInt16(number)), timestamp: RTPTimestamp(0), type: PayloadType(type), octets: 1, isCut: false)
        }
        return table.rows[0]
    }

    private func match(_ row: FlowRow) -> FlowMatch? { FlowMatcher(streams: streams, dialogEnds: ends).match(row, number: 5) }

    /// Call-ID and sender of what a match points to.
    private func name(_ match: FlowMatch?) -> String { match.map { "\(names[streams[$0.stream].dialog]) \(streams[$0.stream].sender)" } ?? "none" }

    @Test func bothAddressesAreSureEvidence() throws {
        let found = try #require(match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, 11, 59)))
        #expect(name(found) == "c1@test client")
        #expect(found.confidence == .high)
        #expect(found.flow == 5)
        #expect(found.score == 40 + 30 + 15 + 5 + 10)
        #expect(found.alternatives.isEmpty)
        #expect(
            found.reasons == [
                "destination 192.0.2.2:6000 is the address in the receiver's SDP", "source 192.0.2.1:4000 is the address in the sender's SDP",
                "payload type 0 is negotiated", "the direction allows the sender to send", "all packets are within the dialog's time",
            ])
        #expect(try name(match(row("192.0.2.2", 6000, "192.0.2.1", 4000, 11, 59))) == "c1@test server")
    }

    @Test func anAnnouncedSourceAddsToIt() throws {
        let found = try #require(match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, ssrc: 77, 11, 59)))
        #expect(found.score == 140)
        #expect(found.reasons.contains("SSRC 0x0000004d is announced by a=ssrc"))
    }

    @Test func oneAddressIsFairEvidence() throws {
        let destination = try #require(match(try row("198.51.100.9", 999, "192.0.2.2", 6000, 11, 59)))
        #expect(name(destination) == "c1@test client")
        #expect(destination.confidence == .medium)
        let source = try #require(match(try row("192.0.2.1", 4000, "198.51.100.9", 999, 11, 59)))
        #expect(name(source) == "c1@test client")
        #expect(source.confidence == .medium)
        #expect(source.score < destination.score)
    }

    @Test func behindNATThePortIsWeakEvidence() throws {
        let both = try #require(match(try row("203.0.113.5", 4000, "198.51.100.9", 6000, 11, 59)))
        #expect(name(both) == "c1@test client")
        #expect(both.confidence == .medium)
        #expect(both.reasons.first == "destination port 6000 is the receiver's, its address 192.0.2.2 is not")
        #expect(both.reasons.contains("source port 4000 is the sender's, its address 192.0.2.1 is not"))
        let one = try #require(match(try row("203.0.113.5", 1, "198.51.100.9", 6000, 11, 59)))
        #expect(name(one) == "c1@test client")
        #expect(one.confidence == .low)
    }

    @Test func reusedPortsBelongToTheDialogOfTheirTime() throws {
        #expect(try name(match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 101, 159))) == "c2@test client")
        #expect(try name(match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 9.5, 61.5))) == "c1@test client")
        // Between the calls, and after both, nobody asked for packets.
        #expect(try match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 70, 90)) == nil)
        #expect(try match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 170, 180)) == nil)
        #expect(try match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 1, 8)) == nil)
    }

    @Test func equalLabelsOfTwoCallsAtOnceDoNotMix() throws {
        let first = try #require(match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, 21, 50)))
        let second = try #require(match(try row("192.0.2.1", 4100, "192.0.2.2", 6100, 21, 50)))
        #expect(name(first) == "c1@test client")
        #expect(name(second) == "c3@test client")
        #expect(first.alternatives.isEmpty && second.alternatives.isEmpty)
        #expect(streams[first.stream].labels == streams[second.stream].labels)
    }

    @Test func aForeignPayloadTypeSpeaksAgainstAMatch() throws {
        let found = try #require(match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, type: 96, 11, 59)))
        #expect(found.score == 40 + 30 - 20 + 5 + 10)
        #expect(found.confidence == .medium)
        #expect(found.reasons.contains("payload type 96 is not negotiated"))
    }

    @Test func tooLittleEvidenceIsNone() throws {
        #expect(try match(row("203.0.113.5", 1, "198.51.100.9", 6000, type: 96, 11, 59)) == nil)
        #expect(try match(row("203.0.113.5", 4000, "198.51.100.9", 1, 11, 59)) == nil)
        #expect(try match(row("203.0.113.5", 1, "198.51.100.9", 2, 11, 59)) == nil)
    }

    @Test func twoStreamsThatFitLowerTheConfidence() throws {
        var script = CallScript()
        for number in 1...2 {
            script.callID = "twin\(number)@test"
            script.exchange(at: 10, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
        }
        let dialogs = script.dialogs()
        let twins = dialogs.enumerated().flatMap { $0.element.negotiatedStreams(dialogIndex: $0.offset) }
        let row = try row("192.0.2.1", 4000, "192.0.2.2", 6000, 11, 59)
        let found = try #require(FlowMatcher(streams: twins, dialogEnds: dialogs.map(\.end)).match(row, number: 0))
        #expect(found.confidence == .medium)
        #expect(found.alternatives.count == 1)
        #expect(found.stream < found.alternatives[0])
    }

    @Test func aMovedAddressIsMatchedInItsOwnTime() throws {
        var script = CallScript()
        script.exchange(at: 10, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
        script.exchange(at: 40, cseq: 2, by: .server, offer: sdp("192.0.2.2", [audio(8000)]), answer: sdp("192.0.2.1", [audio(4000)]))
        let dialogs = script.dialogs()
        let streams = dialogs[0].negotiatedStreams(dialogIndex: 0)
        let matcher = FlowMatcher(streams: streams, dialogEnds: [nil])
        let before = try #require(matcher.match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, 11, 39), number: 0))
        let after = try #require(matcher.match(try row("192.0.2.1", 4000, "192.0.2.2", 8000, 41, 80), number: 1))
        #expect(before.stream == after.stream)
        #expect([before.confidence, after.confidence] == [.high, .high])
    }

    @Test func withoutStreamsNothingMatches() throws {
        #expect(try FlowMatcher(streams: [], dialogEnds: []).match(row("192.0.2.1", 4000, "192.0.2.2", 6000, 11, 59), number: 0) == nil)
    }

    /// Two lines on one address (RFC 9143): what the packets say of their line decides, then the announced source.
    @Test(arguments: [true, false]) func linesOfABundleAreToldApart(isBundleOnly: Bool) throws {
        var script = CallScript()
        let map = "extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid"
        let second = isBundleOnly ? audio(0, "mid:b", "bundle-only", "ssrc:88 cname:x", map) : audio(4002, "mid:b", "ssrc:88 cname:x", map)
        script.exchange(
            at: 10, offer: sdp("192.0.2.1", [audio(4000, "mid:a", map), second], session: ["a=group:BUNDLE a b"]),
            answer: sdp("192.0.2.2", [audio(6000, "mid:a", map), audio(6000, "mid:b", map)], session: ["a=group:BUNDLE a b"]))
        let streams = try script.streams()
        let sent = streams.indices.filter { streams[$0].sender == .client }
        #expect(sent.map { streams[$0].epochs[0].source } == Array(repeating: Endpoint(IPAddress(v4: 0xC000_0201), 4000), count: 2))
        #expect(sent.map { streams[$0].epochs[0].destination } == Array(repeating: Endpoint(IPAddress(v4: 0xC000_0202), 6000), count: 2))
        let matcher = FlowMatcher(streams: streams, dialogEnds: [nil])
        let flow = try row("192.0.2.1", 4000, "192.0.2.2", 6000, 11, 59)
        for (mid, place) in [("a", 0), ("b", 1)] {
            let found = try #require(matcher.match(flow, number: 0) { $0 == 3 ? mid : nil })
            #expect(streams[found.stream].mediaIndex == place && found.confidence == .high && found.alternatives.isEmpty)
            #expect(found.reasons.contains("its packets identify this line, mid \(mid)"))
        }
        let announced = try #require(matcher.match(try row("192.0.2.1", 4000, "192.0.2.2", 6000, ssrc: 88, 11, 59), number: 0))
        #expect(streams[announced.stream].mediaIndex == 1 && announced.score == 140)
        // Nothing tells the two apart: the other is an alternative.
        #expect(try #require(matcher.match(flow, number: 0)).alternatives.count == 1)
    }

    /// With ICE the line's own address may be a placeholder: what was nominated is one of the candidates (RFC 8445).
    @Test func candidatesAreAddressesToo() throws {
        var script = CallScript()
        func line(_ host: String, _ port: Int) -> [String] {
            audio(
                9, "candidate:1 1 UDP 2130706431 \(host) \(port) typ host", "candidate:2 1 udp 1694498815 203.0.113.\(host.suffix(1)) \(port + 1) typ srflx",
                "candidate:3 1 tcp 1 \(host) 9 typ host tcptype active", "candidate:4 2 UDP 1 \(host) \(port + 5) typ host",
                "candidate:5 1 UDP 1 a.local 7 typ host",
                "ice-ufrag:x")
        }
        script.exchange(at: 10, offer: sdp("0.0.0.0", [line("192.0.2.1", 4000)]), answer: sdp("0.0.0.0", [line("192.0.2.2", 6000)]))
        let streams = try script.streams()
        let matcher = FlowMatcher(streams: streams, dialogEnds: [nil])
        for (from, to) in [(("192.0.2.1", 4000), ("192.0.2.2", 6000)), (("192.0.2.1", 4000), ("203.0.113.2", 6001))] as [((String, UInt16), (String, UInt16))] {
            let found = try #require(matcher.match(try row(from.0, from.1, to.0, to.1, 11, 59), number: 0))
            #expect(streams[found.stream].sender == .client && found.confidence == .high)
            #expect(found.reasons.first == "destination \(to.0):\(to.1) is a candidate in the receiver's SDP")
        }
        // A candidate for RTCP, for TCP, or of no address is none.
        #expect(matcher.match(try row("198.51.100.1", 1, "192.0.2.2", 6005, 11, 59), number: 0) == nil)
    }
}
