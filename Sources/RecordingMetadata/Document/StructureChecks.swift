import Evidence

/// What the schema of RFC 7865 section 9 asks of the elements as they are written. Only documents of the RFC's own generation are held
/// to it where a draft had it otherwise.
extension DocumentMapper {
    func checkStructure(_ result: inout RecordingDocument) {
        guard let top = tree.nodes.first else { return }
        if case .requestSnapshot = result.root {
            checkRequest(top, &result)
            return
        }
        guard result.root == .recording else { return }
        checkDeclaration(&result)
        let isCurrent = result.generation == .rfc7865 && result.namespace == RFC7865Dialect.namespace
        for index in tree.nodes[container].children {
            let node = tree.nodes[index]
            guard isCore(node, root: tree.nodes[container]) else { continue }
            checkRepetition(node, &result)
            checkBlanks(node, &result)
            if isCurrent { checkVocabulary(node, &result) }
        }
        if isCurrent { checkAssociations(&result) }
    }

    private func checkDeclaration(_ result: inout RecordingDocument) {
        let head = source.utf8.prefix(200)
        let end = head.firstIndex(of: 0x3E) ?? head.endIndex
        let declaration = String(decoding: head[..<end], as: UTF8.self)
        guard declaration.hasPrefix("<?xml"), declaration.contains("encoding") else {
            result.remark(.met030, at: 0, declaration.hasPrefix("<?xml") ? "the XML declaration names no encoding" : "there is no XML declaration")
            return
        }
    }

    private func checkRequest(_ node: XMLNode, _ result: inout RecordingDocument) {
        let reasons = node.children.filter { tree.nodes[$0].name.lowercased() == "requestreason" }.count
        if reasons > 1 { result.remark(.met042, at: offset(of: node), "\(reasons) requestreason elements") }
        if node.namespace != RFC7865Dialect.namespace {
            result.remark(.met042, at: offset(of: node), node.namespace.map { "the namespace is '\($0)'" } ?? "there is no namespace")
        }
    }

    /// Children that may stand once only.
    private func checkRepetition(_ node: XMLNode, _ result: inout RecordingDocument) {
        func more(_ parent: XMLNode, _ name: String, _ rule: Rule) {
            let count = children(of: parent, named: name).count
            if count > 1 { result.remark(rule, at: offset(of: parent), "\(count) \(name) elements in one \(parent.name)") }
        }
        switch node.name.lowercased() {
        case "participant": for entry in children(of: node, named: "nameid") { more(entry, "name", .met032) }
        case "stream": more(node, "label", .met033)
        case "session":
            more(node, "group-ref", .met035)
            for reason in children(of: node, named: "reason") where identifier(reason, ["cause"]).flatMap({ Int($0) }) == nil {
                result.remark(.met036, at: offset(of: reason), identifier(reason, ["cause"]).map { "the cause is '\($0)'" } ?? "the reason has no cause")
            }
            for id in children(of: node, named: "sipsessionid").compactMap(compactText) where !Self.isSessionIdentifier(id) {
                result.remark(.met038, at: offset(of: node), "sipSessionID '\(id)'")
            }
        default: break
        }
    }

    /// RFC 7989 section 5: 32 lower-case hexadecimal digits, and those of the other end behind `;remote=`.
    static func isSessionIdentifier(_ text: String) -> Bool {
        func isHalf(_ half: Substring) -> Bool { half.utf8.count == 32 && half.utf8.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) } }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard let local = parts.first, isHalf(local), parts.count <= 2 else { return false }
        return parts.count == 1 || parts[1].hasPrefix("remote=") && isHalf(parts[1].dropFirst(7))
    }

    /// Identifiers as attributes, and as the text of references.
    private func checkBlanks(_ node: XMLNode, _ result: inout RecordingDocument) {
        let names: Set<String> = ["group_id", "session_id", "participant_id", "stream_id"]
        for attribute in node.attributes where names.contains(attribute.name) && Self.compact(attribute.value) != attribute.value {
            result.remark(.met043, at: offset(of: node), "\(attribute.name) of \(node.name) has blanks")
        }
        for child in children(of: node, named: "send", "recv", "group-ref") where child.isClosed && child.children.isEmpty {
            let text = String(decoding: child.text, as: UTF8.self)
            if Self.compact(text) != text { result.remark(.met043, at: offset(of: child), "\(child.name) has blanks around or in its identifier") }
        }
    }

    /// Elements and attributes of the schema, by the element they stand in.
    private static let vocabulary: [String: (children: Set<String>, attributes: Set<String>)] = [
        "datamode": ([], []), "group": (["associate-time", "disassociate-time"], ["group_id"]),
        "session": (["sipsessionid", "reason", "group-ref", "start-time", "stop-time"], ["session_id"]),
        "participant": (["nameid"], ["participant_id"]), "stream": (["label"], ["stream_id", "session_id"]),
        "sessionrecordingassoc": (["associate-time", "disassociate-time"], ["session_id"]),
        "participantsessionassoc": (["associate-time", "disassociate-time", "param"], ["participant_id", "session_id"]),
        "participantstreamassoc": (["send", "recv", "associate-time", "disassociate-time"], ["participant_id"]),
    ]

    private func checkVocabulary(_ node: XMLNode, _ result: inout RecordingDocument) {
        guard let known = Self.vocabulary[node.name.lowercased()] else {
            result.remark(.met039, at: offset(of: node), "<\(node.name)> is no element of the schema")
            return
        }
        for index in node.children {
            let child = tree.nodes[index]
            if isCore(child, root: tree.nodes[container]), !known.children.contains(child.name.lowercased()) {
                result.remark(.met039, at: offset(of: child), "<\(child.name)> is no element of the schema in \(node.name)")
            }
        }
        for attribute in node.attributes where attribute.namespace == nil && !known.attributes.contains(attribute.name) {
            result.remark(.met040, at: offset(of: node), "attribute \(attribute.name) of \(node.name)")
        }
    }

    private func checkAssociations(_ result: inout RecordingDocument) {
        let isComplete = result.dataMode == .complete && result.isWhole
        let recorded = Set(result.sessionRecordingAssociations.map(\.sessionID))
        for session in result.sessions {
            if isComplete, !recorded.contains(session.id) { result.remark(.met041, at: session.offset, "session '\(session.id)' has no sessionrecordingassoc") }
            if session.startTime == nil, isComplete { result.remark(.met037, at: session.offset, "session '\(session.id)' has no start-time") }
        }
        for item in result.participantSessionAssociations where isComplete && item.associateTime == nil {
            result.remark(.met037, at: item.offset, "participant '\(item.participantID)' has no associate-time in session '\(item.sessionID)'")
        }
        let staying = Set(result.participantSessionAssociations.filter { $0.disassociateTime == nil }.map(\.sessionID))
        for session in result.sessions where session.stopTime != nil && staying.contains(session.id) {
            result.remark(.met045, at: session.offset, "session '\(session.id)' stops while participants stay")
        }
        for item in result.participantStreamAssociations {
            for stream in item.send where item.recv.contains(stream) {
                result.remark(.met044, at: item.offset, "participant '\(item.participantID)' sends and receives stream '\(stream)'")
            }
        }
        var sessionOf: [String: String] = [:]
        for stream in result.streams {
            guard let session = stream.sessionID, !stream.id.isEmpty else { continue }
            if let other = sessionOf[stream.id], other != session {
                result.remark(.met034, at: stream.offset, "stream '\(stream.id)' of '\(other)' and '\(session)'")
            }
            sessionOf[stream.id] = session
        }
    }
}
