import Foundation
import TestSupport
import Testing

@testable import RecordingRecords

/// Records as Foundation's encoder writes them, but for what would steer a display.
@Suite struct JSONTextTests {
    private static let fates =
        #"{"heard":1,"repair":0,"copy":1,"paused":0,"notOpened":0,"notDecodable":0,"refused":1,"late":0,"contradicted":0,"notWanted":0,"limit":0}"#
    private static let place = #"{"capture":"a.pcap","frame":7,"offset":42}"#
    private static let extensions = #"[{"name":"ucid","namespace":"urn:x","path":"a/b","value":"1"}]"#
    private static let tool = #"{"name":"siprecap","version":"1"}"#
    private static let findings =
        "[{\"count\":2,\"first\":\(place),\"last\":\(place),\"message\":\"é \\\"quoted\\\"\\u202e\",\"reference\":\"RFC 3261\",\"rule\":\"SIP001\","
        + "\"severity\":\"info\",\"subject\":{\"callID\":\"a@b\",\"capture\":\"c\",\"flow\":\"f\",\"stream\":\"s1\"}}]"
    private static let captures = """
        [{"bytes":1,"clock":{"corrected":-1.5,"offset":0.25,"packets":3,"relativeTo":"b.pcap"},"dropped":0,"first":"f","last":"l",
        "linkTypes":["EN10MB"],"name":"a.pcap","packets":4,"sha256":"00","snapLength":96}]
        """
    private static let options = #"{"since":"2026","jobs":2.5,"native":true,"kinds":["siprec"],"é":"x","z":[]}"#

    /// A recording in which no key is absent, at any depth.
    private static let recording = """
        {"schema":"siprecap.recording/1","id":"i","kind":"siprec","start":"s","end":"e","duration":1.25,"complete":true,
        "dialogs":[{"callID":"a@b","role":"recording","transport":"udp","client":{"address":"192.0.2.1","port":5060,"uri":"sip:a@b","userAgent":"U"},
            "server":{"address":"192.0.2.2","port":5061,"uri":"sip:c@d","userAgent":"V"},"start":"s","answered":"a","end":"e","endedBy":"client",
            "first":\(place),"relation":["r"],"referredBy":{"uri":"sip:x@y","name":"X","source":"Referred-By"},
            "metadata":{"dialect":"D","documents":2,"clockOffset":3.8,"assumedZone":60,"incomplete":true,"extensions":\(extensions)}}],
        "sessions":[{"id":"cs","sipSessionIDs":["x"],"groupID":"g","start":"s","end":"e","statedStart":"ss","statedEnd":"se","reasons":["r"],
            "extensions":\(extensions)}],
        "participants":[{"id":"p","aor":"sip:a@b","aors":["sip:a@b"],"names":[{"value":"N","language":"en"}],
            "identities":[{"uri":"sip:a@b","name":"N","source":"S"}],"extensions":\(extensions),
            "sessions":[{"id":"cs","start":"s","end":"e","statedStart":"ss","statedEnd":"se"}],
            "sends":[{"stream":"s1","start":"s","end":"e","statedStart":"ss","statedEnd":"se","assumed":true}],
            "receives":[{"stream":"s2","start":"s","end":"e","statedStart":"ss","statedEnd":"se","assumed":true}],
            "talk":{"seconds":2.5,"overlap":0,"spans":1},"files":["audio/p.wav"],"confidence":"signalled"}],
        "streams":[{"id":"s1","streamID":"st","label":"1","media":"audio","participants":["p"],
            "binding":{"basis":"label","confidence":"high","alternatives":[{"basis":"none","participants":["q"],"streamID":"x"}],"contradictedBy":["a=ssrc cname q"]},
            "datagrams":{"transport":"udptl","packets":3,"start":"s","end":"e","offset":1,"duration":2,"decoded":false,"first":\(place),"last":\(place)},
            "security":{"suite":"S","keySource":"sdp","mki":"00","authenticated":1,"failed":2,"suspected":{"confidence":"high","reasons":["r"]}},
            "flows":[{"ssrc":"0x00000001","source":"a:1","destination":"b:2",
                "codecs":[{"name":"PCMU","payloadType":0,"clockRate":8000,"channels":1,"packets":3,"inferred":true}],
                "firstPacket":"f","lastPacket":"l","packets":3,"copies":1,"captures":[{"name":"a.pcap","packets":2,"copies":1}],"lost":1,
                "fates":\(fates),
                "unheard":[{"fate":"copy","ground":"repeated","packets":1,"first":\(place),"last":\(place),"original":\(place)}],
                "sound":[{"offset":0,"duration":0.06}],
                "recovered":{"inBand":1,"redundancy":2,"parity":3,"retransmission":4},"duplicates":5,"reordered":6,"jitter":0.0001,"mos":4.41,
                "quality":{"bursts":{"density":0.5,"packets":3,"gapDensity":0.01,"gapPackets":40.5},"over":10,
                    "spans":[{"offset":-0.5,"packets":1,"lost":0,"jitter":1e-6,"mos":4.4}]},
                "contributors":[{"ssrc":"0x2","basis":"contributor","participants":["p"],"mapping":"stream","cname":"c","packets":9,
                    "talk":[{"offset":1,"duration":0.02}]}],
                "twins":[{"source":"a:1","destination":"c:3","packets":3}],"clock":{"ppm":12.5,"method":"silence","adjusted":2},
                "timing":{"basis":"arrival","reason":"r","clockRate":16000,"moved":0.01},"match":{"confidence":"high","reasons":["r"]},
                "control":{"tried":2,"authenticated":1,"cname":"c"},"goodbye":"g","first":\(place),"last":\(place)}],
            "gaps":[{"start":"s","offset":1,"duration":0.5,"packets":0,"cause":"network-loss","reason":"r","edge":true,"concealed":0.25,"first":\(place),
                "last":\(place)}],
            "files":["audio/p.wav"]}],
        "files":[{"path":"audio/p.wav","role":"participant","participants":["p"],"streams":["s1"],"mediaType":"audio/wav","bytes":44,"sha256":"00",
            "sampleRate":8000,"channels":1,"frames":9007199254740993,"start":"s","offset":0,"native":{"kept":false,"encoding":"PCMU","reason":"r"},
            "channelMap":[{"participants":["p"],"streams":["s1"]}],"gain":0.123456789,"first":\(place)}],
        "events":[{"time":"t","offset":-1.206,"type":"dtmf","participants":["p"],"stream":"s1","detail":{"digit":"5","a":"b","é/":"\\n"}}],
        "findings":\(findings),
        "provenance":{"tool":\(tool),"options":\(options),"captures":\(captures),"keys":[{"id":"k","kind":"sdes","source":"sdp"}]}}
        """

