import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Requests inside a call that the capture shows more than once.
struct HopMessageTests {
    private static let caller = Socket(0xC000_0201, 5060)
    private static let callee = Socket(0xC000_0202, 5060)
    private static let proxies = [Socket(0xCB00_7101, 5060), Socket(0xCB00_7102, 5060), Socket(0xCB00_7103, 5060)]

    /// A message of a call that passes proxies which keep the dialog; one hop after the other, 2 ms each.
    private struct Route {
        var hops: [Socket]
        var callID = "one@example.test"
        var tags = ("ca", "ce")

        func send(
            _ start: String, _ time: Int, cseq: Int, _ method: String? = nil, fromCaller: Bool = true, type: String = "application/sdp", body: String = "",
            headers: [String] = [], vlan: Int? = nil, into script: inout CaptureScript
        ) {
            let isRequest = Int(start.prefix(3)) == nil
            let asks = isRequest == fromCaller
            let way = fromCaller ? hops : hops.reversed()
            for (number, (from, to)) in zip(way, way.dropFirst()).enumerated() {
                let ends = ["<sip:ann@a.test>;tag=\(tags.0)", "<sip:bob@b.test>" + (start == "INVITE" && cseq == 1 ? "" : ";tag=\(tags.1)")]
                var lines = [isRequest ? "\(start) sip:x@b.test SIP/2.0" : "SIP/2.0 \(start) OK"]
                lines += ["Via: SIP/2.0/UDP x;branch=z9hG4bK\(cseq)h\(number)", "From: " + ends[asks ? 0 : 1], "To: " + ends[asks ? 1 : 0]]
                lines += ["Call-ID: \(callID)", "CSeq: \(cseq) \(method ?? start)"] + headers
                if !body.isEmpty { lines.append("Content-Type: \(type)") }
                lines += ["Content-Length: \(body.utf8.count)", "", body]
                script.datagram(time + number * 2000, from: from, to: to, Array(lines.joined(separator: "\r\n").utf8), vlan: vlan)
            }
        }

        func open(_ time: Int, into script: inout CaptureScript) {
            send("INVITE", time, cseq: 1, body: SIPScript.description("192.0.2.1", ports: [4000], direction: "sendrecv"), into: &script)
            let answer = SIPScript.description("192.0.2.2", ports: [6000], direction: "sendrecv")
            send("200", time + 50_000, cseq: 1, "INVITE", fromCaller: false, body: answer, into: &script)
            send("ACK", time + 90_000, cseq: 1, into: &script)
        }

        func key(_ digit: String, _ time: Int, cseq: Int, fromCaller: Bool = true, vlan: Int? = nil, into script: inout CaptureScript) {
            let body = "Signal=\(digit)\r\nDuration=160\r\n"
            send("INFO", time, cseq: cseq, fromCaller: fromCaller, type: "application/dtmf-relay", body: body, vlan: vlan, into: &script)
        }
    }

    private static func media(into script: inout CaptureScript) {
        let there = ToneSource(from: Socket(0xC000_0201, 4000), to: Socket(0xC000_0202, 6000), ssrc: 1, seed: 1)
        let back = ToneSource(from: there.destination, to: there.source, ssrc: 2, seed: 2)
        for source in [there, back] { source.send(0..<250, at: 200_000, into: &script) }
    }

    /// `type who words`, in order.
    private static func told(_ script: CaptureScript, _ types: [EventRecord.Kind] = [.dtmf, .transfer]) async throws -> [String] {
        let events = try await Reconstructed.run(script.pcap()).only.sidecar.events.filter { types.contains($0.type) }
        return events.map { "\($0.participants.joined(separator: "+")) \($0.detail["digit"] ?? $0.detail["to"] ?? "")" }
    }

