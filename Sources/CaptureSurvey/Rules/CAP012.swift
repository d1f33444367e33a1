package import Evidence

extension Rule {
    package static var cap012: Rule {
        Rule(
            code: "CAP012", title: "Capture could not be read to its end", severity: .error,
            meaning: "Reading stopped because the compressed data are damaged or cut, or because the disk failed; the message says where.",
            consequence: "Every frame before that place is used. What came after it is missing from every recording.",
            cause: "The compressing program was killed, a transfer broke off, or the disk has bad blocks.",
            action: "What could be unpacked is read like any other capture.",
            remedy: "Fetch the file again and test it: gzip -t, zstd -t, lz4 -t or xz -t.",
            reference: "RFC 1952; RFC 8878")
    }
}
