package import Evidence
package import TLSDecryption

/// One of the two directions of a connection: `forward` is the one whose octets came first in the capture, whoever is the client.
package enum StreamSide: Sendable, Hashable {
    case forward, backward
}

/// Clear octets out of an encrypted connection, in order within their side.
package struct ClearOctets: Sendable {
    package let side: StreamSide
    package let octets: [UInt8]
    /// Maps the clear octets to the packets that carried them.
    package let origins: OriginMap
    /// Above 0 when clear octets are missing before these; how many need not be known exactly.
    package let lostBefore: Int

    package init(side: StreamSide, octets: [UInt8], origins: OriginMap, lostBefore: Int) {
        self.side = side
        self.octets = octets
        self.origins = origins
        self.lostBefore = lostBefore
    }
}

/// Turns the encrypted octets of one TCP connection into clear ones: TLS (RFC 8446, RFC 5246).
///
/// Fed in the order in which the octets of each side follow each other; what one side says may come late or never.
package protocol StreamDecryptor: Sendable {
    /// `octets` follow those fed before on the same side, after `lostBefore` that are missing.
    mutating func feed(_ side: StreamSide, _ octets: [UInt8], origins: OriginMap, lostBefore: Int, findings: inout FindingLog) -> [ClearOctets]
    /// What is still to be had when the connection ends or the input does.
    mutating func finish(findings: inout FindingLog) -> [ClearOctets]
    /// Whether nothing more will be opened on this connection, so that its octets need not be handed over any longer.
    var isHopeless: Bool { get }
    /// Octets handed over that could not be opened, handshakes not counted.
    var unopened: Int { get }
    /// What became of the connection up to now.
    var summary: TLSSummary { get }
}

/// Makes a decryptor for each connection that begins like TLS.
package protocol StreamDecryptorSource: Sendable {
    /// `path` is that of the forward side. Nil when connections are not to be opened at all.
    func decryptor(for path: NetworkPath) -> (any StreamDecryptor)?
}
