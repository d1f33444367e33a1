import CaptureSurvey
import Evidence
import RecordingAccount
import RecordingPlan
import RecordingRecords
import StreamMatching
import TestSupport
import Testing

/// Every packet has one fate, every moment is sound or a gap: over calls that chance makes. It needs no truth.
@Suite struct ConservationTests {
    /// A call in which everything may happen to packets; no two seeds are alike.
    static func capture(_ seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        var script = CaptureScript()
        let call = SIPScript(isRecording: false)
        let codecs = ["a=rtpmap:13 CN/8000", "a=rtpmap:101 telephone-event/8000", "a=rtpmap:97 EVS/16000"]
        func description(_ address: String, _ port: Int) -> String {
            let lines = [
                "v=0", "o=- 1 1 IN IP4 \(address)", "s=-", "c=IN IP4 \(address)", "t=0 0", "m=audio \(port) RTP/AVP 0 13 97 101", "a=rtpmap:0 PCMU/8000",
            ]
            return (lines + codecs + ["a=sendrecv"]).joined(separator: "\r\n") + "\r\n"
        }
        call.open(0, offer: description("192.0.2.1", 4000), answer: description("192.0.2.2", 5000), into: &script)
        let ends = [(Socket(0xC000_0201, 4000), Socket(0xC000_0202, 5000)), (Socket(0xC000_0202, 5000), Socket(0xC000_0201, 4000))]
        for (side, (from, to)) in ends.enumerated() {
            var sequence = UInt16.random(in: 0...UInt16.max, using: &random)
            var timestamp = UInt32.random(in: 0...UInt32.max, using: &random)
            var ssrc = UInt32(side + 1)
            var time = 200_000 + Int.random(in: 0..<1_500_000, using: &random)
            var stall = 0
            while time < 14_000_000 {
                var type: UInt8 = 0
                var payload = (0..<160).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ Int(sequence)) | 1 }
                let event = Int.random(in: 0..<400, using: &random)
                switch event {
                case 0: sequence = UInt16.random(in: 0...UInt16.max, using: &random)
                case 1: timestamp = UInt32.random(in: 0...UInt32.max, using: &random)
                case 2: ssrc &+= 16
                case 3:
                    let pause = Int.random(in: 1...200, using: &random)
                    timestamp &+= UInt32(pause * 160)
                    time += pause * 20_000
                case 4: stall = Int.random(in: 0..<3_000_000, using: &random)
                case 5: time += Int.random(in: 0..<4_000_000, using: &random)
                case 6...12: (type, payload) = (13, [60])
                case 13...20: (type, payload) = (101, [UInt8(event - 13), 10, 0, 160])
                case 21...24: (type, payload) = (97, Array(repeating: 5, count: 40))
                case 25: (type, payload) = (99, [1, 2, 3])
                case 26: payload = []
                case 27: (type, payload) = (13, [])
                case 28: (type, payload) = (101, [1])
                default: break
                }
                stall = max(0, stall - 15_000)
                let isLost = (30...45).contains(event)
                let isAgain = (46...52).contains(event)
                let jitter = Int.random(in: 0..<8_000, using: &random) + ((53...60).contains(event) ? Int.random(in: 0..<1_600_000, using: &random) : 0)
                let isLying = event == 61
                let packet =
                    [isLying ? 0xA0 : 0x80, type | (event == 3 ? 0x80 : 0)] + CaptureScript.be16(Int(sequence)) + CaptureScript.be32(timestamp)
                    + CaptureScript.be32(ssrc) + payload + (isLying ? [250] : [])
                if !isLost {
                    let arrival = time + jitter + stall
                    script.datagram(arrival, from: from, to: to, packet, kept: event == 62 ? 80 : nil, identification: Int(sequence))
                    if isAgain {
                        let delay = Int.random(in: 100..<900_000, using: &random)
                        script.datagram(arrival + delay, from: from, to: to, packet, identification: Int(sequence) + Int.random(in: 0...1, using: &random))
                    }
                }
                sequence &+= 1
                if type != 101 { timestamp &+= 160 }
                time += 20_000
            }
        }
        if Bool.random(using: &random) {
            call.send("INVITE", 5_000_000, cseq: 2, body: description("192.0.2.1", 4000).replacing("sendrecv", with: "inactive"), into: &script)
            call.send("200", 5_050_000, cseq: 2, by: .server, body: description("192.0.2.2", 5000).replacing("sendrecv", with: "inactive"), into: &script)
            call.send("INVITE", 8_000_000, cseq: 3, body: description("192.0.2.1", 4000), into: &script)
            call.send("200", 8_050_000, cseq: 3, by: .server, body: description("192.0.2.2", 5000), into: &script)
        }
        call.close(18_000_000, into: &script)
        return script.pcap()
    }

    private static func options(_ seed: UInt64) -> ReconstructionOptions {
        var options = ReconstructionOptions()
        if seed % 5 == 1 { options.keepsNative = true }
        if seed % 5 == 2 { options.timeline = .trimmed }
        if seed % 5 == 3 { options.concealment = .plc }
        if seed % 7 == 3 { options.includesPaused = true }
        return options
    }

    @Test("the law holds, whatever happens to the packets", arguments: 1...60)
    func randomCalls(seed: Int) async throws {
        let options = Self.options(UInt64(seed))
        let run = await Reconstructed.run(Self.capture(UInt64(seed)), options: options)
        #expect(!run.recordings.isEmpty)
        var counted = run.plan.unplanned.reduce(0) { $0 + $1.packets }
        for recording in run.recordings {
            let record = try recording.sidecar
            let law = AccountingLaw(record) { recording.audio[$0]?.frames }
            #expect(law.violations.isEmpty, "seed \(seed): \(law.violations)")
            counted += law.packets + law.copies
        }
        #expect(counted == run.survey.flows.rows.reduce(0) { $0 + $1.packets }, "seed \(seed)")
    }

    /// A second source on the line of which nothing can be decoded, at the times of the first one's losses and between.
    @Test func aSourceThatIsNeverHeardHasNoGapsOfItsOwnBesideTheFile() async throws {
        var session = SessionScript()
        session.open(extra: ["a=rtpmap:18 G729/8000"])
        SessionScript.ann.send(0..<300, at: 500_000, without: [40, 41, 120, 200], into: &session.script)
        SessionScript.bob.send(0..<300, at: 500_000, into: &session.script)
        var other = SessionScript.ann
        other.ssrc = 0xBAD
        other.payloadType = 18
        // 160 octets are no number of frames of G.729 and one of its comfort noise: each is refused.
        for number in 0..<150 {
            session.script.datagram(1_011_000 + number * 20_000, from: other.source, to: other.destination, Array(other.packet(number).dropLast(3)))
        }
        session.sip.close(8_000_000, into: &session.script)
        let recording = try await Reconstructed.run(session.script.pcap()).only
        let law = AccountingLaw(try recording.sidecar) { recording.audio[$0]?.frames }
        #expect(law.violations.isEmpty, "\(law.violations)")
        #expect(law.fates.refused + law.fates.contradicted + law.fates.notDecodable == 150)
    }

    /// The law is no tautology: a packet that is counted nowhere is seen, and so is a moment.
    @Test func aBrokenAccountIsSeen() async throws {
        let run = await Reconstructed.run(Self.capture(4))
        var record = try #require(try run.recordings.first?.sidecar)
        #expect(AccountingLaw(record) { _ in nil }.violations.isEmpty)
        let stream = try #require(record.streams.firstIndex { $0.flows.contains { ($0.unheard ?? []).count > 1 } })
        let flow = try #require(record.streams[stream].flows.firstIndex { ($0.unheard ?? []).count > 1 })
        let whole = record
        record.streams[stream].flows[flow].fates?.heard -= 1
        #expect(AccountingLaw(record) { _ in nil }.violations.count == 1)
        record = whole
        record.streams[stream].flows[flow].unheard?.removeFirst()
        #expect(AccountingLaw(record) { _ in nil }.violations.count == 1)
        record = whole
        record.streams[stream].gaps.removeAll()
        for index in record.streams[stream].flows.indices { record.streams[stream].flows[index].sound = nil }
        #expect(!AccountingLaw(record) { _ in nil }.violations.isEmpty)
        record = whole
        record.complete = true
        #expect(AccountingLaw(record) { _ in nil }.violations.count == 1)
    }
}
