package import Evidence

extension Rule {
    package static var rtp009: Rule {
        Rule(
            code: "RTP009", title: "RTCP not symmetric", severity: .warning,
            meaning:
                "A party sends its RTCP from another port than the one on which it receives RTCP, or sends receiver reports to another port "
                + "than the sender's reports come from.",
            consequence: "Reports of loss and the tie to the sender's clock may never arrive; a firewall that lets answers through does not let these through.",
            cause:
                "Separate sockets for sending and receiving, or a relay that maps RTCP by itself. Behind a translator of addresses the ports "
                + "seen are the translator's.",
            action: "Reports are taken from wherever they come, by the sources that they name.",
            remedy: "Send RTCP from the port that is announced for it: the port of the media with rtcp-mux, a=rtcp, or the next higher port.",
            reference: "RFC 7866 section 8.1.8, RFC 4961")
    }
}
