import Evidence
import RecordingMetadata
import SIPDialogs
import StreamMatching
import Testing

/// Who sends on which m-line and when (RFC 7865 sections 6.7 to 6.9, RFC 8068).
struct SenderBindingTests {
    private static func document(_ body: String, mode: String = "complete") -> String {
        "<?xml version=\"1.0\"?><recording xmlns=\"urn:ietf:params:xml:ns:recording:1\"><datamode>\(mode)</datamode>\(body)</recording>"
    }

    private static func person(_ id: String) -> String { "<participant participant_id=\"\(id)\"><nameID aor=\"sip:\(id)@x.test\"/></participant>" }
    private static func member(_ id: String, _ content: String = "") -> String {
        "<participantsessionassoc participant_id=\"\(id)\" session_id=\"S\">\(content)</participantsessionassoc>"
    }
    private static func uses(_ id: String, sends: [String] = [], receives: [String] = []) -> String {
        "<participantstreamassoc participant_id=\"\(id)\">" + sends.map { "<send>\($0)</send>" }.joined() + receives.map { "<recv>\($0)</recv>" }.joined()
            + "</participantstreamassoc>"
    }
    private static func stream(_ id: String, _ label: String?) -> String {
        "<stream stream_id=\"\(id)\" session_id=\"S\">" + (label.map { "<label>\($0)</label>" } ?? "") + "</stream>"
    }

    private static func timeline(_ documents: [(second: Double, text: String)]) -> MetadataTimeline {
        var timeline = MetadataTimeline()
        for (second, text) in documents {
            timeline.apply(RecordingDocument(parsing: Array(text.utf8), limits: Limits()), at: CaptureTime(seconds: second), isAccepted: true)
        }
        return timeline
    }

    /// The m-lines of a recording session with these labels.
    private static func lines(_ labels: [String?]) throws -> [(index: Int, stream: NegotiatedStream)] {
        var script = CallScript()
        script.isRecording = true
        let offer = labels.enumerated().map { number, label in
            ["m=audio \(4000 + 2 * number) RTP/AVP 0", "a=sendonly"] + (label.map { ["a=label:\($0)"] } ?? [])
        }
        let answer = labels.indices.map { audio(6000 + 2 * $0, "recvonly") }
        script.exchange(at: 0, offer: sdp("192.0.2.1", offer), answer: sdp("192.0.2.2", answer))
        let streams = try script.streams()
        try #require(streams.count == labels.count)
        return streams.enumerated().map { ($0.offset, $0.element) }
    }

    private static let pair = document(
        "<session session_id=\"S\"/>" + person("PA") + person("PB") + stream("T1", "1") + stream("T2", "2") + member("PA") + member("PB")
            + uses("PA", sends: ["T1"], receives: ["T2"]) + uses("PB", sends: ["T2"], receives: ["T1"]))

    private static func seconds(_ spans: [SenderSpan]) -> [String] {
        func text(_ time: CaptureTime) -> String {
            time == .distantPast ? "-" : time == .distantFuture ? "-" : "\(Int(Double(time.nanoseconds) / 1e9))"
        }
        return spans.map { "\(text($0.from))...\(text($0.until)) \($0.participants.joined(separator: "+")) \($0.basis.rawValue)" }
    }

    private static func spans(_ labels: [String?], _ documents: [(second: Double, text: String)]) throws -> [[String]] {
        let binding = SenderBinding(streams: try lines(labels), timeline: timeline(documents))
        return labels.indices.map { seconds(binding.spans(of: $0)) }
    }

    @Test func labelsJoinLinesAndStreams() throws {
        #expect(try Self.spans(["1", "2"], [(0, Self.pair)]) == [["-...- PA label"], ["-...- PB label"]])
        #expect(try Self.spans(["2", "1"], [(0, Self.pair)]) == [["-...- PB label"], ["-...- PA label"]])
    }

    @Test(arguments: [("01", "1"), ("A", "a"), ("0", "00")]) func labelsThatAreAlmostEqualJoinToo(_ line: String, _ stream: String) throws {
        let text = Self.document(
            "<session session_id=\"S\"/>" + Self.person("PA") + Self.stream("T1", stream) + Self.member("PA") + Self.uses("PA", sends: ["T1"]))
        #expect(try Self.spans([line], [(0, text)]) == [["-...- PA similar-label"]])
    }

