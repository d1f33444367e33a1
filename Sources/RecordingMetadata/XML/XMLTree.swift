import Evidence

/// A local name, or a prefix or namespace, with what comparing needs.
struct XMLName {
    let text: String
    /// In lower case: senders write names in whatever case.
    let folded: String
    let element: ElementName

    static let none = XMLName("")

    init(_ text: String) {
        self.text = text
        folded = text.utf8.contains { $0 >= 0x80 || $0 != $0.asciiLowercased } ? text.lowercased() : text
        element = ElementName(folded)
    }
}

struct XMLAttribute {
    private let known: XMLName
    let namespace: String?
    let value: String

    var name: String { known.text }
    /// The name in lower case.
    var folded: String { known.folded }

    init(name: XMLName, namespace: String?, value: String) {
        known = name
        self.namespace = namespace
        self.value = value
    }
}

/// One element as it stands in the document; children are indices into the tree, so a deep document needs no recursion to free.
///
/// A class, because the mapping hands elements around: copying seven references for each look at one took a fifth of its time.
final class XMLNode {
    private let known: XMLName
    let prefix: String?
    let namespace: String?
    let attributes: [XMLAttribute]
    /// Octet of `<` in the UTF-8 source, and the octet after the end tag.
    let start: Int
    fileprivate(set) var end: Int
    fileprivate(set) var children: [Int] = []
    /// What is among the children: most questions for a child end here.
    fileprivate(set) var childElements: ElementName = []
    /// Character data directly in this element.
    fileprivate(set) var text: [UInt8] = []
    /// False when the document ended, or stopped being readable, before the end tag.
    fileprivate(set) var isClosed = false

    var name: String { known.text }
    /// What the name means to RFC 7865 and its drafts, in whatever case it is written.
    var element: ElementName { known.element }

    init(name: XMLName, prefix: String?, namespace: String?, attributes: [XMLAttribute], start: Int) {
        known = name
        self.prefix = prefix
        self.namespace = namespace
        self.attributes = attributes
        self.start = start
        end = start
    }
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
    /// Elements whose end tag has not come; none once reading has stopped.
    private var open: [XMLNode] = []
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
        if let parent = open.last {
            parent.children.append(tree.nodes.count)
            parent.childElements.formUnion(node.element)
        }
        tree.nodes.append(node)
        open.append(node)
        return true
    }

    func text(_ octets: some Sequence<UInt8>) { open.last?.text.append(contentsOf: octets) }

    func end(at offset: Int) {
        guard let node = open.popLast() else { return }
        node.end = offset
        node.isClosed = true
    }

    @discardableResult
    func stop(_ reason: XMLStop, at offset: Int) -> Bool {
        if tree.stop == nil {
            tree.stop = reason
            tree.stopOffset = offset
            open = []
        }
        return false
    }

    func namespaceFault(_ message: String, at offset: Int) {
        if tree.namespaceFault == nil { tree.namespaceFault = (offset, message) }
    }
}
