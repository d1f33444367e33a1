import CaptureFormat
import Evidence
import PacketInput
import SRTPDecryption
import TLSDecryption

/// The secrets of a survey, from where they came, and what became of them.
struct TLSKnowledge {
    let secrets: TLSSecrets
    private var logs: [TLSInputs.KeyLog]
    private let rsaKeys: [String]
    private var others: [(name: String, type: UInt32)] = []
    private let limits: Limits

    init(_ inputs: TLSInputs, limits: Limits) {
        secrets = TLSSecrets(limits: limits)
        logs = inputs.keyLogs
        self.limits = limits
        rsaKeys = inputs.rsaKeys.map(\.name)
        for entry in inputs.keyLogs { secrets.add(entry.log, name: entry.name) }
        for entry in inputs.rsaKeys { secrets.add(entry.key, name: entry.name) }
    }

    /// Takes the secrets blocks of one capture; true when they told something new.
    mutating func take(_ blocks: [DecryptionSecrets], of name: String) -> Bool {
        let before = secrets.version
        for block in blocks {
            guard block.type == DecryptionSecrets.tlsKeyLog else {
                if others.count < 1000 { others.append((name, block.type)) }
                continue
            }
            let log = TLSKeyLog(parsing: block.octets, limits: limits)
            secrets.add(log, name: name)
            logs.append(TLSInputs.KeyLog(name: name, log: log))
        }
        return secrets.version > before
    }

    /// Says which lines and logs were of no use.
    func report(into findings: inout FindingLog) {
        for entry in logs {
            let subject = FindingSubject(capture: entry.name)
            if entry.log.malformed > 0 {
                let lines = entry.log.malformedLines.map(String.init).joined(separator: ", ")
                findings.report(
                    .tls010, "\(entry.log.malformed) lines of a key log are unreadable: line \(lines)", at: nil, subject: subject,
                    count: entry.log.malformed)
            }
            if !entry.log.entries.isEmpty, !secrets.hasUsed(entry.log) {
                findings.report(.tls011, "none of \(entry.log.entries.count) secrets matches a connection in the captures", at: nil, subject: subject)
            }
        }
        for other in others {
            findings.report(
                .tls012, "a secrets block contains \(DecryptionSecrets.name(of: other.type)), which is not used", at: nil,
                subject: FindingSubject(capture: other.name))
        }
    }

    /// What became of each log and key.
    var uses: TLSKeyUses {
        TLSKeyUses(
            logs: logs.map { entry in
                TLSKeyUses.Log(name: entry.name, log: entry.log, unusedLines: entry.log.entries.filter { !secrets.belongs($0) }.map(\.line))
            }, rsaKeys: rsaKeys)
    }
}

extension DTLSKeys {
    /// The plan's form of what a handshake exported; nil for a suite that SRTPDecryption does not have.
    init?(_ export: DTLSExport) {
        guard let suite = SRTPSuite(sdesName: export.suite) else { return nil }
        let mki = export.mki.isEmpty ? nil : export.mki
        let client = unsafe export.client.withOctets { unsafe SRTPMasterKey(suite: suite, keyAndSalt: $0, mki: mki) }
        let server = unsafe export.server.withOctets { unsafe SRTPMasterKey(suite: suite, keyAndSalt: $0, mki: mki) }
        guard let client, let server else { return nil }
        self.init(path: export.path, time: export.time, client: client, server: server, source: export.source)
    }
}
