import Evidence

/// RFC 7865: the vocabulary and its order, and the association elements. Attribute aliases of the drafts are accepted everywhere.
enum RFC7865Dialect {
    static let namespace = "urn:ietf:params:xml:ns:recording:1"
    /// Order of the children of `recording` in the schema (section 9).
    static let rank: [String: Int] = [
        "datamode": 0, "group": 1, "session": 2, "participant": 3, "stream": 4, "sessionrecordingassoc": 5, "participantsessionassoc": 6,
        "participantstreamassoc": 7,
    ]
    static let participantIDs = ["participant_id", "participantid", "participant", "id"]
    static let sessionIDs = ["session_id", "sessionid", "session", "id"]
}

extension DocumentMapper {
    mutating func mapGroup(_ node: XMLNode) {
        let id = identifier(node, ["group_id", "groupid", "id"]) ?? ""
        document.groups.append(
            MetadataGroup(
                id: id, associateTime: time(in: node, "associate-time"), disassociateTime: time(in: node, "disassociate-time"), offset: offset(of: node)))
        keepChildren(of: node, except: ["associate-time", "disassociate-time"], path: "recording/group", elementID: id)
        keepUnknownAttributes(of: node, path: "recording", known: ["group_id", "groupid", "id"], elementID: id)
    }

    mutating func mapSession(_ node: XMLNode) {
        let id = identifier(node, RFC7865Dialect.sessionIDs) ?? ""
        let reasons = children(of: node, named: "reason").map { reason in
            MetadataReason(
                protocolName: identifier(reason, ["protocol"]).flatMap { $0.isEmpty ? nil : $0 } ?? "SIP",
                cause: identifier(reason, ["cause"]).flatMap { Int($0) },
                text: text(reason))
        }
        let group =
            children(of: node, named: "group-ref").first.flatMap(compactText) ?? identifier(node, ["group-ref", "group"]).flatMap { $0.isEmpty ? nil : $0 }
        document.sessions.append(
            MetadataSession(
                id: id, sipSessionIDs: children(of: node, named: "sipsessionid").compactMap(compactText), reasons: reasons, groupRef: group,
                startTime: time(in: node, "start-time") ?? NestedDraftDialect.startTime(of: node, in: self), stopTime: time(in: node, "stop-time"),
                offset: offset(of: node)))
        keepChildren(
            of: node, except: ["sipsessionid", "reason", "group-ref", "start-time", "stop-time", "associate-time"], path: "recording/session", elementID: id)
        keepUnknownAttributes(
            of: node, path: "recording", known: ["session_id", "sessionid", "session", "id", "group-ref", "group"], elementID: id)
    }

    mutating func mapParticipant(_ node: XMLNode) {
        let id = identifier(node, RFC7865Dialect.participantIDs) ?? ""
        var names: [MetadataNameID] = []
        for entry in children(of: node, named: "nameid") {
            let aor = entry.attributes.first { $0.name.lowercased() == "aor" }?.value.trimmedXML ?? ""
            let texts = children(of: entry, named: "name")
            if texts.isEmpty { names.append(MetadataNameID(aor: aor, name: nil, language: nil)) }
            for name in texts { names.append(MetadataNameID(aor: aor, name: text(name), language: identifier(name, ["lang"]))) }
        }
        names += FirstDraftDialect.nameIDs(of: node, in: self)
        document.participants.append(MetadataParticipant(id: id, nameIDs: names, offset: offset(of: node)))
        mapNestedAssociations(of: node, participantID: id)
        keepChildren(
            of: node, except: ["nameid", "aor", "name", "send", "recv", "associate-time", "disassociate-time", "start-time", "stop-time"],
            path: "recording/participant", elementID: id)
        keepUnknownAttributes(
            of: node, path: "recording", known: ["participant_id", "participantid", "participant", "id", "session", "session_id", "sessionid"], elementID: id)
    }

    mutating func mapStream(_ node: XMLNode) {
        let id = identifier(node, ["stream_id", "streamid", "id"]) ?? ""
        let session = identifier(node, ["session_id", "sessionid", "session"]).flatMap { $0.isEmpty ? nil : $0 }
        document.streams.append(
            MetadataStream(
                id: id, sessionID: session, label: children(of: node, named: "label").first.flatMap(text),
                mode: children(of: node, named: "mode").first.flatMap(text),
                associateTime: LateDraftDialect.associateTime(of: node, in: self), offset: offset(of: node)))
        keepChildren(of: node, except: ["label", "mode", "associate-time", "start-time"], path: "recording/stream", elementID: id)
        keepUnknownAttributes(of: node, path: "recording", known: ["stream_id", "streamid", "id", "session_id", "sessionid", "session"], elementID: id)
    }

    mutating func mapSessionRecording(_ node: XMLNode) {
        let id = identifier(node, RFC7865Dialect.sessionIDs) ?? ""
        document.features.associationElements = true
        document.sessionRecordings.append(
            SessionRecordingAssociation(
                sessionID: id, associateTime: time(in: node, "associate-time"), disassociateTime: time(in: node, "disassociate-time"), offset: offset(of: node))
        )
        keepChildren(of: node, except: ["associate-time", "disassociate-time"], path: "recording/sessionrecordingassoc", elementID: id)
    }

    mutating func mapParticipantSession(_ node: XMLNode) {
        let id = identifier(node, RFC7865Dialect.participantIDs) ?? ""
        let params = children(of: node, named: "param").map { param in
            MetadataParameter(name: identifier(param, ["pname"]) ?? "", value: param.attributes.first { $0.name.lowercased() == "pval" }?.value ?? "")
        }
        document.features.associationElements = true
        document.participantSessions.append(
            ParticipantSessionAssociation(
                participantID: id, sessionID: identifier(node, ["session_id", "sessionid", "session"]) ?? "", associateTime: time(in: node, "associate-time"),
                disassociateTime: time(in: node, "disassociate-time"), params: params, offset: offset(of: node)))
        keepChildren(of: node, except: ["associate-time", "disassociate-time", "param"], path: "recording/participantsessionassoc", elementID: id)
    }

    mutating func mapParticipantStream(_ node: XMLNode) {
        let id = identifier(node, RFC7865Dialect.participantIDs) ?? ""
        document.features.associationElements = true
        document.participantStreams.append(
            ParticipantStreamAssociation(
                participantID: id, send: streamIDs(in: node, "send"), recv: streamIDs(in: node, "recv"), associateTime: time(in: node, "associate-time"),
                disassociateTime: time(in: node, "disassociate-time"), offset: offset(of: node), isWhole: node.isClosed))
        keepChildren(of: node, except: ["associate-time", "disassociate-time", "send", "recv"], path: "recording/participantstreamassoc", elementID: id)
    }

    /// Stream identifiers of all `send` or `recv` children, whether as text or nested in `id`.
    func streamIDs(in node: XMLNode, _ name: String) -> [String] {
        children(of: node, named: name).flatMap { child in
            let nested = FirstDraftDialect.nestedIDs(of: child, in: self)
            return nested.isEmpty ? [compactText(child)].compactMap { $0 } : nested
        }
    }
}
