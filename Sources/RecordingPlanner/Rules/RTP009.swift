package import Evidence

extension Rule {
    package static var rtp009: Rule {
        Rule(
            code: "RTP009", title: "Asymmetric RTCP", severity: .warning,
            meaning:
                "A party sends RTCP from a port other than the one on which it receives RTCP, or sends receiver reports to a port other than the source "
                + "of the sender reports.",
            consequence: "Loss reports and the relation to the sender's clock may never arrive: a firewall that lets replies through blocks them.",
            cause:
                "Separate sockets for sending and receiving, or a relay that maps RTCP separately. Behind NAT, the visible ports are those of the translator.",
            action: "Reports are accepted from anywhere, by the SSRCs that they contain.",
            remedy: "Send RTCP from the port announced for it: the media port with rtcp-mux, the port in a=rtcp, or the next higher port.",
            reference: "RFC 7866 section 8.1.8, RFC 4961")
    }
}
