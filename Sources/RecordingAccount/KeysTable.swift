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
            for flow in key.opens {
                out.append("    opens \(flow.ssrc)  \(flow.source) -> \(flow.destination)  \(flow.reasons.joined(separator: "; "))")
                if flow.closedSamples > 0 {
                    out.append("        \(flow.closedSamples.counted("sample packet")) of it not decrypted: another key takes over, or packets were modified")
                }
            }
            if report.checkedInputs, key.opens.isEmpty { out.append("    opens none of the packets tried") }
        }
        for problem in report.problems {
            out.append("\(problem.file.printable)\(problem.line > 0 ? " line \(problem.line)" : ""): \(problem.message)".printable)
        }
        for name in report.readableByOthers { out.append("\(name.printable): users other than the owner may read this file; chmod 600 it") }
        if let tls = report.tls { out += TLSKeysTable.lines(tls) }
        let secrets = report.tls?.keyLogs.reduce(0) { $0 + $1.secrets } ?? 0
        let hasKey = !report.keys.isEmpty || secrets > 0 || !(report.tls?.rsaKeys.isEmpty ?? true)
        // A run over captures alone asks what they open by themselves.
        if !hasKey, !report.checkedInputs || !report.problems.isEmpty || !(report.tls?.keyLogs.isEmpty ?? true) { out.append("no usable key") }
        out += InspectTable.needed(report.keysNeeded)
        if let streams = report.streams { out.append(conclusion(streams)) }
        if let closed = report.tls?.closed, closed > 0 { out.append("\(closed.counted("connection")) not decrypted") }
        return out
    }

    private static func conclusion(_ streams: KeysReport.Streams) -> String {
        if streams.encrypted == 0 { return "no encrypted streams" }
        if streams.decrypted == streams.encrypted { return "all encrypted streams can be decrypted: \(streams.encrypted)" }
        var out = "\(streams.decrypted) of \(streams.encrypted.counted("encrypted stream")) can be decrypted"
        if streams.inPart > 0 { out += ", \(streams.inPart) in part" }
        return out
    }
}
