/// The elements of a page as a strict reader sees them: tags with the names of their attributes, and the text between.
///
/// It knows only what the pages use, and complains about anything else, so that text which became markup is seen.
struct TagReader {
    private(set) var tags: [String] = []
    private(set) var complaints: [String] = []
    private(set) var values: [(tag: String, attribute: String, value: String)] = []
    private static let void: Set<String> = ["meta", "input", "br"]
    /// Elements whose content is no markup.
    private static let raw: Set<String> = ["script", "style"]

    init(_ octets: [UInt8]) {
        var open: [String] = []
        var at = 0
        func text(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }
        while at < octets.count {
            guard octets[at] == UInt8(ascii: "<") else {
                if octets[at] == UInt8(ascii: ">") { complaints.append("stray character at \(at)") }
                if octets[at] < 0x20, octets[at] != 0x0A, octets[at] != 0x09 { complaints.append("control character \(octets[at]) at \(at)") }
                if octets[at] == UInt8(ascii: "&") {
                    let end = octets[at...].prefix(8).firstIndex(of: UInt8(ascii: ";"))
                    let name = end.map { text(at..<$0 + 1) } ?? ""
                    if !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].contains(name) { complaints.append("stray & at \(at)") }
                }
                at += 1
                continue
            }
            // The end of a tag is the first > outside quotes.
            var end = at + 1
            var isQuoted = false
            while end < octets.count, isQuoted || octets[end] != UInt8(ascii: ">") {
                if octets[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
                end += 1
            }
            let inside = text(at + 1..<end)
            at = end + 1
            if inside.hasPrefix("!DOCTYPE") { continue }
            if inside.hasPrefix("/") {
                let name = String(inside.dropFirst())
                if open.popLast() != name { complaints.append("</\(name)> closes nothing") }
                tags.append("/" + name)
                continue
            }
            let name = String(inside.prefix { $0.isLetter || $0.isNumber })
            if name.isEmpty { complaints.append("<\(inside.prefix(20)) is no tag") }
            let attributes = read(String(inside.dropFirst(name.count)), of: name)
            tags.append(([name] + attributes).joined(separator: " "))
            if !Self.void.contains(name), !inside.hasSuffix("/") { open.append(name) }
            if Self.raw.contains(name) {
                let close = Array("</\(name)>".utf8)
                while at < octets.count, !octets[at...].starts(with: close) { at += 1 }
            }
        }
        if !open.isEmpty { complaints.append("never closed: \(open)") }
    }

    private mutating func read(_ text: String, of tag: String) -> [String] {
        var names: [String] = []
        var rest = text[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "/" }
            guard !rest.isEmpty else { return names }
            let name = String(rest.prefix { $0.isLetter || $0 == "-" || $0.isNumber })
            guard !name.isEmpty else {
                complaints.append("in <\(tag)>: \(rest.prefix(30))")
                return names
            }
            names.append(name)
            rest = rest.dropFirst(name.count)
            guard rest.hasPrefix("=\"") else { continue }
            rest = rest.dropFirst(2)
            let value = String(rest.prefix { $0 != "\"" })
            values.append((tag, name, value))
            rest = rest.dropFirst(value.count + 1)
        }
    }
}
