import Evidence
import TestSupport
import Testing

@testable import SDPSyntax

func sdp(_ lines: [String], end: String = "\r\n") -> SessionDescription? { SessionDescription(parsing: Array((lines.joined(separator: end) + end).utf8)) }

private let head = ["v=0", "o=SRC 123 4 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"]

struct SessionDescriptionTests {
    @Test(arguments: ["\r\n", "\n"])
    func recordingOfferIsRead(_ end: String) throws {
        let text =
            head + [
                "a=sendonly", "a=group:BUNDLE 1", "m=audio 10000/2 RTP/AVP 0 101", "i=title", "a=label:96 ", "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-16",
                "a=ptime:20", "a=rtcp:10005 IN IP6 2001:db8::2", "a=rtcp-mux", "a=ssrc:4000000000 cname:x", "a=ssrc:4000000000 label:y", "a=ssrc:1 cname:z",
                "a=mid:1", "a=content:main", "a=x-unknown", "m=video 0 RTP/AVPF 97", "c=IN IP6 2001:db8::1", "a=inactive", "a=bundle-only",
            ]
        let description = try #require(sdp(text, end: end))
        #expect(description.origin?.username == "SRC")
        #expect(description.origin?.sessionVersion == "4")
        #expect(description.lines.count == text.count)
        #expect(description.attributes.map(\.name) == ["sendonly", "group"])
        let audio = try #require(description.media.first)
        #expect(audio.kind == "audio" && audio.port == 10000 && audio.portCount == 2 && audio.transport == "RTP/AVP")
        #expect(audio.label == "96" && audio.mid == "1" && audio.content == "main" && audio.ptime == 20 && audio.hasRTCPMux)
        #expect(audio.rtcp == RTCPAddress("10005 IN IP6 2001:db8::2"))
        #expect(audio.ssrcs == [SSRC(4_000_000_000), SSRC(1)])
        #expect(audio.hasAttribute("x-unknown"))
        #expect(description.direction(of: audio) == .sendonly)
        #expect(description.connection(of: audio)?.address == IPAddress("192.0.2.1"))
        #expect(
            audio.payloadFormats == [
                PayloadFormat(payloadType: PayloadType(0), encoding: "PCMU", clockRate: 8000, channels: 1, parameters: nil, isImplied: true),
                PayloadFormat(payloadType: PayloadType(101), encoding: "telephone-event", clockRate: 8000, channels: 1, parameters: "0-16", isImplied: false),
            ])
        let video = description.media[1]
        #expect(!video.isRejected)
        #expect(description.direction(of: video) == .inactive)
        #expect(description.connection(of: video)?.address?.family == 6)
        #expect(description.remarks.map(\.rule.code) == ["SDP103"])
        #expect(description.remarks[0].offset == video.offset)
    }

    @Test func rtpmapOverridesTheStaticMeaning() throws {
        let description = try #require(
            sdp(head + ["m=audio 4 RTP/AVP 9 0 10 111", "a=rtpmap:0 L16/16000/2", "a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1; x"]))
        let formats = description.media[0].payloadFormats
        #expect(formats.map(\.encoding) == ["G722", "L16", "L16", "opus"])
        #expect(formats.map(\.clockRate) == [8000, 16000, 44100, 48000])
        #expect(formats.map(\.channels) == [1, 2, 2, 2])
        #expect(formats.map(\.isImplied) == [true, false, true, false])
        #expect(formats[3].parameters == "useinbandfec=1; x")
    }

    @Test func directionFallsFromLineToSessionToDefault() throws {
        let without = try #require(sdp(head + ["m=audio 4 RTP/AVP 0", "m=audio 6 RTP/AVP 0", "a=recvonly"]))
        #expect(without.media.map { without.direction(of: $0) } == [.sendrecv, .recvonly])
        #expect(without.direction == nil)
        #expect(without.media[0].direction(sessionDefault: .inactive) == .inactive)
    }

    @Test func holdByAddressIsSeenUnlessICEReplacesIt() throws {
        let held = try #require(
            sdp(["v=0", "c=IN IP4 0.0.0.0", "m=audio 4 RTP/AVP 0", "m=audio 6 RTP/AVP 0", "a=candidate:1 1 UDP 1 192.0.2.1 6 typ host"]))
        #expect(held.media.map { held.isHeldByAddress($0) } == [true, false])
    }

    @Test func secureLineWithoutKeyIsRemarkedWithItsPlace() throws {
        let description = try #require(
            sdp(
                head + [
                    "m=audio 4 RTP/SAVP 0", "m=audio 0 RTP/SAVP 0", "m=audio 6 UDP/TLS/RTP/SAVPF 0",
                    "a=fingerprint:sha-256 AA",
                ]))
        #expect(description.remarks.map(\.rule.code) == ["SDP104"])
        #expect(description.remarks[0].offset == description.media[0].offset)
        #expect(description.media.map(\.isSecure) == [true, true, true])
        let inherited = try #require(sdp(head + ["a=fingerprint:sha-256 AA", "m=audio 4 RTP/SAVPF 0"]))
        #expect(inherited.remarks.isEmpty)
    }

    @Test func malformedLinesAreKeptAndTheRestIsRead() throws {
        let description = try #require(
            sdp([
                "v=0", "garbage", "o=short", "c=IN", "m=audio x RTP/AVP 0", "a=label:1", "m=audio 99999 RTP/AVP 0 300 x", "a=rtpmap:5",
                "a=rtpmap:8 PCMA/0", "m=",
            ]))
        #expect(description.lines.count == 10)
        #expect(description.media.map(\.kind) == ["audio", "audio", "unknown"])
        #expect(description.media[0].label == "1")
        #expect(description.media.allSatisfy { $0.port == 0 })
        #expect(description.remarks.contains { $0.rule == .sdp001 && $0.offset == 5 })
        #expect(description.remarks.filter { $0.rule == .sdp001 }.count >= 8)
    }

    @Test func otherTextIsNoDescription() {
        #expect(SessionDescription(parsing: []) == nil)
        #expect(sdp(["<recording/>"]) == nil)
        #expect(sdp(["a=b", "hello"]) == nil)
    }

    @Test func truncationAndDamageNeverTrap() {
        let media = ["m=audio 4/2 RTP/SAVP 0 96", "a=crypto:1 AEAD_AES_128_GCM inline:AAAA|2^20|1:4", "a=rtcp:9 IN IP4 1.2.3.4", "a=ssrc:1 x"]
        let whole = Array((head + media).joined(separator: "\r\n").utf8)
        for length in 0...whole.count { _ = SessionDescription(parsing: Array(whole[..<length])) }
        var random = SeededRandom(seed: 5)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<5 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            if let description = SessionDescription(parsing: bytes) {
                for media in description.media { _ = (media.ssrcs, media.rtcp, media.ptime, media.ownDirection) }
                #expect(description.remarks.allSatisfy { $0.offset <= bytes.count }, "seed 5")
            }
        }
    }

    @Test func numberOfMediaLinesIsBounded() throws {
        let description = try #require(sdp(["v=0"] + Array(repeating: "m=audio 4 RTP/AVP 0", count: 3000)))
        #expect(description.media.count == 1024)
        #expect(description.remarks.contains { $0.rule == .sdp001 })
    }
}