    @Test("over any number of proxies, in both directions, sent again and copied by a mirror in another VLAN", arguments: 0...3)
    func throughProxies(count: Int) async throws {
        var script = CaptureScript()
        let route = Route(hops: [Self.caller] + Self.proxies.prefix(count) + [Self.callee])
        route.open(0, into: &script)
        Self.media(into: &script)
        route.key("1", 1_000_000, cseq: 2, into: &script)
        route.key("1", 1_400_000, cseq: 3, into: &script)
        // Sent again by who sent it, as its answer was late, and once more by the mirror.
        route.key("1", 1_900_000, cseq: 3, into: &script)
        route.key("1", 1_400_300, cseq: 3, vlan: 7, into: &script)
        route.key("9", 2_000_000, cseq: 5, fromCaller: false, into: &script)
        route.send("REFER", 3_000_000, cseq: 6, fromCaller: false, headers: ["Refer-To: <sip:cy@c.test>"], into: &script)
        route.send("REFER", 3_500_000, cseq: 6, fromCaller: false, headers: ["Refer-To: <sip:cy@c.test>"], vlan: 7, into: &script)
        route.send("BYE", 6_000_000, cseq: 8, fromCaller: false, into: &script)
        route.send("200", 6_010_000, cseq: 8, "BYE", into: &script)
        #expect(try await Self.told(script) == ["caller 1", "caller 1", "callee 9", "callee sip:cy@c.test"])
        #expect(try await Reconstructed.run(script.pcap()).only.sidecar.dialogs.map(\.endedBy) == ["server"])
    }

    @Test("the capture shows the far hop first: the request still belongs to its sender")
    func disorder() async throws {
        var script = CaptureScript()
        let route = Route(hops: [Self.caller, Self.proxies[0], Self.callee])
        route.open(0, into: &script)
        Self.media(into: &script)
        Route(hops: [Self.proxies[0], Self.callee]).key("5", 1_000_000, cseq: 2, into: &script)
        Route(hops: [Self.caller, Self.proxies[0]]).key("5", 1_000_900, cseq: 2, into: &script)
        #expect(try await Self.told(script) == ["caller 5"])
    }

    /// Both sides of a back-to-back user agent, which numbers requests anew; media name the two dialogs one call.
    @Test("a back-to-back user agent says again what a party said", arguments: ["far@example.test", "one@example.test"])
    func backToBack(callID: String) async throws {
        var script = CaptureScript()
        let near = Route(hops: [Self.caller, Self.proxies[0]])
        let far = Route(hops: [Self.proxies[0], Self.callee], callID: callID, tags: ("fa", "fe"))
        let same = ["X-CID: one@example.test"]
        for (route, shift, headers) in [(near, 0, []), (far, 8000, same)] {
            let (a, b) = shift == 0 ? ("192.0.2.1", "203.0.113.1") : ("203.0.113.1", "192.0.2.2")
            route.send("INVITE", shift, cseq: 1, body: SIPScript.description(a, ports: [4000 + shift], direction: "sendrecv"), headers: headers, into: &script)
            let answer = SIPScript.description(b, ports: [6000 + shift], direction: "sendrecv")
            route.send("200", 50_000 - shift, cseq: 1, "INVITE", fromCaller: false, body: answer, into: &script)
            route.send("ACK", 90_000 + shift, cseq: 1, into: &script)
        }
        let relay = UInt32(0xCB00_7101)
        let legs = [
            (Socket(0xC000_0201, 4000), Socket(relay, 6000)), (Socket(relay, 12000), Socket(0xC000_0202, 14000)),
        ]
        for (near, far) in legs {
            ToneSource(from: near, to: far, ssrc: 1, seed: 1).send(0..<250, at: 200_000, into: &script)
            ToneSource(from: far, to: near, ssrc: 2, seed: 2).send(0..<250, at: 200_000, into: &script)
        }
        near.key("1", 1_000_000, cseq: 2, into: &script)
        far.key("1", 1_004_000, cseq: 102, into: &script)
        near.key("1", 1_300_000, cseq: 3, into: &script)
        far.key("1", 1_304_000, cseq: 103, into: &script)
        // The other party's own, on the far hop first.
        far.key("1", 1_500_000, cseq: 51, fromCaller: false, into: &script)
        near.key("1", 1_504_000, cseq: 61, fromCaller: false, into: &script)
        near.send("REFER", 3_000_000, cseq: 6, headers: ["Refer-To: <sip:cy@a.test>"], into: &script)
        far.send("REFER", 3_005_000, cseq: 106, headers: ["Refer-To: <sip:cy@relay.test>"], into: &script)
        // Never answered on the near side, and later said again for good.
        far.key("7", 4_000_000, cseq: 108, into: &script)
        near.send("BYE", 6_000_000, cseq: 8, into: &script)
        far.send("BYE", 6_005_000, cseq: 108, into: &script)
        #expect(try await Self.told(script) == ["caller 1", "caller 1", "callee 1", "caller sip:cy@a.test", "caller 7"])
    }
}
