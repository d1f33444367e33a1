extension Checks {
    static let longestModule = 6000

    /// `lines` of all files of a module together.
    static func size(of module: String, lines: Int) -> [String] {
        lines > longestModule ? ["\(module): \(lines) lines; at most \(longestModule)"] : []
    }

    static func lines(of source: String) -> Int {
        source.split(separator: "\n", omittingEmptySubsequences: false).count - (source.hasSuffix("\n") ? 1 : 0)
    }

    /// Folders of a module, and arrows between them, that the table does not list. A module without folders needs no row.
    static func folders(of module: String, _ arrows: FolderArrows, table: FolderTable) -> [String] {
        let folders = arrows.folders.subtracting(["Rules"])
        let upward = arrows.examples.filter { $0.key.from == "Rules" }.map { "\(module): Rules may not use \($0.key.to): \($0.value)" }.sorted()
        guard upward.isEmpty else { return upward }
        guard folders != ["."] else { return table.rows[module] == nil ? [] : ["\(module) has no folders but a row"] }
        guard let row = table.rows[module] else {
            return ["\(module) has folders but no row in the table of folders; it would be: \(cell(arrows))"]
        }
        var out: [String] = []
        for folder in folders.sorted() where folder != "." && row[folder] == nil { out.append("\(module)/\(folder) is not listed") }
        for folder in row.keys.sorted() where !folders.contains(folder) { out.append("\(module)/\(folder) is listed and not there") }
        for (arrow, example) in arrows.examples.sorted(by: { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }) {
            if arrow.to != "Rules", row[arrow.from]?.contains(arrow.to) != true { out.append("\(module): \(arrow.from) may not use \(arrow.to): \(example)") }
        }
        return out
    }

    /// What the row of a module would say.
    static func cell(_ arrows: FolderArrows) -> String {
        let used = Dictionary(grouping: arrows.examples.keys, by: \.from).mapValues { $0.map(\.to).sorted() }
        return ordered(arrows.folders.subtracting(["Rules"]), used).map { folder in (used[folder].map { "\(folder) → \($0.joined(separator: ", "))" }) ?? folder
        }
        .joined(separator: "; ")
    }

    /// Circles of folders in the table: as what is used has to be listed, none in the table is none in the sources.
    static func circles(_ table: FolderTable) -> [String] {
        table.rows.sorted { $0.key < $1.key }.compactMap { module, row in
            var rest = Set(row.keys).union(row.values.flatMap(\.self))
            // What uses nothing of the rest is in no circle, and neither is what nothing of the rest uses.
            while let free = rest.first(where: { folder in
                row[folder, default: []].isDisjoint(with: rest) || !rest.contains { row[$0, default: []].contains(folder) }
            }) { rest.remove(free) }
            return rest.isEmpty ? nil : "\(module): a circle among \(rest.sorted().joined(separator: ", "))"
        }
    }

    /// What is used before what uses it. What is in a circle, or uses one, comes last.
    private static func ordered(_ folders: Set<String>, _ uses: [String: [String]]) -> [String] {
        var out: [String] = []
        var rest = folders.sorted()
        while let next = rest.firstIndex(where: { folder in uses[folder, default: []].allSatisfy { out.contains($0) } }) {
            out.append(rest.remove(at: next))
        }
        return out + rest
    }
}
