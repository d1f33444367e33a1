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
        let text = Array(Self.acme.utf8)
        for _ in 0..<200 {
            var damaged = text
            for _ in 0..<8 { damaged[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            var log = SIPMessageLog()
            let out = log.convert(damaged[...], isFinal: true)
            #expect(readAll(out, format: .sipMessageLog, refill: 5000).steps < .max, "seed \(seed)")
        }
    }
}
