import Evidence
import NetworkLayers
import PacketInput
import SIPDialogs
import SIPSyntax
import TLSDecryption

/// From datagrams and stream octets to SIP messages to dialogs.
struct SignallingCollector {
    var dialogs: DialogTable
    var findings = FindingLog()
    private var streams: StreamPipeline
    private let limits: Limits
    /// Whether any secret of TLS was given.
    private let hasSecrets: Bool
    private(set) var messages = 0

    init(limits: Limits, decryptors: (any StreamDecryptorSource)? = nil, hasSecrets: Bool = false) {
        self.hasSecrets = hasSecrets
        dialogs = DialogTable(limits: limits)
        streams = StreamPipeline(limits: limits, decryptors: decryptors)
        self.limits = limits
    }

    mutating func message(_ octets: [UInt8], path: NetworkPath, transport: SignallingTransport, origins: OriginMap, time: CaptureTime) {
        guard let message = SIPMessage(parsing: octets, limits: limits) else { return }
        messages += 1
        dialogs.add(message, path: path, transport: transport, time: time, origins: origins, findings: &findings)
    }

    /// Takes the SIP of one segment; what else it completed is handed back.
    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) -> [StreamEvent] {
        consume(streams.add(segment, bytes, time: time, origin: origin, findings: &findings))
    }

    private mutating func consume(_ events: [StreamEvent]) -> [StreamEvent] {
        var others: [StreamEvent] = []
        for event in events {
            if case .remainder(let item, let path) = event {
                dialogs.add(remainder: item.octets, path: path, origins: item.origins)
                continue
            }
            guard case .message(let item, let path, let transport) = event else {
                others.append(event)
                continue
            }
            // A message counts from the packet that completed it: that is when the receiver could act on it.
            let time = item.origins.time(at: max(0, item.octets.count - 1))
            if item.hasWrongLength {
                findings.report(
                    .sip010, "the message on \(path.source) > \(path.destination) has \(item.octets.count) bytes", at: item.origins.origin(at: 0),
                    subject: FindingSubject(flow: .transport(path)))
            }
            message(item.octets, path: path, transport: transport, origins: item.origins, time: time)
        }
        return others
    }

    /// Delivers what streams still hold.
    mutating func finishStreams() -> [StreamEvent] {
        let rest = consume(streams.finish(findings: &findings))
        for connection in encrypted where connection.unopened > 0 {
            // With secrets at hand the connection's own findings say why it stayed closed.
            if hasSecrets, connection.summary?.fault != nil { continue }
            let reason = (connection.summary?.fault?.message).map { ": \($0)" } ?? ""
            findings.report(
                .net008, "\(connection.unopened) bytes of TLS on \(connection.path.source) > \(connection.path.destination) were not decrypted\(reason)",
                at: connection.origin, subject: FindingSubject(flow: .tlsServer(connection.path.destination)))
        }
        return rest
    }

    /// Connections that carried TLS and are over.
    var encrypted: [EncryptedConnection] { streams.encrypted }

    /// Closes every dialog.
    mutating func finish() -> [SIPDialog] { dialogs.finish(findings: &findings) }
}
