package import Evidence

extension Rule {
    package static var cap001: Rule {
        Rule(
            code: "CAP001", title: "Capture file is truncated", severity: .error,
            meaning: "The file ends in the middle of a record or block: its header announces more bytes than the file has.",
            consequence:
                "The last frame is missing, and possibly everything that was captured but not yet written. Recordings that were in progress end early.",
            cause: "The capturing program was killed, the disk was full, or the file was copied while it was still being written.",
            action: "Every frame before the cut is used; the incomplete one is not.",
            remedy: "Copy the file again after the capture has been stopped properly, or compare its size with the original.",
            reference: "draft-ietf-opsawg-pcap section 5; draft-ietf-opsawg-pcapng section 3.1")
    }
}
