package import Evidence

extension Rule {
    package static var srt008: Rule {
        Rule(
            code: "SRT008", title: "SRTP keys sent in clear text", severity: .info,
            meaning: "SRTP keys are sent in SDP over signalling that is not encrypted.",
            consequence: "The recording is complete, but anybody who can capture the signalling can decrypt the media as well.",
            cause: "SDES keying over UDP or TCP instead of TLS.",
            action: "The keys are used. They appear in the output only as a short hash.",
            remedy: "Carry the signalling over TLS.",
            reference: "RFC 4568 section 8.3, RFC 7866 section 12.2")
    }
}
