import CaptureFormat
import Evidence
import TestSupport
import Testing

@Suite struct SIPMessageLogTests {
    private static let acme = """
        File opened.
        Dec 31 23:59:59.900 On [1:0]10.0.0.1:5060 received from 10.0.0.2:5070
        INVITE sip:bob@example.com SIP/2.0
        Call-ID: a
        Date: Tue, 31 Dec 2024 23:59:59 GMT
        Content-Length: 5

        v=0

        ----------------------------------------
        Jan  1 00:00:00.100 On [1:0]10.0.0.1:5060 sent to 10.0.0.2:5070
        SIP/2.0 200 OK
        Call-ID: a

        ----------------------------------------
        Jan  1 00:00:01.000 On 127.0.0.1:2945 sent to 127.0.0.1:2944
        MEGACO/1 [1]
        ----------------------------------------
        Jan  1 00:00:02.000 On [0:0][2001:db8::1]:5060 received from [2001:db8::2]:5060
        BYE sip:bob@example.com SIP/2.0
        Call-ID: a


        """

    private func convert(_ text: String, step: Int) -> (read: ReadResult, remarks: [CaptureRemark]) {
        var log = SIPMessageLog()
        let octets = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < octets.count {
            out += log.convert(octets[at..<min(octets.count, at + step)], isFinal: false)
            at += step
        }
        out += log.convert([], isFinal: true)
        return (readAll(out, format: .sipMessageLog, refill: 1000), log.takeRemarks())
    }

