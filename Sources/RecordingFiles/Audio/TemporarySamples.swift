package import RecordingRecords

/// Samples that are read again while a recording is made that goes to no folder.
package enum TemporarySamples {
    /// A file in `TMPDIR`, else in `/var/tmp`, that is gone with the value.
    package static func open() throws(OutputFault) -> any SampleStore {
        try SampleFile(path: "\(Spooler().folder)/siprecap-samples-\(UInt64.random(in: .min ... .max))")
    }
}

/// SHA-256 over samples as they would lie in a file: 16 bit, the low octet first, without header.
package final class SampleHash {
    private let hash = SHA256()
    private static let silence = [Int16](repeating: 0, count: 32 << 10)

    package init() {}

    package func append(_ samples: Span<Int16>) { unsafe samples.withUnsafeBytes { unsafe hash.update($0) } }

    package func appendSilence(samples: Int64) {
        var rest = samples
        let silence = Self.silence
        while rest > 0 {
            let part = Int(min(rest, Int64(silence.count)))
            append(silence.span.extracting(0..<part))
            rest -= Int64(part)
        }
    }

    /// 64 lower-case hexadecimal digits; nil where the library refused. Once only.
    package func finish() -> String? { hash.finish() }
}

/// The hash that sidecars have.
package enum OctetHash {
    /// 64 lower-case hexadecimal digits; nil where the library refused.
    package static func sha256(of octets: [UInt8]) -> String? { SHA256.of(octets) }
}
