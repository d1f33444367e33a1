import Foundation

/// What the parser knows of a command and its options: the machine-readable form of its help.
struct CommandSyntax: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let names: [Name]?
        let isRepeating: Bool

        var isFlag: Bool { kind == "flag" }
        var longName: String? { names?.first { $0.kind == "long" }?.name }
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [CommandSyntax]?

    private struct Dump: Decodable { let command: CommandSyntax }

    /// Nil if the parser's form has changed.
    init?(dump: String) {
        guard let dump = try? JSONDecoder().decode(Dump.self, from: Data(dump.utf8)) else { return nil }
        self = dump.command
    }

    /// Options and flags by long name.
    var options: [String: Argument] {
        Dictionary((arguments ?? []).compactMap { argument in argument.longName.map { ($0, argument) } }) { first, _ in first }
    }

    /// The command that `words` name, and how many words that takes.
    func command(named words: [String]) -> (command: CommandSyntax, depth: Int) {
        guard let word = words.first, let next = subcommands?.first(where: { $0.commandName == word }) else { return (self, 0) }
        let found = next.command(named: Array(words.dropFirst()))
        return (found.command, found.depth + 1)
    }

    /// Long names of the options of this command and all below it.
    var allOptions: Set<String> { Set(options.keys).union((subcommands ?? []).flatMap(\.allOptions)) }
    /// Names of this command's subcommands, with those of theirs behind a blank.
    var allCommands: Set<String> {
        Set((subcommands ?? []).flatMap { [$0.commandName] + $0.allCommands.map { [name = $0.commandName] in "\(name) \($0)" } })
    }
}
