import Evidence

/// Reading values out of elements, the same for every generation.
extension DocumentMapper {
    func offset(of node: XMLNode) -> Int { source.captured(node.start) }

    /// Character data of a closed element without surrounding blanks; nil when empty or cut, for half a value is a wrong value.
    func text(_ node: XMLNode) -> String? {
        guard node.isClosed else { return nil }
        let text = String(decoding: node.text, as: UTF8.self).trimmedXML
        return text.isEmpty ? nil : text
    }

    /// As `text` without any blank inside: identifiers are folded over lines by some senders (RFC 8068 does so).
    func compactText(_ node: XMLNode) -> String? { text(node).map(Self.compact) }

    static func compact(_ text: String) -> String { String(decoding: text.utf8.filter { !XMLMarkupScanner.isSpace($0) }, as: UTF8.self) }

    /// The first of these attributes that exists, without blanks; empty is kept, so that it can be told from absent.
    func identifier(_ node: XMLNode, _ names: [String]) -> String? {
        for name in names {
            if let attribute = node.attributes.first(where: { $0.name.lowercased() == name }) { return Self.compact(attribute.value) }
        }
        return nil
    }

    func children(of node: XMLNode, named names: String...) -> [XMLNode] {
        node.children.map { tree.nodes[$0] }.filter { names.contains($0.name.lowercased()) && isCore($0, root: tree.nodes[container]) }
    }

    func time(in node: XMLNode, _ name: String) -> MetadataTime? {
        children(of: node, named: name).first.flatMap(text).map { MetadataTime($0) }
    }

    /// Whether an element belongs to the metadata vocabulary rather than to an extension.
    func isCore(_ node: XMLNode, root: XMLNode) -> Bool {
        guard let namespace = node.namespace else { return node.prefix == nil || node.prefix == root.prefix }
        return namespace == root.namespace || namespace == "urn:ietf:params:xml:ns:siprec" || namespace == "urn:ietf:params:xml:ns:recording"
            || namespace.hasPrefix("urn:ietf:params:xml:ns:recording:")
    }

    mutating func keepChildren(of node: XMLNode, except known: Set<String>, path: String, elementID: String?) {
        for index in node.children {
            let child = tree.nodes[index]
            if known.contains(child.name.lowercased()), isCore(child, root: tree.nodes[container]) { continue }
            keep(child, path: path, elementID: elementID)
        }
    }

    mutating func keepUnknownAttributes(of node: XMLNode, path: String, known: Set<String>, elementID: String?) {
        for attribute in node.attributes where !known.contains(attribute.name.lowercased()) {
            document.extensions.append(
                MetadataExtension(
                    path: path.isEmpty ? node.name : "\(path)/\(node.name)", namespace: attribute.namespace, name: "@\(attribute.name)", elementID: elementID,
                    xml: attribute.value,
                    values: [
                        ExtensionValue(
                            namespace: attribute.namespace, name: "@\(attribute.name)", path: "@\(attribute.name)",
                            value: ExtensionValue.bounded(attribute.value.trimmedXML))
                    ], offset: offset(of: node)))
        }
    }

    /// Keeps an element that we have no place for.
    mutating func keep(_ node: XMLNode, path: String, elementID: String?) {
        let end = node.isClosed ? node.end : min(source.utf8.count, tree.stop == nil ? source.utf8.count : tree.stopOffset)
        let part = node.start < end ? String(decoding: source.utf8[node.start..<end], as: UTF8.self) : ""
        document.extensions.append(
            MetadataExtension(
                path: path, namespace: node.namespace, name: node.name, elementID: elementID, xml: part.trimmedXML, values: values(of: node),
                offset: offset(of: node)))
    }
}
