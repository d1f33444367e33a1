/// The table of modules in `docs/architecture.md`: layer, module, responsibility, may import.
struct ModuleTable {
    struct Row: Equatable {
        let layer: Int
        let module: String
        let mayImport: Set<String>
    }

    let rows: [Row]

    /// Reads the table whose header is `| layer | module | responsibility | may import |`.
    init(markdown: String) {
        var rows: [Row] = []
        var isInside = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != "*" && $0 != "`" }.trimmed }
            if cells == ["", "layer", "module", "responsibility", "may import", ""] {
                isInside = true
            } else if isInside, cells.count == 6 {
                guard let layer = Int(cells[1]) else { continue }
                let names = cells[4].split(separator: ",").map { String($0).trimmed }.filter { $0 != "—" && !$0.isEmpty }
                rows.append(Row(layer: layer, module: cells[2], mayImport: Set(names)))
            } else {
                isInside = false
            }
        }
        self.rows = rows
    }

    func row(_ module: String) -> Row? { rows.first { $0.module == module } }
}

/// Our targets as `Package.swift` writes them: name and the names in the dependency list.
struct Manifest {
    let targets: [(name: String, dependencies: Set<String>)]

    init(source: String) {
        var targets: [(name: String, dependencies: Set<String>)] = []
        for match in source.matches(of: /module\(\s*"(\w+)",\s*\[([^\]]*)\]/) {
            targets.append((String(match.1), Set(match.2.matches(of: /"(\w+)"/).map { String($0.1) })))
        }
        for match in source.matches(of: /\.executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/) {
            // The package of a product is not a module.
            let list = match.2.replacing(/package: "[^"]*"/, with: "")
            targets.append((String(match.1), Set(list.matches(of: /"(\w+)"/).map { String($0.1) })))
        }
        self.targets = targets
    }
}

extension String {
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
