import Evidence
import Testing

@testable import RecordingMetadata

/// One participant id over several documents: one person, or several.
struct SuccessionTests {
    private struct Said {
        var seconds: Double
        var aor: String
        var name: String?
        var isPartial = false
    }

    private static func timeline(_ said: [Said]) -> MetadataTimeline {
        var timeline = MetadataTimeline()
        for one in said {
            let name = one.name.map { "<name>\($0)</name>" } ?? ""
            let person = "<participant participant_id=\"P\"><nameID aor=\"\(one.aor)\">\(name)</nameID></participant>"
            let rest = """
                <session session_id="S"/><stream stream_id="T" session_id="S"><label>1</label></stream>
                <participantsessionassoc participant_id="P" session_id="S"/>
                <participantstreamassoc participant_id="P"><send>T</send></participantstreamassoc>
                """
            let text = """
                <recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>\(one.isPartial ? "partial" : "complete")</datamode>\
                \(person)\(one.isPartial ? "" : rest)</recording>
                """
            timeline.apply(RecordingDocument(parsing: Array(text.utf8), limits: Limits()), at: time(one.seconds), isAccepted: true)
        }
        timeline.end(at: time(60))
        timeline.seal()
        return timeline.tellingPeopleApart(correction: 1.5)
    }

    private static func time(_ seconds: Double) -> CaptureTime { CaptureTime(nanoseconds: Int64(seconds * 1e9)) }

    /// `id from-until …`, of what each sends.
    private static func terms(_ said: [Said]) -> [String] {
        timeline(said).participants.map { person in
            ([person.id]
                + person.sends.map { use in
                    "\(use.interval.start.nanoseconds / 1_000_000_000)-\((use.interval.end?.nanoseconds ?? 0) / 1_000_000_000)"
                }).joined(separator: " ")
        }
    }

    @Test("another person, by a complete document and by a partial one, with names and without", arguments: [false, true], ["Tove", nil])
    func anotherPerson(isPartial: Bool, name: String?) {
        let said = [
            Said(seconds: 0, aor: "sip:sven@a.test", name: name == nil ? nil : "Sven"),
            Said(seconds: 8, aor: "sip:tove@a.test", name: name, isPartial: isPartial),
        ]
        #expect(Self.terms(said) == ["P 0-8", "P (2) 8-60"])
        let people = Self.timeline(said).participants
        #expect(people.map(\.aors) == [["sip:sven@a.test"], ["sip:tove@a.test"]])
        #expect(people.map { $0.names.map(\.value) } == (name == nil ? [[], []] : [["Sven"], ["Tove"]]))
        #expect(people.flatMap(\.renamings).isEmpty)
    }

    @Test("who comes back is who was there before") func return_() {
        let said = [
            Said(seconds: 0, aor: "sip:a@x.test", name: "A"), Said(seconds: 8, aor: "sip:b@x.test", name: "B"),
            Said(seconds: 20, aor: "sip:a@x.test", name: "A"),
        ]
        #expect(Self.terms(said) == ["P 0-8 20-60", "P (2) 8-20"])
    }

    @Test(
        "the same person, known better or by another address",
        arguments: [
            [Said(seconds: 0, aor: "sip:sven@a.test", name: "Sven"), Said(seconds: 8, aor: "sip:sven@b.test;user=phone", name: "Sven Svensson")],
            [Said(seconds: 0, aor: "sip:100@a.test", name: "Sven"), Said(seconds: 8, aor: "sip:sven@a.test", name: "sven")],
            [Said(seconds: 0, aor: "tel:+4930123456", name: nil), Said(seconds: 8, aor: "sip:030123456@a.test", name: nil)],
            [Said(seconds: 0, aor: "sip:+4930123456@a.test", name: nil), Said(seconds: 8, aor: "sip:123456@a.test", name: "Sven")],
            [Said(seconds: 0, aor: "sip:anonymous@anonymous.invalid", name: nil), Said(seconds: 8, aor: "sip:sven@a.test", name: "Sven")],
            [Said(seconds: 0, aor: "sip:sven@a.test", name: "Sven"), Said(seconds: 8, aor: "sip:anonymous@anonymous.invalid", name: "Anonymous")],
            [Said(seconds: 0, aor: "sip:queue@a.test", name: "Queue"), Said(seconds: 1, aor: "sip:sven@a.test", name: "Sven")],
        ])
    private func samePerson(said: [Said]) {
        #expect(Self.terms(said) == ["P 0-60"])
    }

    @Test("a changed name of one person is dated") func renamed() {
        let renamings = Self.timeline([Said(seconds: 0, aor: "sip:desk@a.test", name: "Sven"), Said(seconds: 8, aor: "sip:desk@a.test", name: "Tove")])
            .participants[0].renamings
        #expect(renamings.map { "\($0.time.nanoseconds / 1_000_000_000) \($0.from) \($0.to)" } == ["8 Sven Tove"])
    }
}
