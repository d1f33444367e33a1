/// Swift source with comments and the contents of string literals blanked out, so that words are found only where they are code.
///
/// Every line keeps its number. Interpolations are blanked with their string: no check needs what they call.
struct SwiftText {
    let lines: [String]
    /// On which lines, counted from zero, each word stands: regular expressions are slow, so only those lines are tried.
    private let places: [String: [Int]]

    init(_ source: String) {
        var scanner = Scanner(units: Array(source.utf8))
        let units = scanner.blanked()
        var lines: [String] = []
        var places: [String: [Int]] = [:]
        for (index, line) in units.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            lines.append(String(decoding: line, as: UTF8.self))
            for word in line.split(whereSeparator: { !Self.isWord($0) }) {
                places[String(decoding: word, as: UTF8.self), default: []].append(index)
            }
        }
        self.lines = lines
        self.places = places
    }

    static func isWord(_ unit: UInt8) -> Bool {
        unit == 0x5F || unit >= 0x80 || (0x30...0x39).contains(unit) || (0x41...0x5A).contains(unit) || (0x61...0x7A).contains(unit)
    }

    /// Line numbers, from one, of the lines that hold one of `words` and on which `pattern` is found.
    ///
    /// Word boundaries are the simple ones: by Unicode's default rules `ProcessInfo.processInfo` is one word.
    func lineNumbers<Output>(of pattern: Regex<Output>, words: [String]) -> [Int] {
        let candidates = Set(words.flatMap { places[$0] ?? [] })
        if candidates.isEmpty { return [] }
        let simple = pattern.wordBoundaryKind(.simple)
        return candidates.sorted().filter { lines[$0].contains(simple) }.map { $0 + 1 }
    }

    /// Where one of `names` stands, in the order of lines.
    func words(among names: Set<String>) -> [(name: String, line: Int)] {
        names.flatMap { name in Set(places[name] ?? []).map { (name: name, line: $0 + 1) } }.sorted { ($0.line, $0.name) < ($1.line, $1.name) }
    }

    /// Where one of `names` is called as a function of its own: not a member of something (but for the C library's own module), not where it is declared.
    func calls(of names: Set<String>) -> [(name: String, line: Int)] {
        words(among: names).filter { name, line in
            var rest = Substring(lines[line - 1])
            while let range = rest.firstRange(of: name) {
                let before = lines[line - 1][..<range.lowerBound]
                rest = rest[range.upperBound...]
                if rest.utf8.first.map(Self.isWord) ?? false || before.utf8.last.map(Self.isWord) ?? false { continue }
                if before.hasSuffix(".") && !before.hasSuffix("Glibc.") || before.hasSuffix("->") || before.hasSuffix("func ") { continue }
                if rest.drop(while: { $0 == " " }).first == "(" { return true }
            }
            return false
        }
    }

    /// Modules that the file imports, without submodule and symbol, with their line numbers.
    var imports: [(module: String, line: Int)] {
        Set(places["import"] ?? []).sorted().compactMap { index in
            let words = lines[index].split(whereSeparator: { $0 == " " || $0 == ";" })
            guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy(Self.isImportModifier) else { return nil }
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor"]
            guard let name = words[(at + 1)...].first(where: { !kinds.contains($0) }), let module = name.split(separator: ".").first else { return nil }
            return (String(module), index + 1)
        }
    }

    private static func isImportModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private", "unsafe"].contains(word)
    }
}

/// The few lexical rules of Swift that tell code from comment and string.
private struct Scanner {
    let units: [UInt8]
    private var out: [UInt8] = []
    private var index = 0

    init(units: [UInt8]) { self.units = units }

    /// Whether `first` and `second` stand at `place`.
    private func has(_ first: UInt8, _ second: UInt8, at place: Int) -> Bool {
        place + 1 < units.count && units[place] == first && units[place + 1] == second
    }

    private var hasTripleQuote: Bool { has(0x22, 0x22, at: index) && has(0x22, 0x22, at: index + 1) }

    private mutating func keep() {
        out.append(units[index])
        index += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < units.count {
            out.append(units[index] == 0x0A ? 0x0A : 0x20)
            index += 1
        }
    }

    mutating func blanked() -> [UInt8] {
        while index < units.count { step() }
        return out
    }

    private mutating func step() {
        // Most octets are neither quotation mark, number sign nor slash.
        if units[index] != 0x22, units[index] != 0x23, units[index] != 0x2F {
            keep()
        } else if has(0x2F, 0x2F, at: index) {
            while index < units.count, units[index] != 0x0A { blank() }
        } else if has(0x2F, 0x2A, at: index) {
            comment()
        } else if units[index] != 0x2F, let hashes = stringHashes() {
            string(hashes: hashes)
        } else {
            keep()
        }
    }

    /// Block comments nest.
    private mutating func comment() {
        var depth = 0
        repeat {
            if has(0x2F, 0x2A, at: index) {
                depth += 1
                blank(2)
            } else if has(0x2A, 0x2F, at: index) {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < units.count
    }

    /// The number of `#` before a quotation mark, if a string begins here.
    private func stringHashes() -> Int? {
        var place = index
        while place < units.count, units[place] == 0x23 { place += 1 }
        return place < units.count && units[place] == 0x22 ? place - index : nil
    }

    private func hasHashes(_ count: Int, at place: Int) -> Bool {
        place + count <= units.count && units[place..<place + count].allSatisfy { $0 == 0x23 }
    }

    private mutating func string(hashes: Int) {
        blank(hashes)
        let isMultiline = hasTripleQuote
        blank(isMultiline ? 3 : 1)
        while index < units.count {
            if units[index] == 0x5C, hasHashes(hashes, at: index + 1) {
                blank(1 + hashes)
                if index < units.count, units[index] == 0x28 { interpolation() } else { blank() }
            } else if isMultiline ? hasTripleQuote : units[index] == 0x22, hasHashes(hashes, at: index + (isMultiline ? 3 : 1)) {
                blank((isMultiline ? 3 : 1) + hashes)
                return
            } else if !isMultiline, units[index] == 0x0A {
                return
            } else {
                blank()
            }
        }
    }

    private mutating func interpolation() {
        let start = out.count
        var depth = 0
        repeat {
            if units[index] == 0x28 { depth += 1 }
            if units[index] == 0x29 { depth -= 1 }
            step()
        } while depth > 0 && index < units.count
        for place in start..<out.count where out[place] != 0x0A { out[place] = 0x20 }
    }
}
