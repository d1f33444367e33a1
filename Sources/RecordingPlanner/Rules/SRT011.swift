package import Evidence

extension Rule {
    package static var srt011: Rule {
        Rule(
            code: "SRT011", title: "Key file entry that can not be used", severity: .error,
            meaning:
                "A line of a key file holds no key that can be used: its length, its format, its suite or the order of key and salt is wrong.",
            consequence: "Streams that only this key opens stay closed.",
            cause: "A key copied with a character missing, hexadecimal text given as base64, a salt of the wrong length, or the wrong suite.",
            action: "The entry is skipped; everything else in the file is used. No octet of the key is shown.",
            remedy: "Run `siprecap keys check` on the file and correct the line that it names.",
            reference: "RFC 4568 section 6.2, RFC 6188 section 4, RFC 7714 section 12")
    }
}
