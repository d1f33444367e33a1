import Evidence
package import SIPDialogs
import SIPSyntax

/// `signalling.txt`: the dialogs' messages in order, with time, direction and frame, keys redacted.
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
            out += Array(header.utf8)
            if message.isRetransmission {
                out += Array("\n".utf8)
                continue
            }
            out += text(of: message.message, includesSecrets: includesSecrets, redactsDigits: redactsDigits)
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

    /// The octets with keys and credentials replaced, whatever the part they stand in: what follows `inline:` (RFC 4568), `Authorization`
    /// fields with their continuation lines (RFC 3261 section 7.3.1), `a=key-mgmt` (RFC 4567), `k=` (RFC 4566 section 5.12), and bodies in
    /// base64, which may hold any of these.
    static func redacted(_ octets: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(octets.count)
        var isSecretField = false
        var isEncodedPart = false
        var isEncodedBody = false
        var index = 0
        while index < octets.count {
            let end = octets[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? octets.count
            let line = octets[index..<end]
            if line.isEmpty {
                isEncodedBody = isEncodedPart
                isSecretField = false
            } else if line.starts(with: [0x2D, 0x2D]) {
                isEncodedPart = false
                isEncodedBody = false
                out += line
            } else if isEncodedBody {
                out += Array("[redacted]".utf8)
            } else if isSecretField, line.first == 0x20 || line.first == 0x09 {
                out += Array(" [redacted]".utf8)
            } else {
                isSecretField = false
                if let colon = line.firstIndex(of: 0x3A), ["authorization", "proxy-authorization", "a=key-mgmt"].contains(word(line[..<colon])) {
                    isSecretField = true
                    out += line[...colon] + Array(" [redacted]".utf8)
                } else if word(line.prefix(2)) == "k=" {
                    out += line.prefix(2) + Array("[redacted]".utf8)
                } else {
                    if let colon = line.firstIndex(of: 0x3A), word(line[..<colon]) == "content-transfer-encoding" {
                        isEncodedPart = word(line[(colon + 1)...]) == "base64"
                    }
                    appendWithoutInlineKeys(line, to: &out)
                }
            }
            // The line's end: CRLF, LF or CR.
            index = end
            if index < octets.count {
                if octets[index] == 0x0D, index + 1 < octets.count, octets[index + 1] == 0x0A {
                    out.append(octets[index])
                    index += 1
                }
                out.append(octets[index])
                index += 1
            }
        }
        return out
    }

    /// Lower-case text without blanks.
    private static func word(_ octets: ArraySlice<UInt8>) -> String {
        String(decoding: octets.filter { $0 != 0x20 && $0 != 0x09 }.map(\.asciiLowercased), as: UTF8.self)
    }

    /// A key ends at its lifetime, at the next key or at a blank that is not before it.
    private static func appendWithoutInlineKeys(_ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
        let mark = Array("inline:".utf8)
        var index = line.startIndex
        while index < line.endIndex {
            guard line[index].asciiLowercased == 0x69, line[index...].prefix(mark.count).map(\.asciiLowercased) == mark else {
                out.append(line[index])
                index += 1
                continue
            }
            out += line[index..<index + mark.count] + Array("[redacted]".utf8)
            index += mark.count
            while index < line.endIndex, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
            while index < line.endIndex, ![0x20, 0x09, 0x3B, 0x7C].contains(line[index]) { index += 1 }
        }
    }
}
