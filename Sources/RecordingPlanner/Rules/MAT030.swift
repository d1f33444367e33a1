package import Evidence

extension Rule {
    /// A fax over UDPTL is not decoded.
    package static var mat030: Rule {
        Rule(
            code: "MAT030", title: "Fax over T.38 is not decoded", severity: .info,
            meaning: "A media line was negotiated as image over UDPTL, the transport of T.38, and datagrams went to its address during that time.",
            consequence: "A fax was sent. Its pages are not in the recording; the datagrams are counted with their first and last time.",
            cause: "A gateway heard the tone of a fax machine and asked for T.38 by a re-INVITE.",
            action: "The stream is listed with the media `image`, and an event says when the fax began. Audio before and after it is rendered.",
            remedy: "Export the T.38 stream with a fax decoder if the pages matter, for example Wireshark's UDPTL dissector.",
            reference: "ITU-T T.38 section 9.1 and annex D; RFC 3362")
    }
}
