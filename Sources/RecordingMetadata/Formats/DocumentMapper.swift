import Evidence

/// Maps the element tree to the types of RFC 7865.
///
/// By local name in any case: namespaces in the field are wrong, old or absent. Each child of the root goes to the generation that has it;
/// `Formats/` holds one file for each.
struct DocumentMapper {
    let tree: XMLTree
    let source: XMLSource
    /// The outermost element.
    let top: XMLNode
    /// The element whose children are the metadata: the outermost, or `recording` below one that we do not know (a wrapper).
    let root: XMLNode
    var document = RecordingDocument.Collected()

    /// Nil for a document without any element.
    init?(tree: XMLTree, source: XMLSource) {
        guard let top = tree.nodes.first else { return nil }
        self.tree = tree
        self.source = source
        self.top = top
        root = Self.container(in: tree, top)
    }

    mutating func map(into result: inout RecordingDocument) {
        result.namespace = root.namespace
        result.root = rootKind(root)
        if case .requestSnapshot = result.root {
            checkStructure(&result)
            return
        }
        if !FirstDraftFormat.isRoot(top), root.name != "recording" || root !== top {
            result.remark(.met003, at: offset(of: top), "the root element is '\(top.name)'")
        } else if FirstDraftFormat.isRoot(top) {
            result.remark(.met003, at: offset(of: top), "the root element is '\(top.name)', as in drafts of 2011")
        }
        if root.namespace != RFC7865Format.namespace {
            result.remark(.met002, at: offset(of: root), root.namespace.map { "the namespace is '\($0)'" } ?? "no namespace")
        }
        result.recordingID = identifier(root, ["recording_id", "id"])
        keepUnknownAttributes(of: root, path: "", known: ["id", "recording_id"], elementID: nil)
        var order = 0
        var orderFault: Int?
        for childIndex in root.children {
            let child = tree.nodes[childIndex]
            guard isCore(child) else {
                keep(child, path: root.name, elementID: nil)
                continue
            }
            if let rank = child.element.schemaOrder {
                if rank < order, orderFault == nil { orderFault = offset(of: child) }
                order = max(order, rank)
            }
            switch child.element {
            case .datamode: mapDataMode(child, into: &result)
            case .group: mapGroup(child)
            case .session: mapSession(child)
            case .participant: mapParticipant(child)
            case .stream: mapStream(child)
            case .sessionRecording: mapSessionRecording(child)
            case .participantSession: mapParticipantSession(child)
            case .participantStream: mapParticipantStream(child)
            case .recording where FirstDraftFormat.isRoot(root):
                result.recordingID = identifier(child, ["id", "recording_id"])
                keepChildren(of: child, except: [], path: "\(root.name)/recording", elementID: result.recordingID)
            default: keep(child, path: root.name, elementID: identifier(child, ["parent"]))
            }
        }
        if let orderFault { result.remark(.met010, at: orderFault, "an element comes after one that it should precede") }
        result.groups = document.groups
        result.sessions = document.sessions
        result.participants = document.participants
        result.streams = document.streams
        result.sessionRecordingAssociations = document.sessionRecordings
        result.participantSessionAssociations = document.participantSessions
        result.participantStreamAssociations = document.participantStreams
        result.extensions = document.extensions
        result.generation = MetadataGeneration(root: root, features: document.features)
        checkStructure(&result)
    }

    private static func container(in tree: XMLTree, _ top: XMLNode) -> XMLNode {
        if top.name == "recording" || FirstDraftFormat.isRoot(top) || top.element == .requestSnapshot { return top }
        let below = top.children.first { tree.nodes[$0].name == "recording" && !tree.nodes[$0].children.isEmpty }
        return below.map { tree.nodes[$0] } ?? top
    }

    private func rootKind(_ root: XMLNode) -> RecordingDocument.Root {
        switch root.element {
        case .recording: return .recording
        case .requestSnapshot:
            let reason = root.children.first { tree.nodes[$0].element == .requestReason }
            return .requestSnapshot(reason: reason.flatMap { text(tree.nodes[$0]) })
        default: return FirstDraftFormat.isRoot(root) ? .recording : .unknown(root.name)
        }
    }

    private func mapDataMode(_ node: XMLNode, into result: inout RecordingDocument) {
        guard node.isClosed else { return }
        let value = text(node) ?? ""
        if node.name != "datamode" { result.remark(.met047, at: offset(of: node), "the element is spelled '\(node.name)'") }
        if let mode = RecordingDocument.DataMode(rawValue: value.lowercased()) {
            result.dataMode = mode
            result.dataModeWasExplicit = true
            if value != mode.rawValue { result.remark(.met047, at: offset(of: node), "the value is spelled '\(value)'") }
        } else {
            result.remark(.met004, at: offset(of: node), "'\(value)' is neither complete nor partial")
        }
    }
}

extension RecordingDocument {
    /// What the formats have collected so far.
    struct Collected {
        var groups: [MetadataGroup] = []
        var sessions: [MetadataSession] = []
        var participants: [MetadataParticipant] = []
        var streams: [MetadataStream] = []
        var sessionRecordings: [SessionRecordingAssociation] = []
        var participantSessions: [ParticipantSessionAssociation] = []
        var participantStreams: [ParticipantStreamAssociation] = []
        var extensions: [MetadataExtension] = []
        var features = MetadataGeneration.Features()
    }
}
