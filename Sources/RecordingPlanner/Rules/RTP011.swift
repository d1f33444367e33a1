package import Evidence

extension Rule {
    package static var rtp011: Rule {
        Rule(
            code: "RTP011", title: "Unidentified contributing source (CSRC)", severity: .info,
            meaning:
                "A mixer lists a contributing source (CSRC) for which no RTCP source description gives a canonical name, and which is not the SSRC of a "
                + "stream in the capture.",
            consequence: "It is known when this contributor is heard, but not who it is.",
            cause: "A mixer that does not forward the source descriptions of its inputs, or RTCP that was not captured.",
            action: "The contributor is listed by number.",
            remedy: "The mixer should forward a source description for each contributor.",
            reference: "RFC 7866 section 8.3.2, RFC 3550 section 7.3")
    }
}