    @Test func anExactLabelGoesBeforeASimilarOne() throws {
        let text = Self.document(
            "<session session_id=\"S\"/>" + Self.person("PA") + Self.person("PB") + Self.stream("T1", "A") + Self.stream("T2", "a") + Self.member("PA")
                + Self.member("PB") + Self.uses("PA", sends: ["T1"]) + Self.uses("PB", sends: ["T2"]))
        #expect(try Self.spans(["a", "A"], [(0, text)]) == [["-...- PB label"], ["-...- PA label"]])
    }

    @Test func theLastOnesLeftBelongTogether() throws {
        #expect(try Self.spans(["1", "99"], [(0, Self.pair)]) == [["-...- PA label"], ["-...- PB elimination"]])
        #expect(try Self.spans(["1", nil], [(0, Self.pair)]) == [["-...- PA label"], ["-...- PB elimination"]])
    }

    @Test func withoutLabelsTheOrderDecides() throws {
        #expect(try Self.spans([nil, nil], [(0, Self.pair)]) == [["-...- PA order"], ["-...- PB order"]])
        // Three lines and two streams: nobody can say.
        #expect(try Self.spans([nil, nil, nil], [(0, Self.pair)]) == [[], [], []])
    }

    @Test func severalSendersShareALine() throws {
        let text = Self.document(
            "<session session_id=\"S\"/>" + Self.person("PA") + Self.person("PB") + Self.stream("T1", "1") + Self.member("PA") + Self.member("PB")
                + Self.uses("PA", sends: ["T1"]) + Self.uses("PB", sends: ["T1"]))
        #expect(try Self.spans(["1"], [(0, text)]) == [["-...- PA+PB label"]])
    }

    @Test func severalStreamsOfOneLabelShareALine() throws {
        let text = Self.document(
            "<session session_id=\"S\"/>" + Self.person("PA") + Self.person("PB") + Self.stream("T1", "1") + Self.stream("T2", "1") + Self.member("PA")
                + Self.member("PB") + Self.uses("PA", sends: ["T1"]) + Self.uses("PB", sends: ["T2"]))
        #expect(try Self.spans(["1"], [(0, text)]) == [["-...- PA+PB label"]])
    }

    // MARK: Over time

    private static let hold = (10.0, document(uses("PA", receives: ["T2"]) + uses("PB", sends: ["T2"]), mode: "partial"))
    private static let resume = (20.0, document(uses("PA", sends: ["T1"], receives: ["T2"]) + uses("PB", sends: ["T2"], receives: ["T1"]), mode: "partial"))
    /// RFC 8068 section 3.2.3: no stream element of T3 comes with it.
    private static let transfer = (
        30.0,
        document(
            person("PC") + member("PC") + member("PA", "<disassociate-time>1970-01-01T00:00:30Z</disassociate-time>")
                + uses("PB", sends: ["T2"], receives: ["T3"]) + uses("PC", sends: ["T3"], receives: ["T2"]), mode: "partial")
    )

    @Test func holdKeepsThePreviousSender() throws {
        #expect(try Self.spans(["1", "2"], [(0, Self.pair), Self.hold]) == [["-...- PA label"], ["-...- PB label"]])
        #expect(try Self.spans(["1", "2"], [(0, Self.pair), Self.hold, Self.resume]) == [["-...- PA label"], ["-...- PB label"]])
    }

    @Test func aTransferToAnUndescribedStreamGoesOnOnTheLineLeftSilent() throws {
        let documents = [(0, Self.pair), Self.hold, Self.resume, Self.transfer]
        let binding = SenderBinding(streams: try Self.lines(["1", "2"]), timeline: Self.timeline(documents))
        #expect(Self.seconds(binding.spans(of: 0)) == ["-...30 PA label", "30...- PC label"])
        #expect(Self.seconds(binding.spans(of: 1)) == ["-...- PB label"])
        #expect(binding.metadataStreams[0]?.map(\.id) == ["T1", "T3"])
        #expect(binding.metadataStreams[0]?.map(\.basis) == [.label, .elimination])
        #expect(binding.metadataStreams[1]?.map(\.id) == ["T2"])
    }

