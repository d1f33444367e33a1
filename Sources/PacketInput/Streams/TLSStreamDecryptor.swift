package import Evidence
package import TLSDecryption

/// Gives each TLS connection of a capture the secrets that are known.
package struct TLSDecryptorSource: StreamDecryptorSource {
    private let secrets: TLSSecrets
    private let limits: Limits

    package init(secrets: TLSSecrets, limits: Limits) {
        self.secrets = secrets
        self.limits = limits
    }

    package func decryptor(for path: NetworkPath) -> (any StreamDecryptor)? {
        TLSStreamDecryptor(path: path, connection: TLSConnection(secrets: secrets, limits: limits), isReporting: !secrets.isEmpty)
    }
}

/// One TLS connection in a stream pipeline.
struct TLSStreamDecryptor: StreamDecryptor {
    private let path: NetworkPath
    private var connection: TLSConnection
    /// False where no secret was given: all of TLS stays closed then, which NET008 says.
    private let isReporting: Bool

    init(path: NetworkPath, connection: TLSConnection, isReporting: Bool) {
        self.path = path
        self.connection = connection
        self.isReporting = isReporting
    }

    var isHopeless: Bool { connection.isHopeless }
    var unopened: Int { connection.unopened }
    var summary: TLSSummary { connection.summary }

    mutating func feed(_ side: StreamSide, _ octets: [UInt8], origins: OriginMap, lostBefore: Int, findings: inout FindingLog) -> [ClearOctets] {
        let clear = connection.feed(side == .forward ? .forward : .backward, octets, origins: origins, lostBefore: lostBefore)
        report(into: &findings)
        return clear.map(Self.converted)
    }

    mutating func finish(findings: inout FindingLog) -> [ClearOctets] {
        let clear = connection.finish()
        report(into: &findings)
        return clear.map(Self.converted)
    }

    private static func converted(_ clear: TLSClear) -> ClearOctets {
        ClearOctets(side: clear.side == .forward ? .forward : .backward, octets: clear.octets, origins: clear.origins, lostBefore: clear.lostBefore)
    }

    private mutating func report(into findings: inout FindingLog) {
        for fault in connection.takeFaults() where isReporting {
            findings.report(fault.rule, fault.message, at: fault.origin, subject: FindingSubject(flow: .tls(path)))
        }
    }
}
