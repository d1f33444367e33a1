import Evidence
import RecordingMetadata
import StreamMatching
import Testing

/// Labels that are missing, shared or contradict the order, and documents that associate nobody: who is taken, how sure, and what else could be.
struct DoubtfulBindingTests {
    private static func document(_ body: String, isWhole: Bool = true) -> String {
        "<recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>complete</datamode>\(body)" + (isWhole ? "</recording>" : "<stream ")
    }

    private static func person(_ id: String) -> String {
        "<participant participant_id=\"\(id)\"><nameID aor=\"sip:\(id)@x.test\"/></participant>"
            + "<participantsessionassoc participant_id=\"\(id)\" session_id=\"S\"/>"
    }
    private static func stream(_ id: String, _ label: String?) -> String {
        "<stream stream_id=\"\(id)\" session_id=\"S\">" + (label.map { "<label>\($0)</label>" } ?? "") + "</stream>"
    }
    private static func sends(_ id: String, _ stream: String?) -> String {
        "<participantstreamassoc participant_id=\"\(id)\">" + (stream.map { "<send>\($0)</send>" } ?? "") + "</participantstreamassoc>"
    }
    private static let session = "<session session_id=\"S\"/>"
    private static let people = session + person("PA") + person("PB")

    private static func timeline(_ documents: [(second: Double, text: String)]) -> MetadataTimeline {
        var timeline = MetadataTimeline()
        for (second, text) in documents {
            timeline.apply(RecordingDocument(parsing: Array(text.utf8), limits: Limits()), at: CaptureTime(seconds: second), isAccepted: true)
        }
        return timeline
    }

    private static func lines(_ labels: [String?]) throws -> [SenderBinding.Line] {
        var script = CallScript()
        script.isRecording = true
        let offer = labels.enumerated().map { number, label in
            ["m=audio \(4000 + 2 * number) RTP/AVP 0", "a=sendonly"] + (label.map { ["a=label:\($0)"] } ?? [])
        }
        script.exchange(at: 0, offer: sdp("192.0.2.1", offer), answer: sdp("192.0.2.2", labels.indices.map { audio(6000 + 2 * $0, "recvonly") }))
        return try script.streams().enumerated().map { ($0.offset, $0.element) }
    }

    private static func text(_ time: CaptureTime) -> String {
        time == .distantPast || time == .distantFuture ? "-" : "\(Int(Double(time.nanoseconds) / 1e9))"
    }

    private struct Result: Equatable {
        var spans: [[String]]
        var alternatives: [[String]]
        var shared: [Int]
    }

    private static func bind(_ labels: [String?], _ documents: [(second: Double, text: String)]) throws -> Result {
        let binding = SenderBinding(streams: try lines(labels), timeline: timeline(documents))
        return Result(
            spans: labels.indices.map { index in
                binding.spans(of: index).map {
                    "\(text($0.from))...\(text($0.until)) \($0.participants.joined(separator: "+")) \($0.basis.rawValue) \($0.basis.confidence.rawValue)"
                }
            },
            alternatives: labels.indices.map { index in
                (binding.alternatives[index] ?? []).map { "\($0.streamID ?? "-") \($0.participants.joined(separator: "+")) \($0.basis.rawValue)" }
            }, shared: binding.sharedLabels.keys.sorted())
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let labels: [String?]
        let body: String
        let spans: [[String]]
        var alternatives: [[String]] = [[], []]
        var shared: [Int] = []
        var testDescription: String { name }
    }

    private static func pair(_ first: String?, _ second: String?) -> String {
        people + stream("T1", first) + stream("T2", second) + sends("PA", "T1") + sends("PB", "T2")
    }