    @Test func aLaterDocumentConfirmsTheProvisionalStream() throws {
        let later = (
            60.0,
            Self.document(
                "<session session_id=\"S\"/>" + Self.person("PB") + Self.person("PC") + Self.stream("T3", "1") + Self.stream("T2", "2") + Self.member("PB")
                    + Self.member("PC") + Self.uses("PB", sends: ["T2"]) + Self.uses("PC", sends: ["T3"]))
        )
        let binding = SenderBinding(streams: try Self.lines(["1", "2"]), timeline: Self.timeline([(0, Self.pair), Self.transfer, later]))
        #expect(Self.seconds(binding.spans(of: 0)) == ["-...30 PA label", "30...- PC label"])
        #expect(binding.metadataStreams[0]?.map(\.basis) == [.label, .label])
    }

    @Test func joiningAMixedStreamIsASpanOfItsOwn() throws {
        let first = Self.document(
            "<session session_id=\"S\"/>" + Self.person("PA") + Self.stream("T1", "1") + Self.member("PA") + Self.uses("PA", sends: ["T1"]))
        let second = Self.document(Self.person("PB") + Self.member("PB") + Self.uses("PB", sends: ["T1"]), mode: "partial")
        #expect(try Self.spans(["1"], [(0, first), (30, second)]) == [["-...30 PA label", "30...- PA+PB label"]])
    }

    @Test func withoutMetadataNobodyIsNamed() throws {
        #expect(try Self.spans(["1", "2"], []) == [[], []])
    }

    // MARK: Pieces of a flow

    private static func span(_ from: Double?, _ until: Double?, _ who: String) -> SenderSpan {
        SenderSpan(
            from: from.map { CaptureTime(seconds: $0) } ?? .distantPast, until: until.map { CaptureTime(seconds: $0) } ?? .distantFuture, participants: [who],
            basis: .label)
    }

    private static let handover = [span(nil, 30, "PA"), span(30, nil, "PC")]

    private static func pieces(_ spans: [SenderSpan], _ first: Double, _ last: Double) -> [String] {
        SenderSpan.pieces(of: spans, first: CaptureTime(seconds: first), last: CaptureTime(seconds: last)).map { piece in
            let from = piece.from == .distantPast ? "-" : "\(Double(piece.from.nanoseconds) / 1e9)"
            let until = piece.until == .distantFuture ? "-" : "\(Double(piece.until.nanoseconds) / 1e9)"
            return "\(from)...\(until) \(piece.participants.joined(separator: "+"))"
        }
    }

    @Test(
        arguments: [
            (0, 60, ["-...30.0 PA", "30.0...- PC"]), (0, 29, ["-...- PA"]), (31, 60, ["-...- PC"]),
            // Metadata that comes a little before or after its media cuts nothing off.
            (0, 31.4, ["-...- PA"]), (28.6, 60, ["-...- PC"]), (0, 31.5, ["-...30.0 PA", "30.0...- PC"]), (28.5, 60, ["-...30.0 PA", "30.0...- PC"]),
            (29.5, 30.6, ["-...- PC"]), (29.4, 30.5, ["-...- PA"]), (30, 30, ["-...- PC"]),
        ] as [(Double, Double, [String])])
    func aFlowIsCutWhereBothPartsAreLongerThanTheSlack(_ first: Double, _ last: Double, _ expected: [String]) {
        #expect(Self.pieces(Self.handover, first, last) == expected)
    }

    @Test func aShortSpanBetweenIsGivenToTheLongerNeighbour() {
        let spans = [Self.span(nil, 10, "PA"), Self.span(10, 11, "PB"), Self.span(11, nil, "PC")]
        #expect(Self.pieces(spans, 0, 20) == ["-...11.0 PA", "11.0...- PC"])
        #expect(Self.pieces(spans, 5, 40) == ["-...10.0 PA", "10.0...- PC"])
    }

    @Test func piecesLeaveNoTimeOut() {
        let spans = (0..<40).map { number in
            let from: Double? = number == 0 ? nil : Double(3 * number)
            let until: Double? = number == 39 ? nil : Double(3 * number + 3)
            return Self.span(from, until, "P\(number % 3)")
        }
        for (first, last) in [(0.0, 200.0), (5.5, 77.7), (2.9, 3.1), (119, 500)] {
            let pieces = SenderSpan.pieces(of: spans, first: CaptureTime(seconds: first), last: CaptureTime(seconds: last))
            #expect(pieces.first?.from == .distantPast)
            #expect(pieces.last?.until == .distantFuture)
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.until == $1.from })
        }
    }

    @Test func withoutSpansThereAreNoPieces() { #expect(Self.pieces([], 0, 10).isEmpty) }
}
