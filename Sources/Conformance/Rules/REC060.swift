package import Evidence

extension Rule {
    /// Communication session recorded several times.
    package static var rec060: Rule {
        Rule(
            code: "REC060", title: "Communication session recorded several times", severity: .info,
            meaning: "Several simultaneous recording sessions name the same communication session.",
            consequence: "None: each contains the whole conversation. If both were counted, the archive would hold it twice.",
            cause: "Recording to two servers for redundancy, or a recorder at both border elements of a call.",
            action: "They become one recording. Packets that are identical byte for byte are joined; others keep a file each and are never summed.",
            remedy: "None needed.",
            reference: "RFC 7865 sections 6.2.2 and 6.4; RFC 7245 section 3.1.2")
    }
}
