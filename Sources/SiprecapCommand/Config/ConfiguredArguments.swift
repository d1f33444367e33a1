import ArgumentParser
import Siprecap

/// The command line with the options of a config file put in where the user did not give them.
struct ConfiguredArguments {
    /// What to parse.
    private(set) var arguments: [String]
    /// The file that was read.
    private(set) var file: String?
    /// The options in force, as a config file; where `--print-config` asks for it.
    private(set) var listing: String?

    /// The command line as it is.
    init(_ arguments: [String]) { self.arguments = arguments }

    /// `standard`: the file that is read without being named, if it exists.
    init(_ arguments: [String], syntax: CommandSyntax, standard: String?) throws {
        self.arguments = arguments
        let (command, depth) = syntax.command(named: arguments)
        guard command.options["config"] != nil else { return }
        let given = GivenOptions(Array(arguments.dropFirst(depth)), command)
        guard !given.names.contains("help") else { return }
        file = given.values["config"]?.last ?? standard
        var entries: [OptionsFile.Entry] = []
        if let file {
            do throws(SiprecapError) {
                let read = try OptionsFile(path: file)
                try Self.check(read, file, syntax)
                let name = arguments.prefix(depth).joined(separator: " ")
                entries = read.entries.filter { ($0.command ?? name) == name && command.options[$0.option] != nil && !given.names.contains($0.option) }
            } catch { throw ValidationError("--config: \(error)") }
        }
        // An option below the command's own name wins over the same at the top.
        let own = Set(entries.filter { $0.command != nil }.map(\.option))
        entries.removeAll { $0.command == nil && own.contains($0.option) }
        if given.names.contains("print-config") {
            listing = Self.listing(given.ordered + entries.map { ($0.option, $0.values) })
            return
        }
        var added: [String] = []
        for entry in entries {
            guard let option = command.options[entry.option] else { continue }
            if option.isFlag {
                switch entry.values {
                case ["true"]: added.append("--\(entry.option)")
                case ["false"]: break
                default: throw ValidationError("--config: \(file ?? ""): line \(entry.line): \(entry.option) must be true or false.")
                }
            } else {
                guard entry.values.count == 1 || option.isRepeating else {
                    throw ValidationError("--config: \(file ?? ""): line \(entry.line): \(entry.option) takes one value.")
                }
                added += entry.values.map { "--\(entry.option)=\($0)" }
            }
        }
        self.arguments.insert(contentsOf: added, at: depth)
    }

    /// A name that no command knows is a mistake, not something to pass over.
    private static func check(_ read: OptionsFile, _ path: String, _ syntax: CommandSyntax) throws(SiprecapError) {
        let commands = syntax.allCommands
        for entry in read.entries {
            if let command = entry.command, !commands.contains(command) {
                throw .unreadable(path: path, reason: "line \(entry.line): unknown command \(command)\(hint(command, commands))")
            }
            let words = entry.command.map { $0.split(separator: " ").map(String.init) } ?? []
            let known = words.isEmpty ? syntax.allOptions : Set(syntax.command(named: words).command.options.keys)
            guard !known.contains(entry.option) || reserved.contains(entry.option) else { continue }
            let place = entry.command.map { " of \($0)" } ?? ""
            throw .unreadable(path: path, reason: "line \(entry.line): unknown option \(entry.option)\(place)\(hint(entry.option, known))")
        }
    }

    /// Options that make no sense in a file.
    private static let reserved: Set<String> = ["config", "print-config", "help", "version"]

    /// The nearest name, where it is near enough to be meant.
    private static func hint(_ word: String, _ known: Set<String>) -> String {
        let near = known.subtracting(reserved).map { (distance(Array($0.utf8), Array(word.utf8.prefix(40))), $0) }.min { ($0.0, $0.1) < ($1.0, $1.1) }
        guard let near, near.0 <= max(2, word.count / 3) || near.1.hasPrefix(word) else { return "" }
        return "; did you mean \(near.1)?"
    }

    /// Edits that make `b` out of `a` (Levenshtein).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let edited = min(row[j], row[j + 1]) + 1
                (diagonal, row[j + 1]) = (row[j + 1], min(edited, diagonal + (x == y ? 0 : 1)))
            }
        }
        return row[b.count]
    }

    private static func listing(_ options: [(name: String, values: [String])]) -> String {
        options.filter { !reserved.contains($0.name) }.sorted { $0.name < $1.name }.map { option in
            let values = option.values.map(quoted)
            return "\(option.name): " + (values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]")
        }.joined(separator: "\n")
    }

    /// A plain scalar where that is safe in YAML, else in double quotes.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./".utf8.contains($0) }
        if isPlain { return value }
        var out = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": out += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: out += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

/// The options that the user has typed.
private struct GivenOptions {
    private(set) var ordered: [(name: String, values: [String])] = []

    var names: Set<String> { Set(ordered.map(\.name)) }
    var values: [String: [String]] { Dictionary(ordered.map { ($0.name, $0.values) }) { $1 } }

    init(_ words: [String], _ command: CommandSyntax) {
        var byName: [String: CommandSyntax.Argument] = [:]
        for argument in command.arguments ?? [] {
            for name in argument.names ?? [] { byName[name.kind == "short" ? "-\(name.name)" : "--\(name.name)"] = argument }
        }
        var index = 0
        while index < words.count, words[index] != "--" {
            let word = words[index]
            index += 1
            guard word.hasPrefix("-"), word.count > 1 else { continue }
            let name: String
            var value: String?
            if word.hasPrefix("--") {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                name = String(parts[0])
                value = parts.count > 1 ? String(parts[1]) : nil
            } else {
                name = String(word.prefix(2))
                let rest = word.dropFirst(2)
                value = rest.isEmpty ? nil : String(rest.drop { $0 == "=" })
            }
            guard let argument = byName[name], let long = argument.longName else { continue }
            if !argument.isFlag, value == nil, index < words.count {
                value = words[index]
                index += 1
            }
            add(long, argument.isFlag ? "true" : value ?? "")
        }
    }

    private mutating func add(_ name: String, _ value: String) {
        if let index = ordered.firstIndex(where: { $0.name == name }) { ordered[index].values.append(value) } else { ordered.append((name, [value])) }
    }
}
