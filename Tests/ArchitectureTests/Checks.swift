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

    /// The code of the rule whose file this is, from the path inside the module; nil for other files.
    static func ruleCode(path: String) -> String? {
        path.wholeMatch(of: /Rules\/([A-Z]{3}[0-9]{3})\.swift/).map { String($0.1) }
    }

    /// The rules that sources name, as `.cap001`.
    static func ruleNames(in sources: some Sequence<String>) -> Set<Substring> {
        sources.reduce(into: []) { names, source in
            names.formUnion(SwiftText(source).lines.joined(separator: "\n").matches(of: /\.([a-z]{3}[0-9]{3})\b/).map { $0.1 })
        }
    }

    /// Complaints about the rules of one module: each lies in `Rules/<CODE>.swift` of the module that raises it, or of one that those who raise it
    /// have in common, and is on that module's list, which the catalogue names. `files`: all of the module, by path inside it; `raisedElsewhere`: in
    /// how many other modules each is raised.
    static func rules(of module: String, files: [String: String], catalogue: String, raisedElsewhere: [Substring: Int] = [:]) -> [String] {
        func names(_ source: String) -> Set<Substring> { ruleNames(in: [source]) }
        let sorted = files.sorted { $0.key < $1.key }
        let list = "Rules/\(module)Rules.swift"
        let listed = names(files[list] ?? "")
        let raised = sorted.reduce(into: Set<Substring>()) { if !$1.key.hasPrefix("Rules/") { $0.formUnion(names($1.value)) } }
        var out: [String] = []
        for (path, source) in sorted where path != list {
            let codes = source.matches(of: /\bcode: "([A-Z]{3}[0-9]{3})"/).map { String($0.1) }
            guard let code = ruleCode(path: path) else {
                if !codes.isEmpty || path.hasPrefix("Rules/") { out.append("\(module)/\(path): a rule lies in Rules/<CODE>.swift, by itself") }
                continue
            }
            let name = code.lowercased()[...]
            if codes != [code] { out.append("\(module)/\(path): holds \(codes), not one rule \(code)") }
            // The initial value of a stored property is part of what the modules above see of this one: a word in it would build them anew.
            if !source.contains("static var \(name): Rule {") { out.append("\(module)/\(path): \(name) is no computed property") }
            if !listed.contains(name) { out.append("\(module)/\(path): not on the list \(module)Rules") }
            if !raised.contains(name), raisedElsewhere[name, default: 0] < 2 { out.append("\(module)/\(path): \(module) does not raise it") }
        }
        let codes = Set(files.keys.compactMap { ruleCode(path: $0)?.lowercased() })
        for name in listed.sorted() where !codes.contains(String(name)) { out.append("\(module)/\(list): \(name) is not a rule of \(module)") }
        if !codes.isEmpty, !catalogue.contains("\(module)Rules.all") { out.append("\(module)Rules.all is not in the catalogue") }
        return out
    }

    /// Codes that appear in more than one place.
    static func duplicates(in codes: [String]) -> [String] {
        var seen: Set<String> = []
        return codes.filter { !seen.insert($0).inserted }.map { "\($0) is used twice" }
    }
}
