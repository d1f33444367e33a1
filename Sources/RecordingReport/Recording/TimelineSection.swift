import Evidence
import MediaPlayout
import RecordingAccount
import RecordingRecords

/// The common timeline: a lane for each audio file with waveform, gaps and talk, one for events, and the player.
struct TimelineSection {
    /// Events drawn, and listed.
    private static let eventLimit = 400

    private let record: RecordingRecord
    private let people: People
    private let lanes: [Lane]
    private let duration: Double

    init(material: ReportMaterial, people: People) {
        record = material.record
        self.people = people
        duration = max(material.record.duration.value, 0.001)
        lanes = Lane.all(of: material, people: people)
    }

    var html: HTML {
        var rows = axis
        for (number, lane) in lanes.enumerated() { rows += lane.html(number: number, duration: duration) }
        rows += eventLane
        let content: HTML = """
            \(player)<div class="lanes" id="lanes" data-duration="\(duration)">
            \(rows)</div>
            \(legend)\(gapTable)\(eventTable)\(audio)
            """
        return Page.section("timeline", "Timeline", content)
    }

    private var playable: [(number: Int, lane: Lane, file: FileRecord)] {
        lanes.enumerated().compactMap { number, lane in lane.file.map { (number, lane, $0) } }
    }

    private var player: HTML {
        guard !playable.isEmpty else { return "<p class=\"note\">No audio.</p>\n" }
        return """
            <div class="player" role="group" aria-label="Player">
            <button type="button" id="play" disabled>Play</button>
            <input type="range" id="seek" min="0" max="\(duration)" step="0.01" value="0" disabled aria-label="Position in seconds">
            <output id="clock" for="seek">0:00.00</output> <span class="of">of \(Page.offset(duration))</span>
            </div>
            <p id="status" role="status" class="note"></p>
            <noscript><p class="note">The player needs JavaScript; the audio files are listed below.</p></noscript>

            """
    }

    private var audio: HTML {
        var out = HTML()
        for (number, _, file) in playable {
            out += """
                <audio data-track="\(number)" data-offset="\(file.offset?.value ?? 0)" preload="metadata" src="\(HTMLText.address(file.path))"></audio>

                """
        }
        return out
    }

    private var axis: HTML {
        let step = Self.tickStep(duration)
        var ticks = HTML()
        var at = 0.0
        while at < duration * 0.97 || at == 0 {
            let x = at / duration * 100
            let anchor: HTML = at == 0 ? "start" : "middle"
            let label = Page.offset(at)
            ticks += """
                <line x1="\(x)%" x2="\(x)%" y1="15" y2="20"/><text x="\(x)%" y="11" text-anchor="\(anchor)">\
                \(step >= 1 ? String(label.dropLast(3)) : label)</text>
                """
            at += step
        }
        return """
            <div class="lane axis"><div class="label"><span class="quiet">min:s</span></div><div class="track"><svg height="20" aria-hidden="true">\(ticks)</svg></div></div>

            """
    }

    /// Seconds between ticks, so that at most eight stand side by side.
    private static func tickStep(_ duration: Double) -> Double {
        for step in [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400] where duration / step <= 8 { return step }
        return (duration / 8 / 3600).rounded(.up) * 3600
    }

    private var events: ArraySlice<EventRecord> { record.events.prefix(Self.eventLimit) }

    private var eventLane: HTML {
        guard !events.isEmpty else { return HTML() }
        var marks = HTML()
        for event in events {
            let at = min(max(0, event.offset.value), duration)
            marks += """
                <circle class="event" cx="\(at / duration * 100)%" cy="11" r="4.5" data-at="\(at)"><title>\
                \(Page.offset(event.offset.value)) \(EventWords.title(event, people))</title></circle>
                """
        }
        return """
            <div class="lane events"><div class="label"><span class="quiet">Events</span></div><div class="track"><svg height="22" role="img" \
            aria-label="\(events.count.counted("event")), listed below">\(marks)</svg></div></div>

            """
    }

    private var legend: HTML {
        var causes: [GapCause] = []
        for gap in lanes.flatMap(\.gaps) where !causes.contains(gap.cause) { causes.append(gap.cause) }
        var items: HTML = "<li><svg class=\"key\" aria-hidden=\"true\"><rect class=\"talk\" width=\"14\" height=\"10\"/></svg>sound</li>"
        for cause in causes {
            let row = GapWords(cause)
            items += "<li><svg class=\"key\" aria-hidden=\"true\"><rect class=\"gap \(row.style)\" width=\"14\" height=\"10\"/></svg>\(row.words)</li>"
        }
        let scale: HTML =
            lanes.first?.scaleNote.map {
                "<p class=\"note\">Waveforms show the audio files at one scale: full height is \($0) dBFS.</p>"
            }
            ?? HTML()
        return "<ul class=\"legend\" aria-label=\"Colours\">\(items)</ul>\n\(scale)\n"
    }

    private var gapTable: HTML { GapTable(lanes: lanes).html }

    private var eventTable: HTML {
        guard !events.isEmpty else { return HTML() }
        var rows = HTML()
        for event in events {
            rows += """
                <tr><td class="number">\(TimelineSection.jump(event.offset.value))</td><td>\(EventWords.word(event.type))</td>\
                <td>\(people.list(event.participants))</td><td>\(EventWords.detail(event, people))</td></tr>

                """
        }
        let rest: HTML =
            record.events.count > events.count ? "<p class=\"note\">\(record.events.count - events.count) later events are only in recording.json.</p>" : HTML()
        return """
            <details class="list"><summary>Events (\(record.events.count))</summary>
            \(Page.scrolling(
                "Events",
                """
                <table><thead><tr><th scope="col" class="number">At</th><th scope="col">What</th><th scope="col">Who</th>\
                <th scope="col">More</th></tr></thead><tbody>
                \(rows)</tbody></table>
                """))
            \(rest)</details>

            """
    }

    /// A button that plays from a moment.
    static func jump(_ seconds: Double) -> HTML {
        "<button type=\"button\" class=\"jump\" data-at=\"\(max(0, seconds))\">\(Page.offset(seconds))</button>"
    }
}

/// Events in words.
enum EventWords {
    static func word(_ kind: EventRecord.Kind) -> String {
        switch kind {
        case .join: "joins"
        case .leave: "leaves"
        case .hold: "on hold"
        case .resume: "resumes"
        case .pause: "recording paused"
        case .transfer: "transfer"
        case .codecChange: "other codec"
        case .ssrcChange: "other RTP source"
        case .rekey: "other key"
        case .dtmf: "telephone key"
        case .metadata: "metadata"
        case .fax: "fax (T.38)"
        default: kind.rawValue
        }
    }

    static func title(_ event: EventRecord, _ people: People) -> String {
        let who = event.participants.map(people.name).joined(separator: ", ")
        let digit = event.detail["digit"].map { " \($0)" } ?? ""
        return word(event.type) + digit + (who.isEmpty ? "" : ": \(who)")
    }

    static func detail(_ event: EventRecord, _ people: People) -> HTML {
        var out = HTML()
        for (key, value) in event.detail.sorted(by: { $0.key < $1.key }) {
            let shown = event.type == .transfer ? people.name(value) : value
            out += "\(out.isEmpty ? "" : ", " as HTML)\(key) \(Page.name(shown))"
        }
        return out
    }
}
