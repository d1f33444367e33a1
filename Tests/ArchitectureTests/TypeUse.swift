/// What one Swift file declares and names of types, as far as its text tells: no member that is called on a value, and no function, is seen.
struct TypeUse {
    /// A type by its names from the outermost inward: `["Rule", "Severity"]`.
    typealias Path = [String]

    struct Reference: Hashable {
        let path: Path
        /// The types and extensions in whose bodies it stands, as one path.
        let scope: Path
    }

    /// Types that other files can name.
    private(set) var declared: Set<Path> = []
    /// Types that only this file can name.
    private(set) var hidden: Set<Path> = []
    private(set) var references: Set<Reference> = []

    private var tokens: [Token] = []
    /// What each open brace belongs to: the path of a type, or nil for any other.
    private var braces: [Path?] = []
    private var opened: Path?
    private var index = 0

    init(_ source: String) {
        for line in SwiftText(source).lines { tokens += Token.all(in: line) }
        while index < tokens.count { step() }
        tokens = []
    }

    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias", "associatedtype"]
    private static let modifiers: Set<String> = [
        "public", "package", "internal", "private", "fileprivate", "final", "indirect", "nonisolated", "open", "static", "unsafe", "frozen",
    ]

    private var scope: Path { (braces.last { $0 != nil } ?? nil) ?? [] }

    private mutating func step() {
        let token = tokens[index]
        switch token.text {
        case "{":
            braces.append(opened)
            opened = nil
            index += 1
        case "}":
            _ = braces.popLast()
            index += 1
        case "extension" where !token.followsDot:
            index += 1
            let path = chain()
            opened = path
            references.insert(Reference(path: path, scope: []))
        case let kind where Self.kinds.contains(kind) && !token.followsDot && isName(index + 1):
            declare(kind)
        default:
            if token.isTypeName, !token.followsDot { references.insert(Reference(path: chain(), scope: scope)) } else { index += 1 }
        }
    }

    private func isName(_ place: Int) -> Bool { place < tokens.count && tokens[place].isTypeName }

    private mutating func declare(_ kind: String) {
        var place = index - 1
        var isHidden = false
        while place >= 0, Self.modifiers.contains(tokens[place].text) {
            if ["private", "fileprivate"].contains(tokens[place].text) { isHidden = true }
            place -= 1
        }
        let name = tokens[index + 1].text
        index += 2
        // Inside a function it is nobody else's.
        let isLocal = !braces.allSatisfy { $0 != nil }
        let path = scope + [name]
        if isHidden || isLocal { hidden.insert(path) } else { declared.insert(path) }
        if kind != "typealias", kind != "associatedtype" { opened = path }
    }

    /// `A.B.C` from here on.
    private mutating func chain() -> Path {
        var path: Path = []
        while isName(index), path.isEmpty || tokens[index].followsDot {
            path.append(tokens[index].text)
            index += 1
        }
        return path
    }

    private struct Token {
        let text: String
        let followsDot: Bool

        var isTypeName: Bool { text.utf8.first.map { (0x41...0x5A).contains($0) } ?? false }

        static func all(in line: String) -> [Token] {
            let units = Array(line.utf8)
            var out: [Token] = []
            var at = 0
            var dot = false
            while at < units.count {
                let start = at
                while at < units.count, SwiftText.isWord(units[at]) { at += 1 }
                if at > start {
                    out.append(Token(text: String(decoding: units[start..<at], as: UTF8.self), followsDot: dot))
                    dot = false
                } else {
                    if units[at] == 0x7B || units[at] == 0x7D { out.append(Token(text: units[at] == 0x7B ? "{" : "}", followsDot: false)) }
                    dot = units[at] == 0x2E
                    at += 1
                }
            }
            return out
        }
    }
}

/// Which folders of one module use which, by the types that their files name.
struct FolderArrows {
    struct Arrow: Hashable {
        let from: String
        let to: String
    }

    /// For each arrow one file that makes it, and the type that it names.
    private(set) var examples: [Arrow: String] = [:]
    let folders: Set<String>

    /// `files`: paths below the module, with their sources. Files beside the folders are in the folder `.`.
    init(_ files: [(path: String, source: String)]) {
        let uses = files.map { (path: $0.path, folder: Self.folder($0.path), use: TypeUse($0.source)) }
        folders = Set(uses.map(\.folder))
        var homes: [TypeUse.Path: Set<String>] = [:]
        for file in uses { for path in file.use.declared { homes[path, default: []].insert(file.folder) } }
        for file in uses {
            for reference in file.use.references.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
                for path in Self.meant(by: reference, in: file.use, homes) {
                    // A type that two folders declare is one of several with the same name, and which is not told.
                    guard let home = homes[path], home.count == 1, let folder = home.first, folder != file.folder else { continue }
                    examples[Arrow(from: file.folder, to: folder)] = "\(file.path) names \(path.joined(separator: "."))"
                }
            }
        }
    }

    private static func folder(_ path: String) -> String {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[0]) : "."
    }

    /// The declared types that a reference goes through: the innermost scope that knows its first name, and on from there.
    private static func meant(by reference: TypeUse.Reference, in file: TypeUse, _ homes: [TypeUse.Path: Set<String>]) -> [TypeUse.Path] {
        for depth in stride(from: reference.scope.count, through: 0, by: -1) {
            var path = reference.scope.prefix(depth) + reference.path.prefix(1)
            if file.hidden.contains(Array(path)) || file.declared.contains(Array(path)) && reference.path.count == 1 { return [] }
            guard homes[Array(path)] != nil else { continue }
            var out = [Array(path)]
            for name in reference.path.dropFirst() {
                path.append(name)
                if file.hidden.contains(Array(path)) || homes[Array(path)] == nil { break }
                out.append(Array(path))
            }
            return out
        }
        return []
    }
}

/// The folders of modules that have several, as docs/architecture.md lists them: `Link; Tunnel → Link`.
struct FolderTable {
    /// By module and folder the folders that it may use.
    let rows: [String: [String: Set<String>]]

    /// Reads the table whose header is `| module | folders |`.
    init(markdown: String) {
        var rows: [String: [String: Set<String>]] = [:]
        var isInside = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != "*" && $0 != "`" }.trimmed }
            if cells == ["", "module", "folders", ""] {
                isInside = true
            } else if isInside, cells.count == 4 {
                if cells[1].allSatisfy({ $0 == "-" }) { continue }
                var folders: [String: Set<String>] = [:]
                for part in cells[2].split(separator: ";") {
                    let sides = part.split(separator: "→", maxSplits: 1).map { String($0).trimmed }
                    folders[sides[0]] = sides.count < 2 ? [] : Set(sides[1].split(separator: ",").map { String($0).trimmed })
                }
                rows[cells[1]] = folders
            } else {
                isInside = false
            }
        }
        self.rows = rows
    }
}
