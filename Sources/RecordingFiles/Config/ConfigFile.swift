package import PacketInput
import Yams

/// A file of options: a mapping of long option names to values, for all commands or below the name of one.
///
/// ```yaml
/// keys: [case42/keys.yaml]
/// reconstruct:
///   format: flac
///   include-paused: true
/// ```
package struct ConfigFile: Sendable {
    /// One option as the file states it.
    package struct Entry: Sendable, Equatable {
        /// The command below whose name it stands; nil at the top.
        package let command: String?
        /// The long name, without dashes.
        package let option: String
        /// One value, or several of a repeatable option; a flag has `true` or `false`.
        package let values: [String]
        /// From 1.
        package let line: Int
    }

    /// As the user named it.
    package let path: String
    package private(set) var entries: [Entry] = []

    /// A file of options is small; what is longer is something else.
    private static let longest = 1 << 20

    package init(path: String) throws(InputFault) {
        let octets: [UInt8]
        do throws(SystemError) { octets = try WholeFile(path: path, limit: Self.longest).octets } catch { throw InputFault(path, "cannot be read", error) }
        try self.init(path: path, text: String(decoding: octets, as: UTF8.self))
    }

    package init(path: String, text: String) throws(InputFault) {
        self.path = path
        let root: Node?
        do { root = try compose(yaml: text) } catch {
            throw InputFault(name: path, reason: "is not YAML: \(error)")
        }
        // An empty file, or one of comments alone, sets nothing.
        guard let root, root.null == nil else { return }
        guard case .mapping(let mapping) = root else { throw fault(root, "a mapping of option names to values is expected") }
        for (name, value) in mapping {
            let option = try self.name(name)
            guard case .mapping(let section) = value else {
                entries.append(try entry(nil, option, value, name))
                continue
            }
            for (name, value) in section { entries.append(try entry(option, try self.name(name), value, name)) }
        }
    }

    private func name(_ node: Node) throws(InputFault) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else { throw fault(node, "an option name is expected") }
        return scalar.string
    }

    private func entry(_ command: String?, _ option: String, _ value: Node, _ name: Node) throws(InputFault) -> Entry {
        var values: [String] = []
        switch value {
        case .scalar(let scalar): values = [scalar.string]
        case .sequence(let list):
            for item in list {
                guard case .scalar(let scalar) = item else { throw fault(item, "\(option): a value is expected") }
                values.append(scalar.string)
            }
        case .mapping, .alias: throw fault(value, "\(option): a value or a list of values is expected")
        }
        return Entry(command: command, option: option, values: values, line: name.mark?.line ?? 1)
    }

    private func fault(_ node: Node, _ reason: String) -> InputFault { InputFault(name: path, reason: "line \(node.mark?.line ?? 1): \(reason)") }
}
