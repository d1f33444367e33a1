import Evidence

/// The part of `keys check` on TLS and DTLS, for people.
enum TLSKeysTable {
    static func lines(_ report: TLSKeysReport) -> [String] {
        var out: [String] = []
        for log in report.keyLogs {
            out.append("\(log.file.printable): key log with \(log.secrets.counted("secret"))")
            if log.malformed > 0 { out.append("    \(log.malformed.counted("unreadable line")): line \(list(log.malformedLines, of: log.malformed))") }
            for (label, count) in log.unknownLabels.sorted(by: { $0.key < $1.key }) {
                out.append("    \(count.counted("line")) with label \(label.printable), which is not used")
            }
            if log.beyond > 0 { out.append("    \(log.beyond.counted("line")) beyond the limit not read") }
            if let unused = log.unused, let lines = log.unusedLines, unused > 0 {
                out.append("    \(unused.counted("secret")) without a connection in the captures: line \(list(lines, of: unused))")
            }
        }
        for key in report.rsaKeys {
            out.append("\(key.file.printable): RSA private key\(key.opens.map { ", opens \($0.counted("connection"))" } ?? "")")
        }
        for connection in report.connections ?? [] {
            var line = "\(connection.kind.uppercased()) \(connection.source) -> \(connection.destination)  \(connection.handshake)"
            if let random = connection.clientRandom { line += "  client random \(random)" }
            out.append(line)
            if !connection.openedBy.isEmpty { out.append("    opened by \(connection.openedBy.joined(separator: ", ").printable)") }
            if let reason = connection.reason {
                let words = connection.isDispensable ?? false ? "; other keys decrypt its streams" : ""
                out.append("    not decrypted: \(reason)\(words)".printable)
            }
        }
        return out
    }

    private static func list(_ lines: [Int], of count: Int) -> String {
        lines.prefix(16).map(String.init).joined(separator: ", ") + (count > min(lines.count, 16) ? ", ..." : "")
    }
}
