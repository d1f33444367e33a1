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
        for observed in messages {
            let message = observed.message
            let tags = [message.fromTag, message.toTag].compactMap { $0 }
            let isInvite = message.isRequest && message.method == "INVITE" && message.toTag == nil
            let client = message.isRequest ? observed.path.source : observed.path.destination
            var place = tags.lazy.compactMap { byTag[$0] }.first
            if place == nil, isInvite { place = groups.lastIndex { !$0.isConfirmed && $0.clientEndpoint == client } }
            if place == nil, tags.isEmpty, !groups.isEmpty { place = groups.count - 1 }
            let index = place ?? groups.count
            if index == groups.count {
                groups.append(DialogGroup(messages: [], clientEndpoint: client))
            }
            groups[index].messages.append(observed)
            for tag in tags where byTag[tag] == nil { byTag[tag] = index }
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
        reliableSequence = message.first("RSeq")
    }
}
