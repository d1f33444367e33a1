import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import TestSupport
import Testing

/// Several recording sessions on one TCP connection, cut anywhere.
struct SharedConnectionTests {
    @Test("dialogs that share a connection keep their people and sound apart", arguments: [1, 7, 536, 1400, 9000])
    func severalDialogsOnOneConnection(segment: Int) async throws {
        var script = CaptureScript()
        var streams: [Bool: [(time: Int, octets: [UInt8])]] = [:]
        for number in 0...1 {
            var session = SessionScript()
            session.sip.callID = "rs-\(number)@client.test"
            session.sip.tags = ("c\(number)", "s\(number)")
            let name = number == 0 ? "ann" : "bob"
            let metadata = SIPScript.metadata(
                "<session session_id=\"S\"/>" + SIPScript.participant("P", name: name, sends: ["T"]) + SIPScript.stream("T", label: "1"))
            let ports = (4000 + number * 2, 6000 + number * 2)
            session.sip.open(
                0, offer: SIPScript.description("192.0.2.1", ports: [ports.0], direction: "sendonly", labels: true),
                answer: SIPScript.description("192.0.2.2", ports: [ports.1], direction: "recvonly"), metadata: metadata, into: &session.script)
            session.sip.close(3_000_000, into: &session.script)
            // What the script wrote as datagrams goes on the connection, both dialogs in turn.
            for frame in session.script.frames {
                let isFromClient = frame.octets[29] == 1
                streams[isFromClient, default: []].append((frame.microseconds + number * 1000, Array(frame.octets.dropFirst(42))))
            }
            (number == 0 ? SessionScript.ann : SessionScript.bob).send(0..<100, at: 500_000, into: &script)
        }
        let (client, server) = (Socket(0xC000_0201, 40_000), Socket(0xC000_0202, 5060))
        for (isFromClient, messages) in streams.sorted(by: { $0.key && !$1.key }) {
            var sequence: UInt32 = 7000
            // What is sent within a moment leaves together, so that segments run across messages.
            for moment in Set(messages.map { $0.time / 10_000 }).sorted() {
                let octets = messages.filter { $0.time / 10_000 == moment }.sorted { $0.time < $1.time }.flatMap(\.octets)
                for (index, from) in stride(from: 0, to: octets.count, by: segment).enumerated() {
                    let piece = Array(octets[from..<min(octets.count, from + segment)])
                    let (source, destination) = isFromClient ? (client, server) : (server, client)
                    script.segment(moment * 10_000 + index, from: source, to: destination, sequence: sequence, piece)
                    sequence &+= UInt32(piece.count)
                }
            }
        }
        let run = await Reconstructed.run(script.pcap())
        let recordings = run.recordings
        try #require(recordings.count == 2)
        let sidecars = try recordings.map { try $0.sidecar }
        #expect(Set(sidecars.map { $0.dialogs.map(\.callID) }) == [["rs-0@client.test"], ["rs-1@client.test"]])
        for (recording, sidecar) in zip(recordings, sidecars) {
            let isFirst = sidecar.dialogs[0].callID == "rs-0@client.test"
            #expect(sidecar.participants.map { $0.names.map(\.value) } == [[isFirst ? "ann" : "bob"]])
            #expect(sidecar.streams.map(\.label) == ["1"] && sidecar.dialogs[0].transport == "tcp")
            #expect(sidecar.participants[0].sends.map(\.end) == [sidecar.dialogs[0].end])
            #expect(try recording.samples(of: "P") == (isFirst ? SessionScript.ann : SessionScript.bob).samples(0..<100))
        }
    }
}
