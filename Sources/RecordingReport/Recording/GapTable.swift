import MediaPlayout
import RecordingAccount
import RecordingRecords

/// Causes of gaps in words.
struct GapWords {
    /// For readers.
    let words: String
    /// Class in the style sheet.
    let style: String
    /// Whether something may have been said that is not in the audio.
    let isMissing: Bool

    init(_ cause: GapCause) {
        switch cause {
        case .networkLoss: (words, isMissing) = ("lost in the network", true)
        case .captureDrop: (words, isMissing) = ("dropped by the capture", true)
        case .snapLength: (words, isMissing) = ("truncated by the snap length", true)
        case .fileMissing: (words, isMissing) = ("in a missing capture file", true)
        case .noKey: (words, isMissing) = ("encrypted, no key", true)
        case .authenticationFailure: (words, isMissing) = ("encrypted, no matching key", true)
        case .codecUnsupported: (words, isMissing) = ("codec not supported", true)
        case .discontinuousTransmission: (words, isMissing) = ("sender was silent", false)
        case .hold: (words, isMissing) = ("on hold", false)
        case .pause: (words, isMissing) = ("recording paused", false)
        case .notNegotiated: (words, isMissing) = ("no audio negotiated", false)
        case .unknown: (words, isMissing) = ("no packets, cause unknown", true)
        }
        style = "c-\(cause.rawValue)"
    }
}

/// Gaps one by one, the longest ones where there are many.
struct GapTable {
    private static let limit = 200
    /// A longer list is opened by who wants it: what comes below should be seen at once.
    private static let openLimit = 12

    let lanes: [Lane]

    var html: HTML {
        var all = lanes.flatMap { lane in lane.gaps.map { (lane, $0) } }
        let silent = all.filter { $0.1.cause == .discontinuousTransmission }
        all.removeAll { $0.1.cause == .discontinuousTransmission }
        guard !all.isEmpty || !silent.isEmpty else { return HTML() }
        let kept = all.enumerated().sorted { ($1.element.1.duration, $0.offset) < ($0.element.1.duration, $1.offset) }.prefix(Self.limit)
        var rows = HTML()
        for (_, (lane, gap)) in kept.sorted(by: { ($0.element.1.offset, $0.offset) < ($1.element.1.offset, $1.offset) }) {
            let cause = GapWords(gap.cause)
            let why: HTML = gap.reason.map { ": \($0)" } ?? HTML()
            rows += """
                <tr><td class="number">\(TimelineSection.jump(gap.offset.value))</td><td class="number">\(RecordingSentence.duration(gap.duration.value))</td>\
                <td>\(lane.title)</td><td><svg class="key" aria-hidden="true"><rect class="gap \(cause.style)" width="14" height="10"/></svg>\(cause.words)\(why)</td>\
                <td class="number">\(gap.packets > 0 ? "\(gap.packets)" : "" as HTML)</td><td>\(Page.place(gap.first))</td></tr>

                """
        }
        let table: HTML =
            all.isEmpty
            ? HTML()
            : Page.scrolling(
                "Gaps",
                """
                <table><thead><tr><th scope="col" class="number">At</th><th scope="col" class="number">Length</th><th scope="col">Who</th>\
                <th scope="col">Why</th><th scope="col" class="number">Packets</th><th scope="col">Near</th></tr></thead><tbody>
                \(rows)</tbody></table>
                """)
        let rest: HTML =
            all.count > kept.count
            ? "<p class=\"note\">The \(kept.count) longest gaps; recording.json lists \(all.count - kept.count) more.</p>" : HTML()
        let pauses: HTML =
            silent.isEmpty
            ? HTML()
            : """
            <p class="note">Senders were also silent \(silent.count == 1 ? "once" : "\(silent.count) times") (discontinuous transmission), \
            \(RecordingSentence.duration(silent.reduce(0) { $0 + $1.1.duration.value })) in total; nothing was said and nothing is missing there.</p>
            """
        return
            "<details class=\"list\" \(all.isEmpty || all.count > Self.openLimit ? "" : "open" as HTML)><summary>Gaps (\(all.count))</summary>\n\(table)\(rest)\(pauses)</details>\n"
    }
}
