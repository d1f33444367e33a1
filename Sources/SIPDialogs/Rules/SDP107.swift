package import Evidence

extension Rule {
    /// Recording server direction is not recvonly.
    package static var sdp107: Rule {
        Rule(
            code: "SDP107", title: "Recording server direction is not recvonly", severity: .warning,
            meaning: "The recording server describes a stream as sendrecv or sendonly, although it only receives.",
            consequence: "The recording client may expect media that never comes, or treat the answer as invalid.",
            cause: "A recording server built on an ordinary endpoint that answers sendrecv.",
            action: "The server is treated as the receiver.",
            remedy: "Answer a=recvonly, or a=inactive while not ready.",
            reference: "RFC 7866 section 7.2")
    }
}
