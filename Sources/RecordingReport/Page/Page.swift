import RecordingRecords

/// The frame that all pages share: one file, no address outside it but the files beside it.
enum Page {
    /// Policy of the page (Content Security Policy level 3): the one style sheet and the one script by their hashes, media from beside the page.
    static func render(title: String, body: HTML, script: Asset) -> [UInt8] {
        let policy: HTML = """
            default-src 'none'; script-src 'sha256-\(script.sha256)'; style-src 'sha256-\(Asset.style.sha256)'; \
            media-src 'self' file:; base-uri 'none'; form-action 'none'
            """
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.short(title))</title>
            <style>\(Asset.style.content)</style>
            </head>
            <body>
            \(body)
            <script>\(script.content)</script>
            </body>
            </html>

            """
        return page.octets
    }

    /// A section with its heading and the address that links name.
    static func section(_ id: StaticString, _ title: StaticString, note: String? = nil, _ content: HTML) -> HTML {
        guard !content.isEmpty else { return HTML() }
        let remark: HTML = note.map { "<p class=\"note\">\($0)</p>" } ?? HTML()
        return """
            <section id="\(HTML(constant: id))" aria-labelledby="\(HTML(constant: id))-title">
            <h2 id="\(HTML(constant: id))-title">\(HTML(constant: title))</h2>
            \(remark)\(content)
            </section>

            """
    }

    /// Wide content that scrolls by itself, so that the page does not.
    static func scrolling(_ label: String, _ content: HTML) -> HTML {
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(label), scrollable\">\(content)</div>"
    }

    /// A name of a capture, kept from turning its neighbours around.
    static func name(_ text: String) -> HTML { "<bdi>\(HTMLText.short(text))</bdi>" }

    /// `2026-11-22 21:11:31 UTC`.
    static func moment(_ rfc3339: String) -> HTML {
        let parts = rfc3339.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, rfc3339.utf8.count >= 20 else { return "<time>\(rfc3339)</time>" }
        return "<time datetime=\"\(rfc3339)\">\(String(parts[0])) \(String(parts[1].prefix(8))) UTC</time>"
    }

    /// `1:02:03.4`, `0:07.25`; negative before the start.
    static func offset(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e9 else { return "?" }
        let hundredths = Int((abs(seconds) * 100).rounded())
        let (whole, part) = (hundredths / 100, hundredths % 100)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let head = whole >= 3600 ? "\(whole / 3600):\(two(whole / 60 % 60))" : "\(whole / 60)"
        return (seconds < 0 && hundredths > 0 ? "−" : "") + "\(head):\(two(whole % 60)).\(two(part))"
    }

    static func place(_ place: PlaceRecord?) -> HTML {
        guard let place else { return HTML() }
        let frame: HTML = place.frame.map { " frame \($0)" } ?? HTML()
        return "<span class=\"place\">\(name(place.capture))\(frame)</span>"
    }
}
