package import Evidence

extension Rule {
    /// Communication session recorded several times.
    package static var rec060: Rule {
        Rule(
            code: "REC060", title: "Communication session recorded several times", severity: .info,
            meaning: "Several recording sessions at the same time name the same communication session.",
            consequence: "None: each of them has the whole conversation. If both were counted, the archive would hold it twice.",
            cause: "Recording to two servers for safety, or both border elements of a call have a recorder.",
            action: "They become one recording. Packets that are the same octet by octet are joined; others keep a file each and are never summed.",
            remedy: "Nothing has to be done.",
            reference: "RFC 7865 sections 6.2.2 and 6.4; RFC 7245 section 3.1.2")
    }
}
