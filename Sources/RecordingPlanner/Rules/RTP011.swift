package import Evidence

extension Rule {
    package static var rtp011: Rule {
        Rule(
            code: "RTP011", title: "Contributing source that nothing names", severity: .info,
            meaning:
                "A mixer lists a contributing source (CSRC) for which no RTCP source description gives a canonical name, and which is no "
                + "source of a stream in the capture.",
            consequence: "The times at which this contributor is heard are known, but not who it is.",
            cause: "A mixer that does not forward the source descriptions of those it mixes, or RTCP that was not captured.",
            action: "The contributor is listed by its number.",
            remedy: "Let the mixer forward a source description for each contributor.",
            reference: "RFC 7866 section 8.3.2, RFC 3550 section 7.3")
    }
}
