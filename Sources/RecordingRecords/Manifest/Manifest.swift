/// `manifest-sha256.txt`: a hash and a path a line, as BagIt has it (RFC 8493 section 2.1.3).
package enum Manifest {
    package static let fileName = "manifest-sha256.txt"

    package struct Entry: Sendable, Equatable {
        /// Relative to the output folder.
        package let path: String
        /// 64 lower-case hexadecimal digits.
        package let sha256: String

        package init(path: String, sha256: String) {
            self.path = path
            self.sha256 = sha256
        }
    }

    /// Lines by the octets of their paths.
    package static func text(_ entries: [Entry]) -> String {
        var out = ""
        for entry in entries.sorted(by: { $0.path.precedesByOctets($1.path) }) {
            out += entry.sha256
            out += "  "
            out += escaped(entry.path)
            out += "\n"
        }
        return out
    }

    /// Nil where a line is none of a manifest.
    package static func parse(_ text: String) -> [Entry]? {
        var out: [Entry] = []
        for line in text.utf8.split(separator: 0x0A) {
            let hash = line.prefix(64)
            let isHash = hash.count == 64 && hash.allSatisfy { $0.isHexDigit }
            let path = line.dropFirst(64).drop { $0 == 0x20 || $0 == 0x09 }
            guard isHash, line.dropFirst(64).first == 0x20, !path.isEmpty, let hashText = String(hash), let pathText = String(path) else { return nil }
            out.append(Entry(path: unescaped(pathText), sha256: hashText.lowercased()))
        }
        return out
    }

    /// Line ends and the percent sign itself (RFC 8493 section 2.1.3).
    private static func escaped(_ path: String) -> String {
        if path.utf8.allSatisfy({ $0 != 0x0D && $0 != 0x0A && $0 != 0x25 }) { return path }
        var out = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\r": out += "%0D"
            case "\n": out += "%0A"
            case "%": out += "%25"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func unescaped(_ path: String) -> String {
        var out: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let octet = rest.popFirst() {
            switch (octet, String(decoding: rest.prefix(2), as: UTF8.self).uppercased()) {
            case (0x25, "0D"): out.append(0x0D)
            case (0x25, "0A"): out.append(0x0A)
            case (0x25, "25"): out.append(0x25)
            default:
                out.append(octet)
                continue
            }
            rest = rest.dropFirst(2)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) || (0x41...0x46).contains(self) }
}
