package import Evidence

extension Rule {
    package static var cap013: Rule {
        Rule(
            code: "CAP013", title: "Comment in the capture", severity: .info,
            meaning: "A person or a tool has written a comment into the capture.",
            consequence: "None for the recordings; it may explain why this packet or file was kept.",
            cause: "Wireshark, editcap and many probes can attach text to packets, interfaces and files.",
            action: "The first comments are repeated here, shortened to 256 bytes.",
            remedy: "Read it: it may say what to look for, or what went wrong.",
            reference: "draft-ietf-opsawg-pcapng section 3.5")
    }
}