    private static let run = """
        {"schema":"siprecap.run/1","tool":\(tool),"options":\(options),"captures":\(captures),"rejected":[{"name":"n","reason":"r"}],
        "totals":{"captures":1,"bytesRead":2,"packets":3,"flows":4,"ignoredFlows":5,"dialogs":6,"recordings":7,"completeRecordings":8,
            "participants":9,"streams":10,"audioFiles":11,"audio":12.5,"gaps":0.1,"errors":13,"warnings":14,"infos":15,
            "rtpPackets":4,"copies":1,"fates":\(fates)},"unrecorded":[{"reason":"noise","fate":"contradicted","flows":1,"packets":2}],
        "findings":\(findings),
        "recordings":[{"id":"i","kind":"call","folder":"recordings/x","start":"s","duration":4,"complete":false,"participants":2,"streams":2,
            "audioFiles":2,"packets":3,"copies":1,"fates":\(fates)}],
        "interrupted":true,"exitStatus":-130,"started":"s","finished":"f","manifest":{"path":"m","sha256":"00","files":3}}
        """

    private static func foundation(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self).replacing("\u{202E}", with: "\\u202e") + "\n"
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func everyKeyIsWritten() throws {
        let recording = try Self.decode(RecordingRecord.self, Self.recording)
        let run = try Self.decode(RunRecord.self, Self.run)
        // A key that is new must be in the samples above, or it would not be compared.
        #expect(Self.absent(in: recording, "recording") == [])
        #expect(Self.absent(in: run, "run") == [])
        #expect(String(decoding: try RecordJSON.octets(of: recording), as: UTF8.self) == (try Self.foundation(recording)))
        #expect(String(decoding: try RecordJSON.octets(of: run), as: UTF8.self) == (try Self.foundation(run)))
        #expect(try Self.decode(RecordingRecord.self, String(decoding: RecordJSON.octets(of: recording), as: UTF8.self)) == recording)
    }

    @Test func numbersAreWrittenAsFoundationWritesThem() throws {
        var file = FileRecord(WrittenFile(path: "p", bytes: .min, sha256: ""), role: .mix, mediaType: "m")
        let numbers = [
            0, -0.0, 1, -1, 0.1, -2.5, 1e-7, 999_999_999_999_999, 1e15, -1e15, 1e16, 1e22, 9_007_199_254_740_992, 1.5e300, .leastNonzeroMagnitude,
            .greatestFiniteMagnitude,
        ]
        for number in numbers {
            file.gain = number
            #expect(String(decoding: try RecordJSON.octets(of: file), as: UTF8.self) == (try Self.foundation(file)), "\(number)")
        }
        for number in [Double.nan, .infinity] {
            file.gain = number
            #expect(throws: EncodingError.self) { try RecordJSON.octets(of: file) }
        }
    }

    /// An object whose members come in any order, at any depth.
    private struct Shuffled: Encodable {
        let keys: [String]
        let depth: Int

        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            for key in keys {
                guard depth > 0 else {
                    try object.encode(key, forKey: Key(key))
                    continue
                }
                try object.encode(Shuffled(keys: keys.reversed(), depth: depth - 1), forKey: Key(key))
            }
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    @Test func membersAreSortedHoweverTheyCome() throws {
        let keys = ["b", "a", "longer key 2", "longer key 10", "longer key", "", "\"", "\n", "é", "~", "a ", "a!", "Z", "\u{0}"]
        var random = SeededRandom(seed: 3)
        for _ in 0..<20 {
            let value = Shuffled(keys: keys.shuffled(using: &random), depth: 2)
            #expect(String(decoding: try RecordJSON.octets(of: value), as: UTF8.self) == (try Self.foundation(value)))
        }
    }

    /// A container that is used after its parent went on would write into a wrong place.
    private struct Late: Encodable {
        func encode(to encoder: any Encoder) throws {
            var object = encoder.container(keyedBy: Key.self)
            var list = object.nestedUnkeyedContainer(forKey: Key("a"))
            try object.encode(1, forKey: Key("b"))
            try list.encode(2)
        }
    }

    @Test func aContainerThatHasEndedTakesNothing() {
        #expect(throws: EncodingError.self) { try RecordJSON.octets(of: Late()) }
    }

    /// Properties that are nil or empty, at any depth; what is computed or not encoded apart.
    private static func absent(in value: Any, _ path: String) -> [String] {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            guard let inner = mirror.children.first else { return path.hasSuffix("quality.mos") ? [] : [path] }
            return absent(in: inner.value, path)
        }
        if mirror.displayStyle == .collection, mirror.children.isEmpty { return path.contains(".options.") ? [] : [path] }
        return mirror.children.flatMap { absent(in: $0.value, path + "." + ($0.label ?? "")) }
    }
}
