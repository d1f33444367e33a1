import Foundation
import Testing

/// Events of the samples against what really happened, as the generator of the captures noted it.
@Suite struct EventTests {
    struct Truth: Sendable, CustomTestStringConvertible {
        let sample: String
        /// Seconds from the start of the recording, type, participant where one is named.
        let events: [(time: Double, type: String, name: String?)]
        var testDescription: String { sample }
    }

    static let truths: [Truth] = [
        Truth(sample: "11-hold-resume", events: [(4.72, "hold", nil), (8.34, "resume", nil)]),
        Truth(sample: "12-pause-resume-pci", events: [(6.08, "pause", "Paul Janssen"), (10.04, "resume", "Paul Janssen")]),
        Truth(sample: "13-join-leave", events: [(6.74, "join", "Grace Whitfield"), (16.4, "leave", "Grace Whitfield")]),
        Truth(sample: "14-blind-transfer", events: [(9.44, "transfer", "Zoe Laurent")]),
        Truth(sample: "15-codec-change", events: [(6.8, "codec-change", "Stefan Gruber"), (6.8, "codec-change", "Henry Nakamura")]),
        Truth(
            sample: "23-persistent-three-cs", events: [(0, "session-start", nil), (7.64, "session-start", nil), (14.68, "session-start", nil)]),
    ]

    @Test("events stand within half a second of the truth", arguments: truths)
    func events(truth: Truth) throws {
        let scratch = try Scratch()
        let run = try CommandRun(["reconstruct"] + Checkout.capture(of: truth.sample) + ["-o", scratch.path("out")])
        #expect(run.status == 0 || run.status == 1)
        let recording = try #require(Tree.recordings(scratch.path("out")).first)
        let participants = recording["participants"] as? [[String: Any]] ?? []
        let found = recording["events"] as? [[String: Any]] ?? []
        for wanted in truth.events {
            let id =
                participants.first { participant in
                    (participant["names"] as? [[String: Any]] ?? []).contains { $0["value"] as? String == wanted.name }
                }?["id"] as? String
            if let name = wanted.name { #expect(id != nil, "\(name) is no participant") }
            let near = found.filter { event in
                guard event["type"] as? String == wanted.type, let offset = event["offset"] as? Double, abs(offset - wanted.time) <= 0.5 else { return false }
                guard let id else { return true }
                return (event["participants"] as? [String] ?? []).contains(id)
            }
            #expect(!near.isEmpty, "\(truth.sample): no \(wanted.type) at \(wanted.time) s")
        }
        // Nothing of these kinds is made up, either.
        for type in Set(truth.events.map(\.type)) {
            let times = truth.events.filter { $0.type == type }.map(\.time)
            for event in found where event["type"] as? String == type {
                let offset = try #require(event["offset"] as? Double)
                #expect(times.contains { abs($0 - offset) <= 0.5 }, "\(truth.sample): \(type) at \(offset) s")
            }
        }
    }
}
