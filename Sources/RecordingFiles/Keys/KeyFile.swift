package import SRTPDecryption

/// Reads key files of contract section 2 from disk: YAML, JSON, or plain lines, told apart by content.
package enum KeyFile {
    /// A file of keys is small; what is larger is something else.
    private static let limit = 16 << 20

    /// What the files hold, one behind the other. A file that can not be read is a problem among the others.
    package static func read(paths: [String]) -> KeyFileContents {
        var all = KeyFileContents()
        for path in paths {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            do throws(SystemError) {
                var file = try WholeFile(path: path, limit: limit)
                defer { file.wipe() }
                if file.isReadableByOthers { all.readableByOthers.append(name) }
                let contents = parse(String(decoding: file.octets, as: UTF8.self), file: name)
                all.entries += contents.entries
                all.problems += contents.problems
            } catch {
                all.unreadable.append(name)
                all.problems.append(KeyFileProblem(file: name, line: 0, message: "the file cannot be read: \(error.text)"))
            }
        }
        return all
    }

    /// The first file that could not be read, and why.
    package static func unreadable(_ contents: KeyFileContents) -> (name: String, reason: String)? {
        contents.unreadable.first.map { name in (name, contents.problems.first { $0.file == name && $0.line == 0 }?.message ?? "") }
    }

    /// The keys of one file's text.
    package static func parse(_ text: String, file: String) -> KeyFileContents {
        var contents = KeyFileContents()
        let body = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        let fields: [KeyFileFields]
        if isStructured(body) {
            fields = KeyFileYAML.fields(body, file: file, problems: &contents.problems)
        } else {
            fields = KeyFileLines.fields(body, file: file, problems: &contents.problems)
        }
        contents.entries = fields.compactMap { KeyFileEntry($0, file: file, problems: &contents.problems) }
        if fields.isEmpty, contents.problems.isEmpty {
            contents.problems.append(KeyFileProblem(file: file, line: 0, message: "the file holds no key"))
        }
        return contents
    }

    /// JSON begins with a bracket; YAML has a mapping or a list where plain lines have `a=crypto:` or `inline:`.
    private static func isStructured(_ text: String) -> Bool {
        for raw in text.split(whereSeparator: \.isNewline) {
            let line = raw.drop { $0.isWhitespace }
            guard let first = line.first, first != "#", !line.hasPrefix("//") else { continue }
            if "{[".contains(first) || line.hasPrefix("---") || line.hasPrefix("%YAML") { return true }
            let lower = line.lowercased()
            if lower.hasPrefix("a=") || lower.hasPrefix("crypto:") || lower.hasPrefix("inline:") { return false }
            return lower.hasPrefix("keys:") || lower.hasPrefix("- ") || lower.prefix { $0 != " " }.contains(":")
        }
        return false
    }
}