    static let rows: [Row] = [
        Row(name: "labels agree", labels: ["1", "2"], body: pair("1", "2"), spans: [["-...- PA label high"], ["-...- PB label high"]]),
        Row(
            name: "labels contradict the order", labels: ["2", "1"], body: pair("1", "2"), spans: [["-...- PB label high"], ["-...- PA label high"]],
            alternatives: [["T1 PA order"], ["T2 PB order"]]),
        Row(name: "labels equal as numbers", labels: ["01", "2"], body: pair("1", "2"), spans: [["-...- PA similar-label medium"], ["-...- PB label high"]]),
        Row(
            name: "huge labels", labels: ["16777227", "99999999999999999999"], body: pair("16777227", "99999999999999999999"),
            spans: [["-...- PA label high"], ["-...- PB label high"]]),
        Row(
            name: "label 0 and letters", labels: ["0", "a_leg"], body: pair("0", "A_LEG"), spans: [["-...- PA label high"], ["-...- PB similar-label medium"]]),
        Row(
            name: "one label missing", labels: ["1", nil], body: pair("1", "2"), spans: [["-...- PA label high"], ["-...- PB elimination medium"]],
            alternatives: [[], ["T1 PA none"]]),
        Row(
            name: "label missing in the metadata", labels: ["1", "2"], body: pair("1", nil), spans: [["-...- PA label high"], ["-...- PB elimination medium"]],
            alternatives: [[], ["T1 PA none"]]),
        Row(
            name: "one label is in neither", labels: ["1", "7"], body: pair("1", "2"), spans: [["-...- PA label high"], ["-...- PB elimination medium"]],
            alternatives: [["T2 PB none"], ["T1 PA none"]]),
        Row(
            name: "no label in the description", labels: [nil, nil], body: pair("1", "2"), spans: [["-...- PA order low"], ["-...- PB order low"]],
            alternatives: [["T2 PB order"], ["T1 PA order"]]),
        Row(
            name: "no label is in both", labels: ["7", "8"], body: pair("1", "2"), spans: [["-...- PA order low"], ["-...- PB order low"]],
            alternatives: [["T2 PB order"], ["T1 PA order"]]),
        Row(
            name: "one label for everything", labels: ["5", "5"], body: pair("5", "5"),
            spans: [["-...- PA duplicate-label low"], ["-...- PB duplicate-label low"]],
            alternatives: [["T2 PB duplicate-label"], ["T1 PA duplicate-label"]], shared: [0, 1]),
        Row(
            name: "two lines of one label, one stream", labels: ["5", "5"], body: session + person("PA") + stream("T1", "5") + sends("PA", "T1"),
            spans: [["-...- PA duplicate-label low"], ["-...- PA duplicate-label low"]], shared: [0, 1]),
        Row(
            name: "two streams of one label on one line", labels: ["5"], body: pair("5", "5"), spans: [["-...- PA+PB label high"]], alternatives: [[]],
            shared: [0]),
        Row(
            name: "more lines than streams", labels: [nil, nil, nil], body: pair("1", "2"), spans: [[], [], []],
            alternatives: Array(repeating: ["T1 PA none", "T2 PB none"], count: 3)),
        Row(
            name: "no association at all", labels: ["2", "1"], body: people + stream("T1", "1") + stream("T2", "2"),
            spans: [["-...- PB position low"], ["-...- PA position low"]], alternatives: [["- PA position"], ["- PB position"]]),
        Row(
            name: "no stream and empty associations", labels: ["0", "1"], body: people + sends("PA", nil) + sends("PB", nil),
            spans: [["-...- PA position low"], ["-...- PB position low"]], alternatives: [["- PB position"], ["- PA position"]]),
        Row(
            name: "streams and empty associations: nobody sends", labels: ["1", "2"],
            body: people + stream("T1", "1") + stream("T2", "2") + sends("PA", nil) + sends("PB", nil), spans: [[], []]),
        Row(name: "two people, one line, no association", labels: ["1"], body: people + stream("T1", "1"), spans: [[]], alternatives: [[]]),
        Row(
            name: "a focus is no speaker", labels: ["1", "2"],
            body: session + "<participant participant_id=\"F\"><nameID aor=\"sip:f@x.test\"/></participant><participantsessionassoc participant_id=\"F\" "
                + "session_id=\"S\"><param pname=\"isfocus\" pval=\"true\"/></participantsessionassoc>" + person("PA") + person("PB"),
            spans: [["-...- PA position low"], ["-...- PB position low"]], alternatives: [["- PB position"], ["- PA position"]]),
    ]

    @Test(arguments: rows) func bindsAndSaysHowSure(_ row: Row) throws {
        let result = try Self.bind(row.labels, [(0, Self.document(row.body))])
        #expect(result == Result(spans: row.spans, alternatives: row.alternatives, shared: row.shared))
    }

