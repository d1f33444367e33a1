import RecordingAccount
package import RecordingRecords

/// `report.html` of a run: every recording in one table. It holds no clock times, so that it is the same for the same inputs.
package enum RunPage {
    /// Findings listed; a recording's own are on its page.
    private static let findingLimit = 200

    package static func render(_ run: RunRecord, recordings: [RecordingSummary]) -> [UInt8] {
        let body: HTML = """
            <header class="top">
            <h1>Recordings</h1>
            <p class="sentence">\(sentence(run))</p>
            <nav aria-label="Parts of this page"><a href="#recordings">Recordings</a> <a href="#findings">Findings</a> <a href="#captures">Captures</a></nav>
            </header>
            <main>
            \(Page.section("recordings", "All recordings", table(recordings)))
            \(Page.section("findings", "Findings", findings(run)))
            \(Page.section("captures", "Captures", "\(CaptureTable(captures: run.captures).html)\(rejected(run))"))
            </main>
            <footer><p>Made by \(run.tool.name) \(run.tool.version); run.json next to this page has the same data for programs.</p></footer>
            """
        return Page.render(title: "Recordings", body: body, script: .runScript)
    }

    private static func sentence(_ run: RunRecord) -> String {
        let totals = run.totals
        let incomplete = totals.recordings - totals.completeRecordings
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        var out = count(totals.recordings, "recording") + " from " + count(totals.captures, "capture")
        if totals.recordings > 0 {
            out += incomplete == 0 ? ", all complete" : ", \(totals.completeRecordings) complete, \(incomplete) incomplete"
            out += "; " + RecordingSentence.duration(totals.audio.value) + " in total"
        }
        if run.interrupted { out += "; the run was interrupted, so recordings may be missing" }
        return out + "."
    }

    private static func table(_ recordings: [RecordingSummary]) -> HTML {
        guard !recordings.isEmpty else { return "<p>These captures contain no recording, call or media.</p>" }
        var rows = HTML()
        for (number, recording) in recordings.enumerated() { rows += row(recording, number: number) }
        return """
            <div class="filter" role="search"><label for="words">Find</label> <input type="search" id="words" autocomplete="off" disabled>
            <label for="state">Show</label> <select id="state" disabled><option value="">all</option><option value="bad">incomplete</option>\
            <option value="good">complete</option></select> <output id="shown">\(recordings.count) shown</output></div>
            <noscript><p class="note">Search and sorting need JavaScript.</p></noscript>
            \(Page.scrolling(
                "Recordings",
                """
                <table id="list"><thead><tr>\(heading("Start", 0))\(heading("Recording", 1))\(heading("Length", 2))\(heading("State", 3))\(heading("Findings", 4))</tr></thead><tbody>
                \(rows)</tbody></table>
                """))
            """
    }

    private static func heading(_ word: StaticString, _ column: Int) -> HTML {
        """
        <th scope="col" aria-sort="\(column == 0 ? "ascending" : "none" as HTML)"><button type="button" class="sort" data-column="\(column)" disabled>\
        \(HTML(constant: word))</button></th>
        """
    }

    private static func row(_ recording: RecordingSummary, number: Int) -> HTML {
        let entry = recording.entry
        let errors = recording.findings["error"] ?? 0
        let warnings = recording.findings["warning"] ?? 0
        var counts = HTML()
        if errors > 0 { counts += "<span class=\"badge error\">\(errors) \(errors == 1 ? "error" : "errors" as HTML)</span> " }
        if warnings > 0 { counts += "<span class=\"badge warning\">\(warnings) \(warnings == 1 ? "warning" : "warnings" as HTML)</span>" }
        return """
            <tr data-state="\(entry.complete ? "good" : "bad" as HTML)"><td data-key="\(number)">\(Page.moment(entry.start))</td>\
            <th scope="row"><a href="\(HTMLText.address(entry.folder))/report.html"><bdi>\(recording.sentence)</bdi></a></th>\
            <td class="number" data-key="\(entry.duration.value)">\(RecordingSentence.duration(entry.duration.value))</td>\
            <td data-key="\(entry.complete ? 1 : 0)"><span class="badge \(entry.complete ? "good" : "bad" as HTML)">\
            \(entry.complete ? "complete" : "incomplete" as HTML)</span></td>\
            <td data-key="\(errors * 1_000_000 + warnings)">\(counts)</td></tr>

            """
    }

    private static func findings(_ run: RunRecord) -> HTML {
        guard !run.findings.isEmpty else { return "<p>Nothing to report.</p>" }
        // The same rule in many recordings is one line: the pages of the recordings say where.
        var order: [String] = []
        var groups: [String: (finding: FindingRecord, count: Int, subjects: Int)] = [:]
        for finding in run.findings {
            if let known = groups[finding.rule] {
                groups[finding.rule] = (known.finding, known.count + finding.count, known.subjects + 1)
            } else {
                order.append(finding.rule)
                groups[finding.rule] = (finding, finding.count, 1)
            }
        }
        var items = HTML()
        let sorted = order.enumerated().sorted { left, right in
            let ranks = [left, right].map { groups[$0.element].map { FindingsSection.rank($0.finding) } ?? 9 }
            return (ranks[0], left.offset) < (ranks[1], right.offset)
        }
        for (_, rule) in sorted.prefix(findingLimit) {
            guard var group = groups[rule] else { continue }
            group.finding.count = group.count
            if group.subjects > 1 { group.finding.message += " (and \(group.subjects - 1) similar)" }
            items += FindingItem(finding: group.finding, message: nil).html
        }
        return "<ol class=\"findings\">\n\(items)</ol>"
    }

    private static func rejected(_ run: RunRecord) -> HTML {
        guard !run.rejected.isEmpty else { return HTML() }
        var items = HTML()
        for rejected in run.rejected.prefix(200) { items += "<li>\(Page.name(rejected.name)): \(HTMLText.short(rejected.reason, 300))</li>\n" }
        return "<h3>Not read</h3><ul class=\"plain\">\n\(items)</ul>\n"
    }
}
