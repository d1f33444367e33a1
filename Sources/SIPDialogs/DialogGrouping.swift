import Evidence
import SIPSyntax

/// Messages of one Call-ID that belong to one dialog or to the branches of one INVITE.
struct DialogGroup {
    var messages: [ObservedMessage]
    /// Where the first request came from.
    let clientEndpoint: Endpoint
    var isConfirmed = false
}

/// Splits the messages of one Call-ID by tags (RFC 3261 section 12).
///
/// Branches of a forked INVITE share the From tag and stay together. Some back-to-back user agents reuse the Call-ID on both sides with
/// tags of their own: those are dialogs apart. An INVITE that is sent again after a refusal joins the refused one even with a new tag.
enum DialogGrouping {
    static func groups(of messages: [ObservedMessage]) -> [DialogGroup] {
        var groups: [DialogGroup] = []
        var byTag: [String: Int] = [:]
        var last: (fromTag: String?, toTag: String?, index: Int)?
        for observed in messages {
            let message = observed.message
            let (fromTag, toTag) = (message.fromTag, message.toTag)
            let index: Int
            if let last, fromTag != nil, last.fromTag == fromTag, last.toTag == toTag {
                // Most messages have the tags of the one before: where those led, they lead again.
                index = last.index
            } else {
                let isInvite = message.isRequest && message.method == "INVITE" && toTag == nil
                let client = message.isRequest ? observed.path.source : observed.path.destination
                var place = fromTag.flatMap { byTag[$0] } ?? toTag.flatMap { byTag[$0] }
                if place == nil, isInvite { place = groups.lastIndex { !$0.isConfirmed && $0.clientEndpoint == client } }
                if place == nil, fromTag == nil, toTag == nil, !groups.isEmpty { place = groups.count - 1 }
                index = place ?? groups.count
                if index == groups.count { groups.append(DialogGroup(messages: [], clientEndpoint: client)) }
                if let fromTag, byTag[fromTag] == nil { byTag[fromTag] = index }
                if let toTag, byTag[toTag] == nil { byTag[toTag] = index }
                last = (fromTag, toTag, index)
            }
            groups[index].messages.append(observed)
            if let status = message.status, (200..<300).contains(status), message.cseq?.method == "INVITE" { groups[index].isConfirmed = true }
        }
        return groups
    }
}

/// Tells that a message was seen before: same transaction and direction, same kind, status and branch of the dialog.
struct RetransmissionKey: Hashable {
    let path: NetworkPath
    let status: Int?
    let cseq: CSeq?
    let method: String
    let viaBranch: String?
    let fromTag: String?
    let toTag: String?
    /// Reliable provisional responses of one status differ in RSeq (RFC 3262).
    let reliableSequence: String?

    init(_ observed: ObservedMessage) {
        let message = observed.message
        path = observed.path
        status = message.status
        cseq = message.cseq
        method = message.method
        viaBranch = message.topViaBranch
        fromTag = message.fromTag
        toTag = message.toTag
        reliableSequence = message.first(.rSeq)
    }
}
