import Evidence
import RecordingPlan
import RecordingRecords
import SIPDialogs
import SIPSyntax

/// Keys of the telephone that signalling tells: INFO with `application/dtmf-relay`, `application/dtmf` or `application/vnd.networks.digits`.
enum KeypadMessages {
    struct Key: Equatable {
        let digit: String
        /// Seconds, where the message says so.
        let duration: Double?
    }

    /// Content types whose bodies hold digits; KPML (RFC 4730) among them.
    private static let types = ["application/dtmf-relay", "application/dtmf", "application/vnd.networks.digits", "application/kpml-response+xml"]

    /// Whether the body of `message` tells digits.
    static func holdsDigits(_ message: SIPMessage) -> Bool {
        guard message.isRequest, !message.body.isEmpty else { return false }
        let type = (message.first("Content-Type") ?? "").lowercased()
        if types.contains(where: type.hasPrefix) { return true }
        guard type.hasPrefix("multipart/") else { return false }
        let text = String(decoding: message.raw[message.body].map(\.asciiLowercased), as: UTF8.self)
        return types.contains { text.contains($0) }
    }

    /// The key of an INFO request; nil for any other message.
    static func key(of message: SIPMessage) -> Key? {
        guard message.isRequest, message.method == "INFO", message.body.count <= 4096 else { return nil }
        let type = (message.first("Content-Type") ?? "").lowercased()
        guard types.dropLast().contains(where: type.hasPrefix) else { return nil }
        let text = String(decoding: message.raw[message.body], as: UTF8.self)
        var digit: String?
        var duration: Double?
        for line in text.split(whereSeparator: \.isNewline) {
            let halves = line.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            if halves.count == 2 {
                switch halves[0].lowercased() {
                case "signal", "d": digit = digit ?? name(halves[1])
                // Milliseconds.
                case "duration": duration = Double(halves[1]).flatMap { $0 >= 0 && $0 <= 600_000 ? $0 / 1000 : nil }
                default: break
                }
            } else if halves.count == 1, digit == nil {
                digit = name(halves[0])
            }
        }
        return digit.map { Key(digit: $0, duration: duration) }
    }

    /// `1`, `*`, `A`; the numbers of RFC 4733 for what is no decimal digit.
    private static func name(_ text: String) -> String? {
        switch text.uppercased() {
        case "10": "*"
        case "11": "#"
        case "12": "A"
        case "13": "B"
        case "14": "C"
        case "15": "D"
        case "16", "!", "FLASH": "flash"
        case let one where one.count == 1 && "0123456789*#ABCD".contains(one): one
        default: nil
        }
    }
}
