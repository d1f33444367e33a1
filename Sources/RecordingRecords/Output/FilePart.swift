import Evidence

/// A piece of a file that quotes other files of its recording. What is quoted stands on disk already: it need not be held in memory.
package enum FilePart: Sendable, Equatable {
    case octets([UInt8])
    /// The content of the finished file at that path, in base64url without padding (RFC 4648 section 5).
    case content(of: String)
    /// Its SHA-512 in the same coding.
    case sha512(of: String)

    /// Octets in that coding. Blocks of a multiple of three follow each other without a trace.
    package static func base64url(_ octets: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((octets.count + 2) / 3 * 4)
        for octet in Base64.encode(octets).utf8 {
            switch octet {
            case 0x2B: out.append(0x2D)
            case 0x2F: out.append(0x5F)
            case 0x3D: break
            default: out.append(octet)
            }
        }
        return out
    }
}
