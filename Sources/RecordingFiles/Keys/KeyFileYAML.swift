import SRTPDecryption
import Yams

/// The YAML and JSON forms of a key file: a list of mappings, on its own or under `keys`. JSON is YAML but for tabs.
enum KeyFileYAML {
    /// Entries in a file; a list that is longer is no list of keys.
    private static let limit = 100_000

    static func fields(_ text: String, file: String, problems: inout [KeyFileProblem]) -> [KeyFileFields] {
        func problem(_ line: Int, _ message: String) { problems.append(KeyFileProblem(file: file, line: line, message: message)) }
        let root: Node?
        do {
            root = try compose(yaml: text.replacing("\t", with: "  "))
        } catch let error as YamlError {
            // The parser's own words quote the line, and with it the key.
            problem(line(of: error), "neither YAML nor JSON can be made of the file from here on")
            return []
        } catch {
            problem(0, "neither YAML nor JSON can be made of the file")
            return []
        }
        guard let root else { return [] }
        var list: [Node] = []
        switch root {
        case .sequence(let sequence): list = Array(sequence)
        case .mapping(let mapping):
            if let keys = mapping["keys"] {
                guard case .sequence(let sequence) = keys else {
                    problem(keys.mark?.line ?? 0, "`keys` is not a list")
                    return []
                }
                list = Array(sequence)
            } else {
                list = [root]
            }
        default:
            problem(root.mark?.line ?? 0, "a list of keys is expected")
            return []
        }
        if list.count > limit { problem(0, "more than \(limit) keys; the rest is left out") }
        return list.prefix(limit).compactMap { node in
            let line = node.mark?.line ?? 0
            if case .scalar(let scalar) = node {
                var fields = KeyFileFields(line: line)
                fields.key = scalar.string
                return fields
            }
            guard case .mapping(let mapping) = node else {
                problem(line, "an entry that is neither a mapping nor a key")
                return nil
            }
            return entry(mapping, line, problem)
        }
    }

    private static func entry(_ mapping: Node.Mapping, _ line: Int, _ problem: (Int, String) -> Void) -> KeyFileFields {
        var fields = KeyFileFields(line: line)
        for (name, value) in mapping {
            guard let key = name.scalar?.string, case .scalar(let scalar) = value else { continue }
            // `mki: null` is no mki.
            let text: String? = ["", "~", "null"].contains(scalar.string) ? nil : scalar.string
            switch key.lowercased().filter({ $0 != "_" && $0 != "-" }) {
            case "suite", "profile": fields.suite = text
            case "key", "inline", "keyandsalt": fields.key = text
            case "mki": fields.mki = text
            case "roc": fields.roc = text
            case "callid": fields.callID = text
            case "label": fields.label = text
            case "ssrc": fields.ssrc = text
            case "source", "src": fields.source = text
            case "destination", "dst": fields.destination = text
            case "comment", "note", "name", "description", "id": break
            default: problem(name.mark?.line ?? line, "a name that is not known beside `suite`, `key`, `mki`, `roc` and the selectors; it is ignored")
            }
        }
        return fields
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: 0
        }
    }
}