    @Test func whoComesLaterTakesThePlaceThatAnotherLeft() throws {
        let documents = [
            (0.0, Self.document(Self.people)), (30.0, Self.document(Self.session + Self.person("PB") + Self.person("PC"))),
            (60.0, Self.document(Self.session + Self.person("PB"))),
        ]
        let result = try Self.bind(["1", "2"], documents)
        #expect(result.spans == [["-...30 PA position low", "30...- PC position low"], ["-...- PB position low"]])
    }

    @Test func aDocumentThatBreaksOffPlacesNobody() throws {
        let result = try Self.bind(["1", "2"], [(0, Self.document(Self.people, isWhole: false))])
        #expect(result.spans == [[], []])
    }

    @Test func aLabelRefersToTheDescriptionBesideIt() throws {
        // The second offer gives the labels to the other lines, and the metadata beside it names new streams.
        var script = CallScript()
        script.isRecording = true
        let line = { (number: Int, label: String) in ["m=audio \(4000 + 2 * number) RTP/AVP 0", "a=sendonly", "a=label:\(label)"] }
        let answer = sdp("192.0.2.2", [audio(6000, "recvonly"), audio(6002, "recvonly")])
        script.exchange(at: 0, offer: sdp("192.0.2.1", [line(0, "1"), line(1, "2")]), answer: answer)
        script.exchange(at: 30, cseq: 2, offer: sdp("192.0.2.1", [line(0, "2"), line(1, "1")]), answer: answer)
        let streams = try script.streams().enumerated().map { ($0.offset, $0.element) }
        let later = Self.people + Self.stream("T3", "1") + Self.stream("T4", "2") + Self.sends("PA", "T3") + Self.sends("PB", "T4")
        let timeline = Self.timeline([(0, Self.document(Self.pair("1", "2"))), (30.5, Self.document(later))])
        let binding = SenderBinding(streams: streams, timeline: timeline)
        #expect(binding.metadataStreams[0]?.map(\.id) == ["T1", "T4"])
        #expect(binding.metadataStreams[1]?.map(\.id) == ["T2", "T3"])
        #expect(binding.sharedLabels.isEmpty)
    }

    /// Four lines and four stream elements without labels: the k-th with the k-th, whatever the kind.
    @Test func audioAndVideoWithoutLabelsGoInOrder() throws {
        var script = CallScript()
        script.isRecording = true
        func media(_ base: Int, _ direction: String) -> [[String]] {
            ["audio", "video", "audio", "video"].enumerated().map { place, kind in
                ["m=\(kind) \(base + 2 * place) RTP/AVP \(kind == "audio" ? 0 : 97)", "a=\(direction)"]
            }
        }
        script.exchange(at: 0, offer: sdp("192.0.2.1", media(4000, "sendonly")), answer: sdp("192.0.2.2", media(6000, "recvonly")))
        let lines = try script.streams().enumerated().map { ($0.offset, $0.element) }
        let ids = ["T1", "T2", "T3", "T4"]
        func sends(_ id: String, _ streams: [String]) -> String {
            "<participantstreamassoc participant_id=\"\(id)\">" + streams.map { "<send>\($0)</send>" }.joined() + "</participantstreamassoc>"
        }
        let body = Self.people + ids.map { Self.stream($0, nil) }.joined() + sends("PA", ["T1", "T2"]) + sends("PB", ["T3", "T4"])
        let binding = SenderBinding(streams: lines, timeline: Self.timeline([(0, Self.document(body))]))
        #expect(lines.indices.map { binding.spans(of: $0).map(\.participants) } == [[["PA"]], [["PA"]], [["PB"]], [["PB"]]])
        #expect(lines.indices.map { binding.metadataStreams[$0]?.map(\.id) } == ids.map { [$0] })
        #expect(lines.indices.allSatisfy { binding.spans(of: $0).allSatisfy { $0.basis == .order && $0.basis.confidence == .low } })
        // Audio could be the other audio, video the other video.
        #expect(lines.indices.map { binding.alternatives[$0]?.compactMap(\.streamID) } == [["T3"], ["T4"], ["T1"], ["T2"]])
    }
}
