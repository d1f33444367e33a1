import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching
import Testing

/// From offers and answers to streams with epochs (RFC 3264).
struct NegotiatedStreamTests {
    private func streams(_ build: (inout CallScript) -> Void) throws -> [NegotiatedStream] {
        var script = CallScript()
        build(&script)
        return try script.streams()
    }

    private func endpoint(_ text: String, _ port: UInt16) throws -> Endpoint { Endpoint(try #require(IPAddress(text)), port) }

    @Test func bothDirectionsOfACallAreStreams() throws {
        let streams = try streams {
            $0.exchange(at: 10, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
            $0.bye(at: 60)
        }
        #expect(streams.map(\.sender) == [.client, .server])
        let (client, server) = (streams[0].epochs[0], streams[1].epochs[0])
        #expect(try client.source == endpoint("192.0.2.1", 4000))
        #expect(try client.destination == endpoint("192.0.2.2", 6000))
        #expect(server.source == client.destination)
        #expect(server.destination == client.source)
        #expect(client.from == CallScript.time(10))
        #expect(client.until == nil)
        #expect(streams.allSatisfy { $0.kind == "audio" && $0.epochs.count == 1 && $0.epochs[0].isActive && $0.epochs[0].isAnswered })
    }

    @Test func anOfferInTheAnswerDirectionIsTheOtherWayRound() throws {
        let streams = try streams {
            $0.send("INVITE", at: 1)
            $0.send("200", at: 2, by: .server, body: sdp("192.0.2.2", [audio(6000, "sendonly")]))
            $0.send("ACK", at: 3, method: "ACK", body: sdp("192.0.2.1", [audio(4000, "recvonly")]))
        }
        #expect(streams.map(\.sender) == [.server])
        #expect(try streams[0].epochs[0].destination == endpoint("192.0.2.1", 4000))
        #expect(streams[0].epochs[0].from == CallScript.time(2))
    }

    @Test func ofTheOfferedKeysTheChosenOneCounts() throws {
        let offer = sdp(
            "192.0.2.1",
            [audio(4000, "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(key("A"))", "crypto:2 AES_CM_128_HMAC_SHA1_32 inline:\(key("B"))", profile: "RTP/SAVP")])
        let answer = sdp("192.0.2.2", [audio(6000, "crypto:2 AES_CM_128_HMAC_SHA1_32 inline:\(key("C"))", profile: "RTP/SAVP")])
        let streams = try streams { $0.exchange(at: 1, offer: offer, answer: answer) }
        try #require(streams.count == 2)
        #expect(streams.allSatisfy { $0.epochs[0].isSecure })
        // RFC 4568 section 5.1: the key protects what the party that wrote it sends.
        #expect(streams[0].epochs[0].crypto.map(\.tag) == [2])
        #expect(streams[0].epochs[0].crypto.first?.keys.first?.keyAndSalt == Base64.decode(key("B")))
        #expect(streams[1].epochs[0].crypto.first?.keys.first?.keyAndSalt == Base64.decode(key("C")))
    }

    @Test func withoutAnAnswersTagEveryOfferedKeyIsTried() throws {
        let offer = sdp(
            "192.0.2.1",
            [audio(4000, "crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(key("A"))", "crypto:2 AES_CM_128_HMAC_SHA1_32 inline:\(key("B"))", profile: "RTP/SAVP")])
        let answer = sdp("192.0.2.2", [audio(6000, "crypto:7 AES_CM_128_HMAC_SHA1_32 inline:\(key("C"))", profile: "RTP/SAVP")])
        let streams = try streams { $0.exchange(at: 1, offer: offer, answer: answer) }
        #expect(streams.first?.epochs[0].crypto.map(\.tag) == [1, 2])
    }

    @Test func aRefusedOfferChangesNothing() throws {
        let streams = try streams {
            $0.exchange(at: 1, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
            $0.exchange(at: 20, cseq: 2, offer: sdp("192.0.2.1", [audio(4444, "inactive")]), answer: "", status: "488")
        }
        #expect(streams.count == 2)
        #expect(streams.allSatisfy { $0.epochs.count == 1 })
        #expect(try streams[0].epochs[0].source == endpoint("192.0.2.1", 4000))
    }

    @Test func holdAndResumeAreEpochs() throws {
        let streams = try streams {
            $0.exchange(at: 1, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
            $0.exchange(at: 20, cseq: 2, by: .server, offer: sdp("192.0.2.2", [audio(6000, "sendonly")]), answer: sdp("192.0.2.1", [audio(4000, "recvonly")]))
            $0.exchange(at: 40, cseq: 3, by: .server, offer: sdp("192.0.2.2", [audio(6000)]), answer: sdp("192.0.2.1", [audio(4000)]))
        }
        let client = try #require(streams.first { $0.sender == .client })
        let server = try #require(streams.first { $0.sender == .server })
        #expect(client.epochs.map(\.isActive) == [true, false, true])
        #expect(server.epochs.map(\.isActive) == [true, true, true])
        #expect(client.epochs.map(\.from) == [1, 20, 40].map(CallScript.time))
        // What was agreed before holds until the answer.
        #expect(client.epochs.map(\.until) == [CallScript.time(20.2), CallScript.time(40.2), nil])
        #expect(client.epochs.map(\.negotiation) == [0, 1, 2])
    }

    @Test func aLineWithPortZeroHasNoAddressAndIsNotActive() throws {
        let streams = try streams {
            $0.exchange(
                at: 1, offer: sdp("192.0.2.1", [audio(4000), audio(4002)]), answer: sdp("192.0.2.2", [audio(6000), audio(0)]))
        }
        #expect(streams.map(\.mediaIndex) == [0, 0])
    }

    @Test func aLineThatIsTakenAwayKeepsItsPast() throws {
        let streams = try streams {
            $0.exchange(at: 1, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("192.0.2.2", [audio(6000)]))
            $0.exchange(at: 20, cseq: 2, offer: sdp("192.0.2.1", [audio(0)]), answer: sdp("192.0.2.2", [audio(0)]))
        }
        let client = try #require(streams.first)
        #expect(client.epochs.map(\.isActive) == [true, false])
        #expect(client.epochs[1].destination == nil)
        #expect(client.epochs[1].source == nil)
    }

    @Test func anUnspecifiedAddressIsNowhere() throws {
        let streams = try streams {
            $0.exchange(at: 1, offer: sdp("192.0.2.1", [audio(4000)]), answer: sdp("0.0.0.0", [audio(6000)]))
        }
        #expect(streams.first?.epochs[0].destination == nil)
        #expect(try streams.first?.epochs[0].source == endpoint("192.0.2.1", 4000))
    }

    @Test func labelsFollowTheSenderOverTime() throws {
        var script = CallScript()
        script.isRecording = true
        script.exchange(
            at: 1, offer: sdp("192.0.2.1", [audio(4000, "sendonly", "label:1"), audio(4002, "sendonly", "label:2")]),
            answer: sdp("192.0.2.2", [audio(6000, "recvonly", "label:x"), audio(6002, "recvonly")]))
        script.exchange(
            at: 20, cseq: 2, offer: sdp("192.0.2.1", [audio(4000, "sendonly", "label:7"), audio(4002, "sendonly")]),
            answer: sdp("192.0.2.2", [audio(6000, "recvonly"), audio(6002, "recvonly")]))
        let streams = try script.streams(dialogIndex: 3)
        #expect(streams.map(\.dialog) == [3, 3])
        #expect(streams.map(\.sender) == [.client, .client])
        #expect(streams.map(\.labels) == [["1", "7"], ["2"]])
        #expect(streams[0].label(at: CallScript.time(5)) == "1")
        #expect(streams[0].label(at: CallScript.time(25)) == "7")
        #expect(streams[0].label(at: CallScript.time(0)) == "1")
        #expect(streams[1].label(at: CallScript.time(25)) == "2")
    }

    @Test func aRecordingPausedFromTheStartIsStillAStream() throws {
        var script = CallScript()
        script.isRecording = true
        script.exchange(at: 1, offer: sdp("192.0.2.1", [audio(4000, "inactive")]), answer: sdp("192.0.2.2", [audio(6000, "inactive")]))
        let streams = try script.streams()
        #expect(streams.map(\.sender) == [.client])
        #expect(streams[0].epochs.map(\.isActive) == [false])
    }

    @Test func anUnansweredOfferSaysWhereItsAuthorSendsFrom() throws {
        let streams = try streams { $0.send("INVITE", at: 1, body: sdp("192.0.2.1", [audio(4000)])) }
        let client = try #require(streams.first { $0.sender == .client })
        #expect(client.epochs[0].destination == nil)
        #expect(try client.epochs[0].source == endpoint("192.0.2.1", 4000))
        #expect(!client.epochs[0].isAnswered)
        let server = try #require(streams.first { $0.sender == .server })
        #expect(try server.epochs[0].destination == endpoint("192.0.2.1", 4000))
    }

    @Test func payloadTypesMeanWhatTheReceiverSays() throws {
        let streams = try streams {
            $0.exchange(
                at: 1, offer: sdp("192.0.2.1", [audio(4000, "rtpmap:96 opus/48000/2", "rtpmap:97 iLBC/8000", types: "96 97")]),
                answer: sdp("192.0.2.2", [audio(6000, "rtpmap:96 G722/8000", types: "96")]))
        }
        let client = try #require(streams.first { $0.sender == .client })
        #expect(client.epochs[0].formats.map(\.encoding.description) == ["G722", "iLBC"])
    }
}
