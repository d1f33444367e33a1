/// Packets that a finding is about. Findings are joined with flows by this value; its text is for readers only.
package enum FlowIdentity: Hashable, Sendable {
    /// RTP of one source on one path.
    case media(NetworkPath, SSRC)
    /// UDP, or one direction of a TCP connection.
    case transport(NetworkPath)
    /// Datagrams from one host to another, whatever their ports.
    case hosts(IPAddress, IPAddress)
    /// Chunks from one SCTP port to another.
    case sctp(UInt16, UInt16)
    /// A TLS connection, from its client to its server.
    case tls(NetworkPath)
    /// All TLS connections of one server.
    case tlsServer(Endpoint)
    /// A DTLS association, from its client to its server.
    case dtls(NetworkPath)
    /// What one party did in its DTLS handshakes.
    case dtlsParty(Endpoint)
    /// ZRTP of one party.
    case zrtp(NetworkPath)
}

extension FlowIdentity: CustomStringConvertible {
    /// As printed and as `flow` of a finding's subject: `192.0.2.1:4000 -> 192.0.2.9:6000 0x0000beef`.
    package var description: String {
        switch self {
        case .media(let path, let ssrc): "\(path.source) -> \(path.destination) \(ssrc)"
        case .transport(let path): "\(path.source) > \(path.destination)"
        case .hosts(let source, let destination): "\(source) > \(destination)"
        case .sctp(let source, let destination): "SCTP \(source) > \(destination)"
        case .tls(let path): "TLS \(path.source) > \(path.destination)"
        case .tlsServer(let server): "TLS with \(server)"
        case .dtls(let path): "DTLS \(path.source) > \(path.destination)"
        case .dtlsParty(let endpoint): "DTLS of \(endpoint)"
        case .zrtp(let path): "\(path.source) -> \(path.destination) zrtp"
        }
    }
}
