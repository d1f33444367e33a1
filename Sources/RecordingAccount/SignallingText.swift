import Evidence
package import SIPDialogs
import SIPSyntax

/// `signalling.txt`: the dialogs' messages in order, with time, direction and frame, keys redacted; what would steer a display is spelled out.
package enum SignallingText {
    package static func render(
        _ dialogs: [SIPDialog], includesSecrets: Bool = false, redactsDigits: Bool = false, captureName: (UInt32) -> String
    ) -> [UInt8] {
        var out: [UInt8] = []
        for message in inOrder(dialogs) {
            let origin = message.origins.origin(at: 0)
            let repeated = message.isRetransmission ? " (retransmission)" : ""
            let header =
                "=== \(message.time.rfc3339) \(message.path.source) -> \(message.path.destination) \(message.transport.rawValue) "
                + "\(captureName(origin.capture).printable) frame \(origin.frame)\(repeated)\n"
            out.append(contentsOf: header.utf8)
            if message.isRetransmission {
                out.append(0x0A)
                continue
            }
            out += DisplayText.spelledOut(text(of: message.message, includesSecrets: includesSecrets, redactsDigits: redactsDigits))
            if out.last != 0x0A { out.append(0x0A) }
            out.append(0x0A)
        }
        return out
    }

    /// The messages of all dialogs in order of time.
    static func inOrder(_ dialogs: [SIPDialog]) -> [ObservedMessage] {
        dialogs.flatMap(\.messages).sorted { ($0.time, $0.origins.origin(at: 0)) < ($1.time, $1.origins.origin(at: 0)) }
    }

    /// One message as it may be shown.
    static func text(of message: SIPMessage, includesSecrets: Bool, redactsDigits: Bool) -> [UInt8] {
        if redactsDigits, KeypadMessages.holdsDigits(message) {
            return redacted(Array(message.raw[..<message.bodyStart])) + Array("[redacted]".utf8)
        }
        return includesSecrets ? message.raw : redacted(message.raw)
    }

    /// The octets without keys and credentials.
    static func redacted(_ octets: [UInt8]) -> [UInt8] { SecretSpans.redacted(octets) }
}
