/// One value inside an extension, flat: what a reader needs who has no XML parser.
package struct ExtensionValue: Sendable, Equatable, Hashable {
    /// Of the element or attribute; nil where it has none.
    package let namespace: String?
    /// Local name; with a leading `@` for an attribute.
    package let name: String
    /// From the extension's own element to this one, attributes in brackets: `extensiondata/header[label=P-Asserted-Identity]/value`.
    package let path: String
    /// Character data without surrounding blanks, at most `octetLimit` octets; empty for an empty element.
    package let value: String

    /// Values of one extension that are listed; its verbatim form has them all.
    static let countLimit = 256
    static let octetLimit = 4096

    package init(namespace: String?, name: String, path: String, value: String) {
        self.namespace = namespace
        self.name = name
        self.path = path
        self.value = value
    }

    /// Text of at most `octetLimit` octets, cut between characters.
    static func bounded(_ text: String) -> String {
        guard text.utf8.count > octetLimit else { return text }
        var out = ""
        for character in text.prefix(octetLimit) {
            if out.utf8.count + character.utf8.count > octetLimit { break }
            out.append(character)
        }
        return out
    }
}

/// What an extension speaks of.
package struct ExtensionOwner: Sendable, Equatable, Hashable {
    package enum Kind: Sendable { case recording, group, session, participant, stream }

    package let kind: Kind
    /// Nil for the recording.
    package let id: String?

    package init(kind: Kind, id: String?) {
        self.kind = kind
        self.id = id
    }
}

/// What extensions of one document speak of.
struct ExtensionOwners {
    /// By identifier; the first kind that has it.
    private var kinds: [String: ExtensionOwner.Kind] = [:]

    init(_ document: RecordingDocument) {
        guard !document.extensions.isEmpty else { return }
        func add(_ id: String, _ kind: ExtensionOwner.Kind) { if kinds[id] == nil { kinds[id] = kind } }
        for element in document.sessions { add(element.id, .session) }
        for element in document.participants { add(element.id, .participant) }
        for element in document.groups { add(element.id, .group) }
        for element in document.streams { add(element.id, .stream) }
    }

    /// The element around it, or the one that its `parent` attribute names.
    func owner(of element: MetadataExtension) -> ExtensionOwner {
        guard let id = element.elementID, !id.isEmpty else { return ExtensionOwner(kind: .recording, id: nil) }
        switch element.path.split(separator: "/").last?.lowercased() {
        case "group": return ExtensionOwner(kind: .group, id: id)
        case "session", "sessionrecordingassoc": return ExtensionOwner(kind: .session, id: id)
        case "participant", "participantsessionassoc", "participantstreamassoc": return ExtensionOwner(kind: .participant, id: id)
        case "stream": return ExtensionOwner(kind: .stream, id: id)
        default: return kinds[id].map { ExtensionOwner(kind: $0, id: id) } ?? ExtensionOwner(kind: .recording, id: nil)
        }
    }
}