    @Test(arguments: [1, 7, 100_000]) func messagesOfABorderControllerBecomeDatagrams(step: Int) {
        let octets = Array(Self.acme.utf8)
        #expect(CaptureParser.sniff(octets.span.bytes) == .sipMessageLog)
        let (read, remarks) = convert(Self.acme, step: step)
        #expect(read.frames.count == 3)
        #expect(
            read.frames.map { CaptureTime(nanoseconds: $0.nanoseconds).rfc3339 } == [
                "2024-12-31T23:59:59.900000000Z", "2025-01-01T00:00:00.100000000Z", "2025-01-01T00:00:02.000000000Z",
            ])
        #expect(Array(read.frames[0].octets[12..<24]) == [10, 0, 0, 2, 10, 0, 0, 1, 0x13, 0xCE, 0x13, 0xC4])
        #expect(Array(read.frames[1].octets[12..<20]) == [10, 0, 0, 1, 10, 0, 0, 2])
        #expect(read.frames[2].octets[0] == 0x60)
        #expect(String(decoding: read.frames[0].octets[28...], as: UTF8.self).hasPrefix("INVITE sip:bob@example.com SIP/2.0\r\nCall-ID: a\r\n"))
        #expect(read.codes.isEmpty)
        #expect(remarks.map(\.rule.code) == ["CAP015"])
    }

    @Test func theFormOfTracingToolsHasAYear() {
        let text = "U 2026/08/17 10:03:31.123456 198.51.100.10:5060 -> 203.0.113.5:5080\nOPTIONS sip:a@b SIP/2.0\nCall-ID: x\n\n"
        let (read, _) = convert(text, step: 9)
        #expect(read.frames.map { CaptureTime(nanoseconds: $0.nanoseconds).rfc3339 } == ["2026-08-17T10:03:31.123456000Z"])
        #expect(CaptureParser.sniff(Array(text.utf8).span.bytes) == .sipMessageLog)
    }

    private static let freeswitch = """
        2021-05-23 20:07:57.000000 [NOTICE] mod_sofia.c:1 started
        recv 120 bytes from udp/[192.0.2.1]:52110 at 20:07:57.811303:
        ------------------------------------------------------------------------
           INVITE sip:1000@192.0.2.9 SIP/2.0
           Call-ID: x
           Content-Length: 5

           v=0
        2021-05-23 20:07:57.808015 [NOTICE] switch_channel.c:1118 New Channel
        send 80 bytes to udp/[192.0.2.1]:52110 at 20:07:57.814089:
        ------------------------------------------------------------------------
           SIP/2.0 407 Proxy Authentication Required
           Call-ID: x

        ------------------------------------------------------------------------

        """

    private static let asterisk = """
        [2024-07-10 12:00:00.123] VERBOSE[7] res_pjsip_logger.c: <--- Received SIP request (90 bytes) from UDP:[2001:db8::1]:5070 --->
        OPTIONS sip:a@b SIP/2.0
        Call-ID: x


        [2024-07-10 12:00:00.125] VERBOSE[7] res_pjsip_logger.c: <--- Transmitting SIP response (80 bytes) to UDP:[2001:db8::1]:5070 --->
        SIP/2.0 200 OK
        Call-ID: x

        [2024-07-10 12:00:01] VERBOSE[8] chan_sip.c: <--- SIP read from UDP:192.0.2.7:5060 --->
        SIP/2.0 180 Ringing
        Call-ID: y

        <------------->
        [2024-07-10 12:00:02] VERBOSE[8] pbx.c: nothing

        """

    private static let kamailio = """
        ====================
        tag: rcv
        pid: 32466
        process: 9
        time: 1720612800.470217
        date: Wed Jul 10 12:00:00 2024
        proto: udp ipv4
        srcip: 192.0.2.1
        srcport: 5062
        dstip: 198.51.100.2
        dstport: 5060
        ~~~~~~~~~~~~~~~~~~~~
        OPTIONS sip:a@b SIP/2.0
        Call-ID: x

        ||||||||||||||||||||
        ====================
        tag: snd
        time: 1720612800.5
        srcip: 198.51.100.2
        srcport: 5060
        dstip: 192.0.2.1
        dstport: 5062
        ~~~~~~~~~~~~~~~~~~~~
        SIP/2.0 200 OK
        Call-ID: x

        ||||||||||||||||||||

        """

    private static let dialects: [(text: String, times: [String], starts: [String])] = [
        (freeswitch, ["2021-05-23T20:07:57.811303000Z", "2021-05-23T20:07:57.814089000Z"], ["INVITE", "SIP/2.0 407"]),
        (
            asterisk, ["2024-07-10T12:00:00.123000000Z", "2024-07-10T12:00:00.125000000Z", "2024-07-10T12:00:01.000000000Z"],
            ["OPTIONS", "SIP/2.0 200", "SIP/2.0 180"]
        ),
        (kamailio, ["2024-07-10T12:00:00.470217000Z", "2024-07-10T12:00:00.500000000Z"], ["OPTIONS", "SIP/2.0 200"]),
    ]

    @Test(arguments: 0..<3, [1, 50, 100_000]) func logsOfServersBecomeDatagrams(dialect: Int, step: Int) {
        let (text, times, starts) = Self.dialects[dialect]
        #expect(CaptureParser.sniff(Array(text.utf8).span.bytes) == .sipMessageLog)
        let (read, _) = convert(text, step: step)
        #expect(read.frames.map { CaptureTime(nanoseconds: $0.nanoseconds).rfc3339 } == times)
        for (frame, start) in zip(read.frames, starts) {
            let message = String(decoding: frame.octets[(frame.octets[0] == 0x60 ? 48 : 28)...], as: UTF8.self)
            #expect(message.hasPrefix(start), "\(message)")
            #expect(!message.contains("VERBOSE") && !message.contains("NOTICE") && !message.contains("<---") && !message.contains("||||"))
        }
        if dialect == 0 {
            #expect(String(decoding: read.frames[0].octets[28...], as: UTF8.self).hasSuffix("Content-Length: 5\r\n\r\nv=0\r\n"))
            // From the one that is told to the one that is not, and back.
            #expect(Array(read.frames[0].octets[12..<20]) == [192, 0, 2, 1, 0, 0, 0, 0])
            #expect(Array(read.frames[1].octets[12..<24]) == [0, 0, 0, 0, 192, 0, 2, 1, 0, 0, 0xCB, 0x8E])
        }
        if dialect == 1 { #expect(read.frames.map { $0.octets[0] } == [0x60, 0x60, 0x45]) }
        if dialect == 2 { #expect(Array(read.frames[1].octets[12..<24]) == [198, 51, 100, 2, 192, 0, 2, 1, 0x13, 0xC4, 0x13, 0xC6]) }
    }

    @Test func aDateThatNobodyTellsIsSaid() {
        let text = "send 80 bytes to udp/[192.0.2.1]:5060 at 20:07:57.5:\n----------------------\n   BYE sip:a@b SIP/2.0\n   Call-ID: x\n\n"
        let (read, remarks) = convert(text, step: 10)
        #expect(read.frames.map { CaptureTime(nanoseconds: $0.nanoseconds).rfc3339 } == ["1970-01-01T20:07:57.500000000Z"])
        #expect(remarks.contains { $0.message.contains("has no date") })
    }

    @Test func aYearThatNobodyTellsIsSaid() {
        let text = "Jul 10 12:00:00.123 On [1:0]10.0.0.1:5060 sent to 10.0.0.2:5060\nBYE sip:a@b SIP/2.0\n\n"
        let (read, remarks) = convert(text, step: 1000)
        #expect(read.frames.map { CaptureTime(nanoseconds: $0.nanoseconds).rfc3339 } == ["1970-07-10T12:00:00.123000000Z"])
        #expect(remarks.last?.message.contains("1970") == true)
    }

    @Test func otherTextIsNoLog() {
        for text in ["hello\nworld\n", "INVITE sip:a@b SIP/2.0\r\n\r\n", "Jul 10 12:00:00.123 On [1:0]10.0.0.1:5060 sent to 10.0.0.2:5060\nhello\n"] {
            #expect(CaptureParser.sniff(Array(text.utf8).span.bytes) == nil)
        }
    }

    @Test func anyOctetsAreSurvived() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        for text in [Self.acme, Self.freeswitch, Self.asterisk, Self.kamailio].map({ Array($0.utf8) }) { survive(text, &random, seed) }
    }

    private func survive(_ text: [UInt8], _ random: inout SeededRandom, _ seed: UInt64) {
        for _ in 0..<100 {
            var damaged = text
            for _ in 0..<8 { damaged[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            var log = SIPMessageLog()
            let out = log.convert(damaged[...], isFinal: true)
            #expect(readAll(out, format: .sipMessageLog, refill: 5000).steps < .max, "seed \(seed)")
        }
    }
}
