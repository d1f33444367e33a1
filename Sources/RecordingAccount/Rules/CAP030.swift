package import Evidence

extension Rule {
    package static var cap030: Rule {
        Rule(
            code: "CAP030", title: "Packets captured more than once", severity: .info,
            meaning: "The captures contain the same packets several times: same addresses, numbers and bytes.",
            consequence: "None for the audio: each packet is used once, the complete copy if another is truncated. Packet counts do not include the copies.",
            cause: "A mirror port that shows both directions of a link, VLAN copies, capture on several interfaces, or two probes on one path.",
            action: "Copies are counted separately from duplicates of the network; streams[].flows[].captures says which file supplied what.",
            remedy: "Mirror one direction or one VLAN only if the size of captures matters.",
            reference: "RFC 3550 section 6.4.1")
    }
}
