import Evidence
package import SIPDialogs
import SIPSyntax

/// `signalling.txt`: the dialogs' messages in order, with time, direction and frame, keys redacted.
package enum SignallingText {
    package static func render(
        _ dialogs: [SIPDialog], includesSecrets: Bool = false, redactsDigits: Bool = false, captureName: (UInt32) -> String
    ) -> [UInt8] {
        var out: [UInt8] = []
        let messages = dialogs.flatMap(\.messages).sorted {
            ($0.time, $0.origins.origin(at: 0)) < ($1.time, $1.origins.origin(at: 0))
        }
        for message in messages {
            let origin = message.origins.origin(at: 0)
            let repeated = message.isRetransmission ? " (retransmission)" : ""
            let header =
                "=== \(message.time.rfc3339) \(message.path.source) -> \(message.path.destination) \(message.transport.rawValue) "
                + "\(captureName(origin.capture).printable) frame \(origin.frame)\(repeated)\n"
            out += Array(header.utf8)
            if message.isRetransmission {
                out += Array("\n".utf8)
                continue
            }
            if redactsDigits, KeypadMessages.holdsDigits(message.message) {
                out += redacted(Array(message.message.raw[..<message.message.bodyStart])) + Array("[redacted]".utf8)
            } else {
                out += includesSecrets ? message.message.raw : redacted(message.message.raw)
            }
            if out.last != 0x0A { out.append(0x0A) }
            out.append(0x0A)
        }
        return out
    }

    /// The octets without keys and credentials.
    static func redacted(_ octets: [UInt8]) -> [UInt8] { SecretSpans.redacted(octets) }
}
