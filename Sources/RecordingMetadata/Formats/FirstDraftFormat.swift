/// Drafts of 2011 (draft-ram-siprec-metadata-format and the first draft-ietf-siprec-metadata): a container `recording_metadata` that holds a
/// `recording` element beside the others, identifiers as `urn:uuid:`, the address in a child element, stream identifiers in `send/id`.
enum FirstDraftFormat {
    static let namespace = "urn:ietf:params:xml:ns:siprec"

    static func isRoot(_ node: XMLNode) -> Bool { node.name == "recording_metadata" || node.name == "recording-metadata" }

    /// `<aor>` and `<name>` as children of the participant.
    static func nameIDs(of participant: XMLNode, in mapper: DocumentMapper) -> [MetadataNameID] {
        let aors = mapper.children(of: participant, named: .aor).compactMap(mapper.text)
        let name = mapper.child(of: participant, named: .name)
        if aors.isEmpty, let name, let text = mapper.text(name) {
            return [MetadataNameID(aor: "", name: text, language: mapper.identifier(name, ["lang"]))]
        }
        return aors.map { MetadataNameID(aor: $0, name: name.flatMap(mapper.text), language: name.flatMap { mapper.identifier($0, ["lang"]) }) }
    }

    /// `<id>` children of `send` or `recv`.
    static func nestedIDs(of node: XMLNode, in mapper: DocumentMapper) -> [String] {
        mapper.children(of: node, named: .id).compactMap(mapper.compactText)
    }
}
