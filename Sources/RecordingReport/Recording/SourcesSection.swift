import RecordingAccount
import RecordingRecords

/// The files of the recording, and what they were made from.
struct SourcesSection {
    private static let fileLimit = 500

    let material: ReportMaterial

    var html: HTML { Page.section("sources", "Files and sources", "\(files)\(captures)\(keys)\(options)") }

    private var record: RecordingRecord { material.record }

    private var files: HTML {
        var rows = HTML()
        for file in record.files.prefix(Self.fileLimit) {
            let sound: HTML = file.sampleRate.map { "\($0) Hz, \((file.channels ?? 1) > 1 ? "\(file.channels ?? 1) channels" : "mono")" } ?? HTML()
            rows += """
                <tr><td><a href="\(HTMLText.address(file.path))">\(file.path)</a></td><td>\(file.role.rawValue)</td><td>\(sound)</td>\
                <td class="number">\(file.bytes)</td><td><code class="hash" title="\(file.sha256)">\(String(file.sha256.prefix(16)))…</code></td></tr>

                """
        }
        return Page.scrolling(
            "Files",
            """
            <table><thead><tr><th scope="col">File</th><th scope="col">Role</th><th scope="col">Sound</th><th scope="col" class="number">Bytes</th>\
            <th scope="col">SHA-256</th></tr></thead><tbody>
            \(rows)<tr><td><a href="recording.json">recording.json</a></td><td>authority</td><td></td><td></td><td></td></tr>
            </tbody></table>
            """)
    }

    private var captures: HTML {
        CaptureTable(captures: record.provenance.captures).html
    }

    private var keys: HTML {
        guard !record.provenance.keys.isEmpty else { return HTML() }
        var items = HTML()
        for key in record.provenance.keys.prefix(100) { items += "<li><code>\(key.id)</code> \(key.kind), from \(Page.name(key.source))</li>\n" }
        return "<h3>Keys used</h3><p class=\"note\">Identifiers only; pages never contain keys.</p><ul class=\"plain\">\n\(items)</ul>\n"
    }

    private var options: HTML {
        guard !record.provenance.options.isEmpty else { return HTML() }
        var items = HTML()
        for (name, value) in record.provenance.options.sorted(by: { $0.key < $1.key }) {
            items += "<li><code>--\(name)</code> \(HTMLText.short(OptionWords.text(value), 300))</li>\n"
        }
        return "<h3>Options</h3><ul class=\"plain\">\n\(items)</ul>\n"
    }
}

/// Values of options in words.
enum OptionWords {
    static func text(_ value: OptionValue) -> String {
        switch value {
        case .text(let text): text
        case .list(let list): list.joined(separator: ", ")
        case .flag(let isOn): isOn ? "" : "off"
        case .number(let number): "\(number)"
        }
    }
}

/// What was read.
struct CaptureTable {
    private static let limit = 500

    let captures: [CaptureRecord]

    var html: HTML {
        guard !captures.isEmpty else { return HTML() }
        var rows = HTML()
        for capture in captures.prefix(Self.limit) {
            let dropped: HTML = capture.dropped.map { "\($0)" } ?? HTML()
            rows += """
                <tr><th scope="row">\(Page.name(capture.name))</th><td>\(capture.first.map(Page.moment) ?? HTML())</td>\
                <td>\(capture.last.map(Page.moment) ?? HTML())</td><td class="number">\(capture.packets)</td><td class="number">\(dropped)</td>\
                <td>\(capture.linkTypes.joined(separator: ", "))</td>\
                <td><code class="hash" title="\(capture.sha256 ?? "")">\(String((capture.sha256 ?? "").prefix(16)))\(capture.sha256 == nil ? "" : "…" as HTML)</code></td></tr>

                """
        }
        let rest: HTML = captures.count > Self.limit ? "<p class=\"note\">\(captures.count - Self.limit) more are in recording.json.</p>" : HTML()
        return """
            <h3>Captures</h3>
            \(Page.scrolling(
                "Captures",
                """
                <table><thead><tr><th scope="col">Capture</th><th scope="col">First packet</th><th scope="col">Last packet</th>\
                <th scope="col" class="number">Packets</th><th scope="col" class="number">Dropped</th><th scope="col">Links</th>\
                <th scope="col">SHA-256</th></tr></thead><tbody>
                \(rows)</tbody></table>
                """))\(rest)
            """
    }
}
