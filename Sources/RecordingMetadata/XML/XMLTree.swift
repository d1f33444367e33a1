import Evidence

struct XMLAttribute {
    let name: String
    let namespace: String?
    let value: String
}

/// One element as it stands in the document; children are indices into the tree, so a deep document needs no recursion to free.
struct XMLNode {
    let name: String
    let prefix: String?
    let namespace: String?
    let attributes: [XMLAttribute]
    /// Octet of `<` in the UTF-8 source, and the octet after the end tag.
    let start: Int
    var end: Int
    var children: [Int] = []
    /// Character data directly in this element.
    var text: [UInt8] = []
    /// False when the document ended, or stopped being readable, before the end tag.
    var isClosed = false
}

/// Why reading stopped before the end.
enum XMLStop: Equatable {
    case malformed(String)
    case declaration
    case depth
    case elements
}

/// What SAX events built: an arena of elements in document order.
struct XMLTree {
    var nodes: [XMLNode] = []
    var stop: XMLStop?
    /// Octet of the source where reading stopped.
    var stopOffset = 0
    /// Namespace errors: the document is readable all the same.
    var namespaceFault: (offset: Int, message: String)?

    /// Whether the root's end tag was seen: everything that the sender wrote was read.
    var isWhole: Bool { nodes.first?.isClosed ?? false }
}

/// Receives SAX events in order and keeps them within bounds.
final class XMLTreeBuilder {
    private(set) var tree = XMLTree()
    private var open: [Int] = []
    private let depthLimit: Int
    private let elementLimit: Int

    init(limits: Limits) {
        depthLimit = limits.metadataDepth
        elementLimit = limits.metadataElements
    }

    /// False where the parser has to stop.
    func begin(_ node: XMLNode) -> Bool {
        guard tree.stop == nil else { return false }
        if open.count >= depthLimit { return stop(.depth, at: node.start) }
        if tree.nodes.count >= elementLimit { return stop(.elements, at: node.start) }
        let index = tree.nodes.count
        if let parent = open.last { tree.nodes[parent].children.append(index) }
        tree.nodes.append(node)
        open.append(index)
        return true
    }

    func text(_ octets: some Sequence<UInt8>) {
        guard tree.stop == nil, let index = open.last else { return }
        tree.nodes[index].text.append(contentsOf: octets)
    }

    func end(at offset: Int) {
        guard tree.stop == nil, let index = open.popLast() else { return }
        tree.nodes[index].end = offset
        tree.nodes[index].isClosed = true
    }

    @discardableResult
    func stop(_ reason: XMLStop, at offset: Int) -> Bool {
        if tree.stop == nil {
            tree.stop = reason
            tree.stopOffset = offset
        }
        return false
    }

    func namespaceFault(_ message: String, at offset: Int) {
        if tree.namespaceFault == nil { tree.namespaceFault = (offset, message) }
    }
}
