import Evidence

/// What the schema of RFC 7865 section 9 asks of the elements as they are written. Only documents of the RFC's own generation are held
/// to it where a draft had it otherwise.
extension DocumentMapper {
    func checkStructure(_ result: inout RecordingDocument) {
        if case .requestSnapshot = result.root {
            checkRequest(top, &result)
            return
        }
        guard result.root == .recording else { return }
        checkDeclaration(&result)
        let isCurrent = result.generation == .rfc7865 && result.namespace == RFC7865Format.namespace
        for index in root.children {
            let node = tree.nodes[index]
            guard isCore(node) else { continue }
            checkRepetition(node, &result)
            checkBlanks(node, &result)
            if isCurrent { checkVocabulary(node, &result) }
        }
        if isCurrent { checkAssociations(&result) }
    }

    private func checkDeclaration(_ result: inout RecordingDocument) {
        let head = source.utf8.prefix(200)
        let declaration = head[..<(head.firstIndex(of: 0x3E) ?? head.endIndex)]
        guard declaration.starts(with: "<?xml".utf8) else { return result.remark(.met030, at: 0, "no XML declaration") }
        let name = Array("encoding".utf8)
        if !declaration.indices.contains(where: { declaration[$0...].starts(with: name) }) {
            result.remark(.met030, at: 0, "the XML declaration has no encoding")
        }
    }

    private func checkRequest(_ node: XMLNode, _ result: inout RecordingDocument) {
        let reasons = node.children.filter { tree.nodes[$0].element == .requestReason }.count
        if reasons > 1 { result.remark(.met042, at: offset(of: node), "\(reasons) requestreason elements") }
        if node.namespace != RFC7865Format.namespace {
            result.remark(.met042, at: offset(of: node), node.namespace.map { "the namespace is '\($0)'" } ?? "no namespace")
        }
    }

    /// Children that may stand once only.
    private func checkRepetition(_ node: XMLNode, _ result: inout RecordingDocument) {
        func more(_ parent: XMLNode, _ name: ElementName, _ spelling: String, _ rule: Rule) {
            guard !parent.childElements.isDisjoint(with: name) else { return }
            let count = children(of: parent, named: name).count
            if count > 1 { result.remark(rule, at: offset(of: parent), "\(count) \(spelling) elements in one \(parent.name)") }
        }
        switch node.element {
        case .participant: for entry in children(of: node, named: .nameID) { more(entry, .name, "name", .met032) }
        case .stream: more(node, .label, "label", .met033)
        case .session:
            more(node, .groupRef, "group-ref", .met035)
            for reason in children(of: node, named: .reason) where identifier(reason, ["cause"]).flatMap({ Int($0) }) == nil {
                result.remark(
                    .met036, at: offset(of: reason), identifier(reason, ["cause"]).map { "the cause is '\($0)'" } ?? "the reason element has no cause")
            }
            for id in children(of: node, named: .sipSessionID).compactMap(compactText) where !Self.isSessionIdentifier(id) {
                result.remark(.met038, at: offset(of: node), "sipSessionID '\(id)'")
            }
        default: break
        }
    }

    /// RFC 7989 section 5: 32 lower-case hexadecimal digits, and those of the other end behind `;remote=`.
    static func isSessionIdentifier(_ text: String) -> Bool {
        func isHalf(_ half: Substring.UTF8View) -> Bool { half.count == 32 && half.allSatisfy { $0.isASCIIDigit || (0x61...0x66).contains($0) } }
        let parts = text.utf8.split(separator: 0x3B, omittingEmptySubsequences: false)
        guard let local = parts.first, isHalf(local), parts.count <= 2 else { return false }
        return parts.count == 1 || parts[1].starts(with: "remote=".utf8) && isHalf(parts[1].dropFirst(7))
    }

    /// Identifiers as attributes, and as the text of references.
    private func checkBlanks(_ node: XMLNode, _ result: inout RecordingDocument) {
        for attribute in node.attributes where Self.hasBlanks(attribute.value) {
            guard ["group_id", "session_id", "participant_id", "stream_id"].contains(attribute.name) else { continue }
            result.remark(.met043, at: offset(of: node), "\(attribute.name) of \(node.name) has whitespace")
        }
        for child in children(of: node, named: [.send, .recv, .groupRef]) where child.isClosed && child.children.isEmpty {
            if child.text.contains(where: XMLMarkupScanner.isSpace) {
                result.remark(.met043, at: offset(of: child), "\(child.name) has whitespace around or in its identifier")
            }
        }
    }

    /// Children and attributes that the schema knows in an element; nil where it does not know the element.
    private static func vocabulary(of element: ElementName) -> (children: ElementName, attributes: [String])? {
        switch element {
        case .datamode: ([], [])
        case .group: ([.associateTime, .disassociateTime], ["group_id"])
        case .session: ([.sipSessionID, .reason, .groupRef, .startTime, .stopTime], ["session_id"])
        case .participant: (.nameID, ["participant_id"])
        case .stream: (.label, ["stream_id", "session_id"])
        case .sessionRecording: ([.associateTime, .disassociateTime], ["session_id"])
        case .participantSession: ([.associateTime, .disassociateTime, .param], ["participant_id", "session_id"])
        case .participantStream: ([.send, .recv, .associateTime, .disassociateTime], ["participant_id"])
        default: nil
        }
    }

    private func checkVocabulary(_ node: XMLNode, _ result: inout RecordingDocument) {
        guard let known = Self.vocabulary(of: node.element) else {
            result.remark(.met039, at: offset(of: node), "<\(node.name)> is not an element of the schema")
            return
        }
        for index in node.children {
            let child = tree.nodes[index]
            if known.children.isDisjoint(with: child.element), isCore(child) {
                result.remark(.met039, at: offset(of: child), "<\(child.name)> is not an element of the schema in \(node.name)")
            }
        }
        for attribute in node.attributes where attribute.namespace == nil && !known.attributes.contains(attribute.name) {
            result.remark(.met040, at: offset(of: node), "unknown attribute \(attribute.name) of \(node.name)")
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
            result.remark(.met045, at: session.offset, "session '\(session.id)' has a stop-time, but its participants have no disassociate-time")
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
                result.remark(.met034, at: stream.offset, "stream '\(stream.id)' belongs to sessions '\(other)' and '\(session)'")
            }
            sessionOf[stream.id] = session
        }
    }
}
