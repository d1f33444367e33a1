package import Evidence

extension Rule {
    package static var srt011: Rule {
        Rule(
            code: "SRT011", title: "Unusable key file entry", severity: .error,
            meaning: "A line of a key file has no usable key: its length, format, suite or the order of key and salt is wrong.",
            consequence: "Streams that need this key stay encrypted.",
            cause: "A key copied with a character missing, hexadecimal text given as base64, a salt of the wrong length, or the wrong suite.",
            action: "The entry is skipped; everything else in the file is used. The key is not shown.",
            remedy: "Run `siprecap keys check` on the file and correct the line that it names.",
            reference: "RFC 4568 section 6.2, RFC 6188 section 4, RFC 7714 section 12")
    }
}
