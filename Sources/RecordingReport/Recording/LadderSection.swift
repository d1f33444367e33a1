import Evidence
import RecordingAccount

/// Signalling as a ladder: a column for each address, a row for each message, which opens to its text.
struct LadderSection {
    /// Addresses with a column of their own; the others share one.
    private static let columnLimit = 6

    private let material: ReportMaterial
    private let columns: [String]
    private let hasOthers: Bool

    init(material: ReportMaterial) {
        self.material = material
        var seen: [String] = []
        for message in material.messages {
            for end in [message.source, message.destination] where !seen.contains(end) { seen.append(end) }
        }
        hasOthers = seen.count > Self.columnLimit
        columns = hasOthers ? Array(seen.prefix(Self.columnLimit - 1)) : seen
    }

    var html: HTML {
        guard !material.messages.isEmpty else { return HTML() }
        var rows = HTML()
        for (number, message) in material.messages.enumerated() { rows += row(message, number: number + 1) }
        let repetitions = material.messages.reduce(0) { $0 + $1.repetitions }
        var note = "Click a row to see its message. Keys are redacted."
        if repetitions > 0 { note += " \(repetitions.counted("retransmission")) folded into the original messages." }
        if material.omittedMessages > 0 { note += " \(material.omittedMessages) later messages are only in signalling.txt." }
        let content: HTML = """
            <div class="ladder"><div class="heads"><span class="t"></span><svg height="36" aria-hidden="true">\(heads)</svg></div>
            \(rows)</div>

            """
        return Page.section("signalling", "Signalling", note: note, content)
    }

    private var count: Int { columns.count + (hasOthers ? 1 : 0) }

    private func x(_ column: Int) -> Double { (Double(column) + 0.5) / Double(max(1, count)) * 100 }
    private func column(_ end: String) -> Int { columns.firstIndex(of: end) ?? columns.count }

    private var heads: HTML {
        var out = HTML()
        for (number, name) in (columns + (hasOthers ? ["others"] : [])).enumerated() {
            // Address above, port below: side by side they would not fit on a phone.
            let colon = name.lastIndex(of: ":")
            let address = colon.map { String(name[..<$0]) } ?? name
            let port = colon.map { String(name[$0...]) } ?? ""
            out += """
                <text x="\(x(number))%" y="14" text-anchor="middle">\(HTMLText.short(address, 24))</text>\
                <text class="quiet" x="\(x(number))%" y="29" text-anchor="middle">\(port)</text>
                """
        }
        return out
    }

    private func row(_ message: ReportMaterial.Message, number: Int) -> HTML {
        let (from, to) = (column(message.source), column(message.destination))
        let repeated: HTML = message.repetitions > 0 ? " <tspan class=\"quiet\">×\(message.repetitions + 1)</tspan>" : HTML()
        let bodies = bodies(of: message)
        var lines = HTML()
        for column in 0..<count { lines += "<line class=\"life\" x1=\"\(x(column))%\" x2=\"\(x(column))%\" y1=\"0\" y2=\"34\"/>" }
        let arrow: HTML
        if from == to {
            arrow = "<circle class=\"head\" cx=\"\(x(from))%\" cy=\"24\" r=\"4\"/>"
        } else {
            let head: HTML = from < to ? "M0 0l-8-4v8z" : "M0 0l8-4v8z"
            arrow = """
                <line class="shaft" x1="\(x(from))%" x2="\(x(to))%" y1="24" y2="24"/>\
                <svg x="\(x(to))%" y="24" overflow="visible"><path class="head" d="\(head)"/></svg>
                """
        }
        let title = HTMLText.short(message.title, 40)
        let places = message.places.prefix(12).map(Page.place)
        var frames = HTML()
        for (index, place) in places.enumerated() { frames += "\(index > 0 ? ", " : "" as HTML)\(place)" }
        let cut: HTML = message.omitted > 0 ? "<p class=\"note\">\(message.omitted) more bytes are in signalling.txt.</p>" : HTML()
        return """
            <details class="message \(kind(message))" id="m\(number)"><summary><span class="t">\(Page.offset(message.offset))</span>\
            <svg height="34" role="img" aria-label="\(message.title), from \(message.source) to \(message.destination)">\(lines)\(arrow)\
            <text x="\((x(from) + x(to)) / 2)%" y="17" text-anchor="middle">\(title)\(bodies.isEmpty ? "" : " (\(bodies))" as HTML)\(repeated)</text></svg></summary>
            <div class="open"><p class="quiet">Message \(number) · \(Page.moment(message.time)) · \(message.source) to \(message.destination) over \
            \(message.transport) · \(frames)\(message.places.count > 12 ? ", …" : "" as HTML)</p>
            <pre tabindex="0">\(message.text)</pre>\(cut)</div></details>

            """
    }

    private func kind(_ message: ReportMaterial.Message) -> HTML {
        if message.isRequest { return "request" }
        switch message.title.utf8.first {
        case 0x31: return "provisional"
        case 0x32: return "success"
        default: return "failure"
        }
    }

    /// What a message carries, beside its header fields.
    private func bodies(of message: ReportMaterial.Message) -> String {
        var out: [String] = []
        // An Accept field names types, too: only what has the first line of a description carries one.
        if message.text.containsIgnoringCase("application/sdp"), message.text.containsIgnoringCase("v=0") { out.append("SDP") }
        if message.text.containsIgnoringCase("application/rs-metadata"), message.text.utf8.contains(UInt8(ascii: "<")) { out.append("metadata") }
        return out.joined(separator: ", ")
    }
}
