import SIPSyntax

extension SIPDialog {
    /// The requests of one method, each once, in order of time.
    ///
    /// One that is sent again, that a mirror copies, or that passes on through proxies which keep the dialog has the same sender and CSeq
    /// number everywhere (RFC 3261 sections 8.1.1.5 and 16.6): the copy seen first speaks, of those that the capture has whole.
    package func requests(_ method: String) -> [ObservedMessage] {
        struct Identity: Hashable {
            let sender: Side
            /// Nil where the request has no CSeq: then only its copies on one path are known.
            let number: UInt32?
            let place: Int
        }
        var out: [ObservedMessage] = []
        var places: [Identity: Int] = [:]
        for (place, observed) in messages.enumerated() where observed.message.isRequest && observed.message.method == method {
            let number = observed.message.cseq?.number
            if number == nil, observed.isRetransmission { continue }
            let identity = Identity(sender: observed.sender, number: number, place: number == nil ? place : 0)
            if let known = places[identity] {
                if !out[known].message.bodyIsComplete, observed.message.bodyIsComplete { out[known] = observed }
                continue
            }
            places[identity] = out.count
            out.append(observed)
        }
        return out
    }
}
