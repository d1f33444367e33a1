/// The public declarations of Swift source text, so far as our formatting writes them: one a line, scopes by braces at the line's end.
struct FaceText {
    struct Declaration: Equatable {
        let line: Int
        /// With the types around it: `Recording.Stream.label`, `CaptureSet.init(paths:)`.
        let name: String
        let isDocumented: Bool
        let isType: Bool
    }

    private(set) var declarations: [Declaration] = []

    private struct Scope {
        let name: String
        /// Words that begin what is public here without saying so: cases of a public enum, requirements of a public protocol.
        let open: [String]
    }

    init(_ source: String) {
        var scopes: [Scope] = []
        var isDocumented = false
        for (number, raw) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(raw.drop { $0 == " " })
            if line.hasPrefix("///") {
                isDocumented = true
                continue
            }
            if line.hasPrefix("@"), !line.contains("public") { continue }
            let isPublic = line.hasPrefix("public ") || scopes.last?.open.contains { line.hasPrefix($0) } == true
            let name = Self.name(of: line)
            let isType = line.contains(/^(public |final |indirect |package |private |fileprivate )*(struct|enum|class|protocol|actor)\s/)
            if isPublic, let name {
                let path = (scopes.map(\.name) + [name]).filter { !$0.isEmpty }.joined(separator: ".")
                declarations.append(Declaration(line: number + 1, name: path, isDocumented: isDocumented, isType: isType))
            }
            isDocumented = false
            if line.hasPrefix("//") { continue }
            let opened = line.count { $0 == "{" } - line.count { $0 == "}" }
            if opened > 0 {
                let open = line.contains("public enum ") ? ["case "] : line.contains("public protocol ") ? ["func ", "var ", "init"] : []
                let isScope = isType || line.hasPrefix("extension ")
                for _ in 0..<opened { scopes.append(Scope(name: isScope ? name ?? "" : "", open: open)) }
            } else if opened < 0 {
                scopes.removeLast(min(scopes.count, -opened))
            }
        }
    }

    /// What a line declares; functions and initializers with their labels.
    private static func name(of line: String) -> String? {
        if let match = line.firstMatch(of: /\b(struct|enum|class|protocol|actor|extension|typealias) ([\w.]+)/) { return String(match.2) }
        if let match = line.firstMatch(of: /\b(var|let|case) (\w+)/) { return String(match.2) }
        if let match = line.firstMatch(of: /\b(func [\w<]+|init\??)\(([^{]*)/) {
            let name = match.1.hasPrefix("func ") ? match.1.dropFirst(5) : match.1
            return "\(name)(\(labels(String(match.2))))"
        }
        return nil
    }

    /// `paths:` of `paths: [String]) throws`.
    private static func labels(_ parameters: String) -> String {
        var depth = 0
        var out = ""
        var word = ""
        var isLabel = true
        for character in parameters {
            if depth == 0, character == ")" { break }
            if "([<".contains(character) { depth += 1 }
            if ")]>".contains(character) { depth -= 1 }
            if depth == 0, character == "," {
                isLabel = true
                word = ""
            } else if isLabel, character == ":" {
                out += (word.split(separator: " ").first.map(String.init) ?? "_") + ":"
                isLabel = false
            } else if isLabel {
                word.append(character)
            }
        }
        return out
    }
}
