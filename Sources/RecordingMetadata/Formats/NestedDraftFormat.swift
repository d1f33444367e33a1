/// Drafts of 2012 (about draft-ietf-siprec-metadata-05 to -07): no association elements. The participant names its session in an attribute and
/// holds `send`, `recv` and the times itself; the session starts at its `associate-time`.
enum NestedDraftFormat {
    static func startTime(of session: XMLNode, in mapper: DocumentMapper) -> MetadataTime? { mapper.time(in: session, .associateTime) }
}

extension DocumentMapper {
    /// Turns what a participant holds into the association elements of the RFC.
    mutating func mapNestedAssociations(of node: XMLNode, participantID: String) {
        let begin = time(in: node, .associateTime) ?? time(in: node, .startTime)
        let end = time(in: node, .disassociateTime) ?? time(in: node, .stopTime)
        if let session = identifier(node, ["session", "session_id", "sessionid"]), !session.isEmpty {
            document.features.nestedAssociations = true
            document.participantSessions.append(
                ParticipantSessionAssociation(
                    participantID: participantID, sessionID: session, associateTime: begin, disassociateTime: end, params: [], offset: offset(of: node)))
        }
        let send = streamIDs(in: node, .send)
        let recv = streamIDs(in: node, .recv)
        guard !send.isEmpty || !recv.isEmpty else { return }
        document.features.nestedAssociations = true
        document.participantStreams.append(
            ParticipantStreamAssociation(
                participantID: participantID, send: send, recv: recv, associateTime: nil, disassociateTime: end, offset: offset(of: node),
                isWhole: node.isClosed))
    }
}
