import CaptureSurvey
import Evidence
import PacketInput
import StreamMatching
import TLSDecryption

/// What key logs and private keys hold and open: the part of `keys check` on TLS and DTLS. Holds no secret.
package struct TLSKeysReport: Codable, Sendable {
    package struct Log: Codable, Sendable {
        /// Of the key log, or of the capture whose secrets block it is.
        package let file: String
        /// Lines with a secret that can be used.
        package let secrets: Int
        /// One-based numbers of the first lines that cannot be read.
        package let malformedLines: [Int]
        package let malformed: Int
        /// Lines with a label that is not used, by label.
        package let unknownLabels: [String: Int]
        /// Lines beyond the bound, not read.
        package let beyond: Int
        /// One-based numbers of the first lines whose connection is not in the captures; absent without captures.
        package let unusedLines: [Int]?
        package let unused: Int?
    }

    package struct PrivateKey: Codable, Sendable {
        package let file: String
        /// Connections that it opened; absent without captures.
        package let opens: Int?
    }

    /// One TLS or DTLS connection of the captures.
    package struct Connection: Codable, Sendable {
        /// `tls` or `dtls`.
        package let kind: String
        package let source: String
        package let destination: String
        /// Version and suite.
        package let handshake: String
        /// Hexadecimal; absent where the capture does not hold the ClientHello.
        package let clientRandom: String?
        /// File and line of each secret that opened it.
        package let openedBy: [String]
        /// Octets of records that stayed closed; absent for DTLS.
        package let unopenedOctets: Int?
        /// Why something stayed closed, and what would open it.
        package let reason: String?
        /// A handshake that stayed closed is not needed: other keys decrypt the streams on its path. Absent for TLS.
        package let isDispensable: Bool?
    }

    /// Connections of which something stayed closed that no other key makes up for.
    package var closed: Int { connections?.count { $0.reason != nil && !($0.isDispensable ?? false) } ?? 0 }

    package let keyLogs: [Log]
    package let rsaKeys: [PrivateKey]
    /// Absent without captures.
    package let connections: [Connection]?

    /// Nil where there is nothing of TLS to tell.
    /// `opened`: paths whose streams are decrypted, in both directions.
    init?(_ inputs: TLSInputs, survey: Survey?, opened: Set<NetworkPath>) {
        let uses = survey?.tlsKeys ?? TLSKeyUses(untried: inputs)
        keyLogs = uses.logs.map { entry in
            Log(
                file: entry.name, secrets: entry.log.entries.count, malformedLines: entry.log.malformedLines, malformed: entry.log.malformed,
                unknownLabels: entry.log.unknownLabels, beyond: entry.log.beyond,
                unusedLines: survey == nil ? nil : Array(entry.unusedLines.prefix(100)), unused: survey == nil ? nil : entry.unusedLines.count)
        }
        let found = survey.map { survey in
            survey.encrypted.map(Connection.init) + survey.handshakes.filter(\.isForSRTP).map { Connection($0, isOpened: opened.contains($0.path)) }
        }
        connections = found
        rsaKeys = inputs.rsaKeys.map { key in PrivateKey(file: key.name, opens: found.map { $0.count { $0.openedBy.contains(key.name) } }) }
        if keyLogs.isEmpty, rsaKeys.isEmpty, found?.isEmpty ?? true { return nil }
    }
}

extension TLSKeysReport.Connection {
    fileprivate init(_ connection: EncryptedConnection) {
        let summary = connection.summary
        let isReversed = summary?.clientSide == .backward
        kind = "tls"
        source = (isReversed ? connection.path.destination : connection.path.source).description
        destination = (isReversed ? connection.path.source : connection.path.destination).description
        handshake = summary?.label ?? "TLS"
        clientRandom = summary?.clientRandom.map { Hex.encode($0) }
        openedBy = summary?.sources.map(\.description) ?? []
        unopenedOctets = connection.unopened
        reason = connection.unopened > 0 ? summary?.fault?.message ?? "its handshake is not in the captures" : nil
        isDispensable = nil
    }

    fileprivate init(_ report: DTLSReport, isOpened: Bool) {
        kind = "dtls"
        source = report.path.source.description
        destination = report.path.destination.description
        handshake = report.label
        clientRandom = report.clientRandom.map { Hex.encode($0) }
        var names: [String] = []
        for name in report.keys.map(\.source.description) where !names.contains(name) { names.append(name) }
        openedBy = names
        unopenedOctets = nil
        reason = report.missing?.message
        isDispensable = report.missing == nil ? nil : isOpened
    }
}
