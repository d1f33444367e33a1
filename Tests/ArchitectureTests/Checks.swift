/// The checks of the architecture, as functions from text to complaints, so that each can be shown to complain.
enum Checks {
    /// Imports that the table does not allow the module.
    static func imports(of source: String, in module: String, table: ModuleTable) -> [String] {
        guard let row = table.row(module) else { return ["\(module) is not in the table of docs/architecture.md"] }
        // The standard library is always there.
        let allowed = row.mayImport.union(["Swift", "Synchronization"])
        return SwiftText(source).imports.filter { !allowed.contains($0.module) }.map { "line \($0.line): \(module) may not import \($0.module)" }
    }

    /// Targets that are missing in the table or depend on more than it allows, and rows without a target.
    static func manifest(_ manifest: Manifest, table: ModuleTable) -> [String] {
        var out: [String] = []
        for target in manifest.targets {
            guard let row = table.row(target.name) else {
                out.append("target \(target.name) is not in the table")
                continue
            }
            for name in target.dependencies.subtracting(row.mayImport).sorted() { out.append("target \(target.name) may not depend on \(name)") }
        }
        let names = Set(manifest.targets.map(\.name))
        for row in table.rows where !names.contains(row.module) { out.append("row \(row.module) has no target") }
        return out
    }

    /// Imports go down. From layer 3 on a module may also use one of its own layer that stands above it in the table; parsers and state below
    /// never know their siblings.
    static func layers(_ table: ModuleTable) -> [String] {
        var out: [String] = []
        for (place, row) in table.rows.enumerated() {
            for name in row.mayImport.sorted() {
                guard let other = table.row(name) else { continue }
                let isEarlierSibling = row.layer >= 3 && other.layer == row.layer && table.rows[..<place].contains { $0.module == name }
                if other.layer >= row.layer, !isEarlierSibling {
                    out.append("\(row.module) (layer \(row.layer)) may not import \(name) (layer \(other.layer))")
                }
            }
        }
        return out
    }

    static let longestFile = 500

    static func length(of source: String) -> [String] {
        let count = lines(of: source)
        return count > longestFile ? ["\(count) lines; at most \(longestFile)"] : []
    }

    /// Words that a layer must not use. Layers 0 to 4 do no I/O, read no clock, locale or environment, and trap on no input.
    static func words(of source: String, layer: Int) -> [String] {
        let text = SwiftText(source)
        var out: [String] = []
        func forbid<Output>(_ words: [String], _ pattern: Regex<Output>, _ why: String) {
            for line in text.lineNumbers(of: pattern, words: words) { out.append("line \(line): \(why)") }
        }
        func forbidWords(_ words: [String], _ why: String) { forbid(words, /()/, why) }
        forbid(["try"], /\btry!/, "try! traps")
        forbid(["as"], /\bas!/, "as! traps")
        forbid(["static"], /\bstatic\s+var\b[^{]*(=|$)/, "static var is global state")
        forbid(["var"], /^((public|package|internal|private|fileprivate|nonisolated(\(unsafe\))?|@\w+)\s+)*var\b[^{]*(=|$)/, "global var is global state")
        if layer <= 5 { forbid(["print", "debugPrint", "dump"], /\b(print|debugPrint|dump)\(/, "only the command prints") }
        guard layer <= 4 else { return out }
        forbid(
            ["fatalError", "preconditionFailure", "precondition", "assert", "assertionFailure"],
            /\b(fatalError|preconditionFailure|precondition|assert|assertionFailure)\(/, "traps: report a finding or return")
        forbid(["Date"], /\bDate\(/, "time comes in as a value")
        forbidWords(["ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday"], "time comes in as a value")
        forbidWords(["ProcessInfo", "getenv", "environment", "CommandLine"], "no environment here")
        forbidWords(["FileManager", "FileHandle", "fopen", "URLSession"], "only RecordingFiles opens files")
        return out
    }

    /// Complaints about a rule's file: its place, its code and its line in the catalogue.
    ///
    /// `path` is relative to `Rules/`, for example `CAP/CAP001.swift`; `catalogue` is the source of the area's catalogue.
    static func rule(path: String, source: String, catalogue: String) -> [String] {
        let parts = path.split(separator: "/")
        guard parts.count == 2, let code = parts.last?.dropLast(".swift".count) else { return ["\(path): a rule lies in Rules/<AREA>/<CODE>.swift"] }
        guard code.wholeMatch(of: /[A-Z]{3}[0-9]{3}/) != nil, code.hasPrefix(parts[0]) else { return ["\(path): the file is named by a code of its area"] }
        let codes = source.matches(of: /code: "([^"]*)"/).map { $0.1 }
        var out: [String] = []
        if codes != [code] { out.append("\(path): holds \(codes), not one rule \(code)") }
        // `.cap001`, or `Rule.cap001`, or the bare name inside the extension.
        let names = Set(SwiftText(catalogue).lines.joined(separator: "\n").matches(of: /\w+/).map { $0.0.lowercased() })
        if !names.contains(code.lowercased()) { out.append("\(path): not listed in \(parts[0])Catalogue.swift") }
        return out
    }

    /// Codes that appear in more than one place.
    static func duplicates(in codes: [String]) -> [String] {
        var seen: Set<String> = []
        return codes.filter { !seen.insert($0).inserted }.map { "\($0) is used twice" }
    }
}
