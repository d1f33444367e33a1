import Evidence

/// Reading values out of elements, the same for every generation.
extension DocumentMapper {
    func offset(of node: XMLNode) -> Int { source.captured(node.start) }

    /// Character data of a closed element without surrounding blanks; nil when empty or cut, for half a value is a wrong value.
    func text(_ node: XMLNode) -> String? {
        guard node.isClosed, !node.text.isEmpty else { return nil }
        let text = String(trimmingXML: node.text[...])
        return text.isEmpty ? nil : text
    }

    /// As `text` without any blank inside: identifiers are folded over lines by some senders (RFC 8068 does so).
    func compactText(_ node: XMLNode) -> String? { text(node).map(Self.compact) }

    static func compact(_ text: String) -> String {
        hasBlanks(text) ? String(decoding: text.utf8.filter { !XMLMarkupScanner.isSpace($0) }, as: UTF8.self) : text
    }

    static func hasBlanks(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { unsafe $0.contains(where: XMLMarkupScanner.isSpace) }
    }

    /// The first of these attributes that exists, without blanks; empty is kept, so that it can be told from absent. Names in lower case.
    func identifier(_ node: XMLNode, _ names: [String]) -> String? {
        for name in names {
            if let attribute = node.attributes.first(where: { $0.folded == name }) { return Self.compact(attribute.value) }
        }
        return nil
    }

    /// Children with one of these names that belong to the metadata, in order.
    func children(of node: XMLNode, named names: ElementName) -> [XMLNode] {
        guard !node.childElements.isDisjoint(with: names) else { return [] }
        return node.children.compactMap { index in
            let child = tree.nodes[index]
            return !child.element.isDisjoint(with: names) && isCore(child) ? child : nil
        }
    }

    /// The first of them.
    func child(of node: XMLNode, named name: ElementName) -> XMLNode? {
        guard !node.childElements.isDisjoint(with: name) else { return nil }
        for index in node.children {
            let child = tree.nodes[index]
            if !child.element.isDisjoint(with: name), isCore(child) { return child }
        }
        return nil
    }

    func time(in node: XMLNode, _ name: ElementName) -> MetadataTime? {
        child(of: node, named: name).flatMap(text).map { MetadataTime($0) }
    }

    /// Whether an element belongs to the metadata vocabulary rather than to an extension.
    func isCore(_ node: XMLNode) -> Bool {
        guard let namespace = node.namespace else { return node.prefix == nil || node.prefix == root.prefix }
        return namespace == root.namespace || namespace == "urn:ietf:params:xml:ns:siprec" || namespace == "urn:ietf:params:xml:ns:recording"
            || namespace.hasPrefix("urn:ietf:params:xml:ns:recording:")
    }

    mutating func keepChildren(of node: XMLNode, except known: ElementName, path: String, elementID: String?) {
        for index in node.children {
            let child = tree.nodes[index]
            if !child.element.isDisjoint(with: known), isCore(child) { continue }
            keep(child, path: path, elementID: elementID)
        }
    }

    /// `known`: in lower case.
    mutating func keepUnknownAttributes(of node: XMLNode, path: String, known: [String], elementID: String?) {
        for attribute in node.attributes where !known.contains(attribute.folded) {
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
        let part = node.start < end ? String(trimmingXML: source.utf8[node.start..<end]) : ""
        document.extensions.append(
            MetadataExtension(
                path: path, namespace: node.namespace, name: node.name, elementID: elementID, xml: part, values: values(of: node),
                offset: offset(of: node)))
    }
}
