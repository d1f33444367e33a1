import Foundation
import Testing

/// Events of the samples against what really happened, as the generator of the captures noted it: `Fixtures/true-events.json` holds its words.
@Suite struct EventTests {
    /// `t` in seconds from the first packet; the rest where it applies.
    struct Truth: Decodable, Sendable {
        let t: Double
        let type: String
        let label: String?
        let participant: String?
        let from: String?
        let to: String?
        let session_id: String?

        /// As the sidecar names it.
        var kind: String { type == "communication-session-start" ? "session-start" : type }
    }

    /// One event of a sidecar with names for ids and labels for streams.
    struct Found {
        let offset: Double
        let kind: String
        let people: [String]
        let label: String?
        let detail: [String: String]

        func isTold(by truth: Truth) -> Bool {
            guard kind == truth.kind, abs(offset - truth.t) <= 0.5 else { return false }
            if let label = truth.label, label != self.label { return false }
            if let participant = truth.participant, people != [participant] { return false }
            if let session = truth.session_id, detail["session"] != session { return false }
            switch kind {
            case "transfer": return detail["from"] == truth.from && detail["to"] == truth.to && people == [truth.from, truth.to].compactMap(\.self)
            case "codec-change": return detail["codec"] == truth.to
            default: return true
            }
        }
    }

    static let truths: [String: [Truth]] = {
        let file = Checkout.root.appendingPathComponent("Tests/CommandTests/Fixtures/true-events.json")
        return (try? JSONDecoder().decode([String: [Truth]].self, from: Data(contentsOf: file))) ?? [:]
    }()

    @Test("all six samples are there") func samples() {
        #expect(Self.truths.keys.map { $0.prefix(2) }.sorted() == ["11", "12", "13", "14", "15", "23"])
        #expect(Self.truths.values.allSatisfy { !$0.isEmpty })
    }

    private static func found(in recording: [String: Any]) throws -> (events: [Found], people: Set<String>) {
        var names: [String: String] = [:]
        for participant in recording["participants"] as? [[String: Any]] ?? [] {
            let id = try #require(participant["id"] as? String)
            names[id] = (participant["names"] as? [[String: Any]])?.last?["value"] as? String ?? id
        }
        var labels: [String: String] = [:]
        for stream in recording["streams"] as? [[String: Any]] ?? [] { labels[try #require(stream["id"] as? String)] = stream["label"] as? String }
        let events = try (recording["events"] as? [[String: Any]] ?? []).map { event in
            Found(
                offset: try #require(event["offset"] as? Double), kind: try #require(event["type"] as? String),
                people: (event["participants"] as? [String] ?? []).map { names[$0] ?? $0 }, label: (event["stream"] as? String).flatMap { labels[$0] },
                detail: (event["detail"] as? [String: String] ?? [:]).mapValues { names[$0] ?? $0 })
        }
        return (events, Set(names.values))
    }

    @Test("events have the type, people, stream and, within half a second, the time of the truth", arguments: truths.keys.sorted())
    func events(sample: String) throws {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct"] + Checkout.capture(of: sample) + ["-o", scratch.path("out"), "--no-report"])
        #expect(run.status == 0 || run.status == 1)
        let recordings = try Tree.recordings(scratch.path("out"))
        try #require(recordings.count == 1)
        let (found, everybody) = try Self.found(in: recordings[0])
        let truths = try #require(Self.truths[sample])
        for truth in truths {
            let near = found.filter { $0.isTold(by: truth) }
            #expect(!near.isEmpty, "\(sample): no \(truth)")
            // Where the truth names nobody, a hold is everybody's.
            if truth.participant == nil, truth.label == nil, ["hold", "resume"].contains(truth.kind) {
                #expect(Set(near.flatMap(\.people)) == everybody, "\(sample): \(truth)")
            } else {
                #expect(near.count == 1, "\(sample): \(truth) is told \(near.count) times")
            }
        }
        // Nothing of these kinds is made up, either. Who comes and goes with a session is told as well.
        var kinds: Set<String> = ["hold", "resume", "pause", "transfer", "codec-change", "rekey"]
        if truths.allSatisfy({ $0.session_id == nil && $0.from == nil }) { kinds.formUnion(["join", "leave"]) }
        if truths.contains(where: { $0.session_id != nil }) { kinds.insert("session-start") }
        for event in found where kinds.contains(event.kind) {
            #expect(truths.contains { event.isTold(by: $0) }, "\(sample): \(event.kind) of \(event.people) at \(event.offset) s did not happen")
        }
    }
}
