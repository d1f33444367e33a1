package import Evidence

extension Rule {
    package static var srt008: Rule {
        Rule(
            code: "SRT008", title: "SRTP keys sent over clear signalling", severity: .info,
            meaning: "Keys of a secure stream travel in SDP over signalling that is not encrypted.",
            consequence: "The recording is complete, but everybody who could capture the signalling can open the media as well.",
            cause: "SDES keying over UDP or TCP instead of TLS.",
            action: "The keys are used. They are written nowhere but named by a short hash.",
            remedy: "Carry the signalling over TLS.",
            reference: "RFC 4568 section 8.3, RFC 7866 section 12.2")
    }
}
