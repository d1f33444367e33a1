import Evidence

/// RFC 7865: the vocabulary and its order, and the association elements. Attribute aliases of the drafts are accepted everywhere.
enum RFC7865Format {
    static let namespace = "urn:ietf:params:xml:ns:recording:1"
    // Attributes, the RFC's name first, then those of the drafts.
    static let groupIDs = ["group_id", "groupid", "id"]
    static let participantIDs = ["participant_id", "participantid", "participant", "id"]
    static let sessionIDs = ["session_id", "sessionid", "session", "id"]
    /// Of another element that names its session.
    static let sessionRefs = ["session_id", "sessionid", "session"]
    static let streamIDs = ["stream_id", "streamid", "id"]
    // All that is read of an element.
    static let sessionAttributes = sessionIDs + ["group-ref", "group"]
    static let participantAttributes = participantIDs + sessionRefs
    static let streamAttributes = streamIDs + sessionRefs
}

extension DocumentMapper {
    mutating func mapGroup(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.groupIDs) ?? ""
        document.groups.append(
            MetadataGroup(
                id: id, associateTime: time(in: node, .associateTime), disassociateTime: time(in: node, .disassociateTime), offset: offset(of: node)))
        keepChildren(of: node, except: [.associateTime, .disassociateTime], path: "recording/group", elementID: id)
        keepUnknownAttributes(of: node, path: "recording", known: RFC7865Format.groupIDs, elementID: id)
    }

    mutating func mapSession(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.sessionIDs) ?? ""
        let reasons = children(of: node, named: .reason).map { reason in
            MetadataReason(
                protocolName: identifier(reason, ["protocol"]).flatMap { $0.isEmpty ? nil : $0 } ?? "SIP",
                cause: identifier(reason, ["cause"]).flatMap { Int($0) },
                text: text(reason))
        }
        let group =
            child(of: node, named: .groupRef).flatMap(compactText) ?? identifier(node, ["group-ref", "group"]).flatMap { $0.isEmpty ? nil : $0 }
        document.sessions.append(
            MetadataSession(
                id: id, sipSessionIDs: children(of: node, named: .sipSessionID).compactMap(compactText), reasons: reasons, groupRef: group,
                startTime: time(in: node, .startTime) ?? NestedDraftFormat.startTime(of: node, in: self), stopTime: time(in: node, .stopTime),
                offset: offset(of: node)))
        keepChildren(
            of: node, except: [.sipSessionID, .reason, .groupRef, .startTime, .stopTime, .associateTime], path: "recording/session", elementID: id)
        keepUnknownAttributes(
            of: node, path: "recording", known: RFC7865Format.sessionAttributes, elementID: id)
    }

    mutating func mapParticipant(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.participantIDs) ?? ""
        var names: [MetadataNameID] = []
        for entry in children(of: node, named: .nameID) {
            let aor = entry.attributes.first { $0.folded == "aor" }?.value.trimmedXML ?? ""
            let texts = children(of: entry, named: .name)
            if texts.isEmpty { names.append(MetadataNameID(aor: aor, name: nil, language: nil)) }
            for name in texts { names.append(MetadataNameID(aor: aor, name: text(name), language: identifier(name, ["lang"]))) }
        }
        names += FirstDraftFormat.nameIDs(of: node, in: self)
        document.participants.append(MetadataParticipant(id: id, nameIDs: names, offset: offset(of: node)))
        mapNestedAssociations(of: node, participantID: id)
        keepChildren(
            of: node, except: [.nameID, .aor, .name, .send, .recv, .associateTime, .disassociateTime, .startTime, .stopTime],
            path: "recording/participant", elementID: id)
        keepUnknownAttributes(
            of: node, path: "recording", known: RFC7865Format.participantAttributes, elementID: id)
    }

    mutating func mapStream(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.streamIDs) ?? ""
        let session = identifier(node, RFC7865Format.sessionRefs).flatMap { $0.isEmpty ? nil : $0 }
        document.streams.append(
            MetadataStream(
                id: id, sessionID: session, label: child(of: node, named: .label).flatMap(text),
                mode: child(of: node, named: .mode).flatMap(text),
                associateTime: LateDraftFormat.associateTime(of: node, in: self), offset: offset(of: node)))
        keepChildren(of: node, except: [.label, .mode, .associateTime, .startTime], path: "recording/stream", elementID: id)
        keepUnknownAttributes(of: node, path: "recording", known: RFC7865Format.streamAttributes, elementID: id)
    }

    mutating func mapSessionRecording(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.sessionIDs) ?? ""
        document.features.associationElements = true
        document.sessionRecordings.append(
            SessionRecordingAssociation(
                sessionID: id, associateTime: time(in: node, .associateTime), disassociateTime: time(in: node, .disassociateTime), offset: offset(of: node))
        )
        keepChildren(of: node, except: [.associateTime, .disassociateTime], path: "recording/sessionrecordingassoc", elementID: id)
    }

    mutating func mapParticipantSession(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.participantIDs) ?? ""
        let params = children(of: node, named: .param).map { param in
            MetadataParameter(name: identifier(param, ["pname"]) ?? "", value: param.attributes.first { $0.folded == "pval" }?.value ?? "")
        }
        document.features.associationElements = true
        document.participantSessions.append(
            ParticipantSessionAssociation(
                participantID: id, sessionID: identifier(node, RFC7865Format.sessionRefs) ?? "", associateTime: time(in: node, .associateTime),
                disassociateTime: time(in: node, .disassociateTime), params: params, offset: offset(of: node)))
        keepChildren(of: node, except: [.associateTime, .disassociateTime, .param], path: "recording/participantsessionassoc", elementID: id)
    }

    mutating func mapParticipantStream(_ node: XMLNode) {
        let id = identifier(node, RFC7865Format.participantIDs) ?? ""
        document.features.associationElements = true
        document.participantStreams.append(
            ParticipantStreamAssociation(
                participantID: id, send: streamIDs(in: node, .send), recv: streamIDs(in: node, .recv), associateTime: time(in: node, .associateTime),
                disassociateTime: time(in: node, .disassociateTime), offset: offset(of: node), isWhole: node.isClosed))
        keepChildren(of: node, except: [.associateTime, .disassociateTime, .send, .recv], path: "recording/participantstreamassoc", elementID: id)
    }

    /// Stream identifiers of all `send` or `recv` children, whether as text or nested in `id`.
    func streamIDs(in node: XMLNode, _ name: ElementName) -> [String] {
        children(of: node, named: name).flatMap { child in
            let nested = FirstDraftFormat.nestedIDs(of: child, in: self)
            return nested.isEmpty ? [compactText(child)].compactMap { $0 } : nested
        }
    }
}
