extension DocumentMapper {
    /// Leaves of the element in document order.
    func values(of node: XMLNode) -> [ExtensionValue] {
        var out: [ExtensionValue] = []
        // The tree's depth is bounded, but a hostile document may still hold many elements: both bounds end the walk.
        var pending: [(node: XMLNode, path: String)] = [(node, "")]
        var visited = 0
        while let (current, parent) = pending.popLast(), out.count < ExtensionValue.countLimit, visited < 8 * ExtensionValue.countLimit {
            visited += 1
            let path = String((parent.isEmpty ? "" : parent + "/").suffix(1024)) + Self.step(current)
            let text = String(decoding: current.text.prefix(4 * ExtensionValue.octetLimit), as: UTF8.self).trimmedXML
            if !text.isEmpty && current.isClosed || current.children.isEmpty {
                out.append(
                    ExtensionValue(
                        namespace: current.namespace, name: current.name, path: path, value: current.isClosed ? ExtensionValue.bounded(text) : ""))
            }
            for child in current.children.reversed() { pending.append((tree.nodes[child], path)) }
        }
        return out
    }

    private static func step(_ node: XMLNode) -> String {
        guard !node.attributes.isEmpty else { return node.name }
        let attributes = node.attributes.prefix(8).map { "\($0.name)=\($0.value.prefix(128))" }
        return "\(node.name)[\(attributes.joined(separator: ","))]"
    }
}
