import Evidence

/// `keys check` for people.
package enum KeysTable {
    package static func lines(_ report: KeysReport) -> [String] {
        var out: [String] = []
        for key in report.keys {
            var line = "\(key.file.printable) line \(key.line): key #\(key.id), \(key.suites.joined(separator: " or "))"
            if let mki = key.mki { line += ", mki \(mki)" }
            if let note = key.note { line += "; note: \(note)" }
            if key.isSwapped { line += "; key and salt are in the wrong order" }
            out.append(line)
            for flow in key.opens { out.append("    opens \(flow.ssrc)  \(flow.source) -> \(flow.destination)  \(flow.reasons.joined(separator: "; "))") }
            if report.checkedInputs, key.opens.isEmpty { out.append("    opens nothing") }
        }
        for problem in report.problems {
            out.append("\(problem.file.printable)\(problem.line > 0 ? " line \(problem.line)" : ""): \(problem.message)".printable)
        }
        for name in report.readableByOthers { out.append("\(name.printable): users other than the owner may read this file; chmod 600 it") }
        if let tls = report.tls { out += TLSKeysTable.lines(tls) }
        let secrets = report.tls?.keyLogs.reduce(0) { $0 + $1.secrets } ?? 0
        if report.keys.isEmpty, secrets == 0, report.tls?.rsaKeys.isEmpty ?? true { out.append("no usable key") }
        if report.checkedInputs {
            out += InspectTable.needed(report.keysNeeded)
            if report.keysNeeded.isEmpty { out.append("all encrypted streams can be decrypted") }
        }
        return out
    }
}
