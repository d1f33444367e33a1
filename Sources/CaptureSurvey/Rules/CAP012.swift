package import Evidence

extension Rule {
    package static var cap012: Rule {
        Rule(
            code: "CAP012", title: "Capture could not be read to the end", severity: .error,
            meaning: "Reading stopped because the compressed data is damaged or truncated, or because the disk failed; the message says where.",
            consequence: "Every frame before that point is used. Everything after it is missing from every recording.",
            cause: "The compressing program was killed, a transfer was interrupted, or the disk has bad blocks.",
            action: "Data that could be decompressed is read like any other capture.",
            remedy: "Fetch the file again and test it: gzip -t, zstd -t, lz4 -t or xz -t.",
            reference: "RFC 1952; RFC 8878")
    }
}
