import Evidence
import RecordingPlan

/// SIP session identifiers (RFC 7989): `local;remote=…`, 32 hexadecimal digits each.
enum SessionIdentifier {
    /// The halves that name an end; the null UUID names none.
    static func halves(_ value: String) -> [String] {
        value.utf8.split { $0 == 0x3B || $0 == 0x2C || $0 == 0x3D || $0 == 0x20 }.compactMap { part in
            guard part.count >= 32 else { return nil }
            let digits = part.filter { $0 != 0x2D }.map(\.asciiLowercased)
            guard digits.count == 32, digits.allSatisfy({ $0.isASCIIDigit || 0x61...0x66 ~= $0 }), digits.contains(where: { $0 != 0x30 }) else { return nil }
            return String(decoding: digits, as: UTF8.self)
        }
    }
}
