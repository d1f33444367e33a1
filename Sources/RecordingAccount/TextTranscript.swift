import Evidence
import MediaPlayout
import RecordingRecords

/// `text/*.txt`: real-time text (T.140) as its reader saw it in the end, line by line, and as it was typed where that differs.
enum TextTranscript {
    /// A pause of this length begins another line, seconds.
    private static let pause = 7.0

    static func render(_ pieces: [TextPlayout.Piece], start: CaptureTime) -> [UInt8] {
        var out = ""
        var line: [Unicode.Scalar] = []
        var began = start
        var last = start
        func flush() {
            guard !line.isEmpty else { return }
            let typed = String(String.UnicodeScalarView(line.map { $0.value == 8 ? "\u{232B}" : $0 })).printable
            let seen = erased(line).printable
            out += "\(began.rfc3339)  +\(Seconds(began.seconds(since: start)).value)  \(seen)\n"
            if typed != seen { out += "    typed: \(typed)\n" }
            line = []
        }
        for piece in pieces {
            if !line.isEmpty, piece.time.seconds(since: last) > pause { flush() }
            last = piece.time
            for scalar in piece.text.unicodeScalars {
                switch scalar.value {
                case 0x0A, 0x0D, 0x2028, 0x2029: flush()
                case 0x08: if !line.isEmpty { line.append(scalar) }
                case ..<0x20, 0x7F, 0x98...0x9C: break
                default:
                    if line.isEmpty { began = piece.time }
                    line.append(scalar)
                }
            }
        }
        flush()
        return Array(out.utf8)
    }

    /// With each erasure applied to the character before it (T.140 section 8.2).
    private static func erased(_ line: [Unicode.Scalar]) -> String {
        var text = ""
        for scalar in line {
            if scalar.value == 8 {
                if !text.isEmpty { text.removeLast() }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
