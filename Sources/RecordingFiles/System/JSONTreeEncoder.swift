/// Encodes a value into a `JSONTree`. The same octets as Foundation's encoder makes of numbers, strings, arrays and objects, at half the cost:
/// a run writes a sidecar for each recording, and on short recordings those were a twelfth of all work.
final class JSONTreeEncoder: Encoder {
    private let tree: JSONTree
    /// What was encoded; nil until something was.
    private var value: JSONTree.Value?
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    private init(_ tree: JSONTree) { self.tree = tree }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let tree = JSONTree()
        return tree.octets(of: try encode(value, into: tree))
    }

    /// A value that encodes nothing is an empty object.
    fileprivate static func encode<Item: Encodable>(_ item: Item, into tree: JSONTree) throws -> JSONTree.Value {
        let encoder = JSONTreeEncoder(tree)
        try item.encode(to: encoder)
        return encoder.value ?? .container(JSONTree.Container(isObject: true))
    }

    fileprivate static func number<Number: BinaryFloatingPoint & CustomStringConvertible>(_ number: Number, in tree: JSONTree) throws -> JSONTree.Value {
        guard number.isFinite else { throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "JSON has no such number")) }
        return tree.number(number)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Members(tree, container(isObject: true)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Elements(tree, container(isObject: false)) }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// Asked twice, it is the same one.
    private func container(isObject: Bool) -> JSONTree.Container {
        if case .container(let known) = value, known.isObject == isObject { return known }
        let fresh = JSONTree.Container(isObject: isObject)
        value = .container(fresh)
        return fresh
    }
}

extension JSONTreeEncoder: SingleValueEncodingContainer {
    func encodeNil() { value = tree.null() }
    func encode(_ item: Bool) { value = tree.bool(item) }
    func encode(_ item: String) { value = tree.string(item) }
    func encode(_ item: some BinaryInteger & Encodable) { value = tree.integer(item) }
    func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable) throws { value = try Self.number(item, in: tree) }
    func encode(_ item: some Encodable) throws { value = try Self.encode(item, into: tree) }
}

/// The members of an object.
private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let tree: JSONTree
    private let container: JSONTree.Container
    var codingPath: [any CodingKey] { [] }

    init(_ tree: JSONTree, _ container: JSONTree.Container) {
        self.tree = tree
        self.container = container
    }

    private func add(_ value: JSONTree.Value, _ key: some CodingKey) { container.add(value, key: key.stringValue) }

    mutating func encodeNil(forKey key: Key) { add(tree.null(), key) }
    mutating func encode(_ item: Bool, forKey key: Key) { add(tree.bool(item), key) }
    mutating func encode(_ item: String, forKey key: Key) { add(tree.string(item), key) }
    mutating func encode(_ item: some BinaryInteger & Encodable, forKey key: Key) { add(tree.integer(item), key) }
    mutating func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable, forKey key: Key) throws {
        add(try JSONTreeEncoder.number(item, in: tree), key)
    }
    mutating func encode(_ item: some Encodable, forKey key: Key) throws { add(try JSONTreeEncoder.encode(item, into: tree), key) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        let nested = JSONTree.Container(isObject: true)
        add(.container(nested), key)
        return KeyedEncodingContainer(Members<Nested>(tree, nested))
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        let nested = JSONTree.Container(isObject: false)
        add(.container(nested), key)
        return Elements(tree, nested)
    }

    /// Super classes encode into the same object: no record of ours is a class.
    mutating func superEncoder() -> any Encoder { JSONTreeEncoder.within(container, tree) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { JSONTreeEncoder.within(container, tree) }
}

/// The elements of an array.
private struct Elements: UnkeyedEncodingContainer {
    private let tree: JSONTree
    private let container: JSONTree.Container
    var codingPath: [any CodingKey] { [] }
    var count: Int { container.count }

    init(_ tree: JSONTree, _ container: JSONTree.Container) {
        self.tree = tree
        self.container = container
    }

    private func add(_ value: JSONTree.Value) { container.add(value) }

    mutating func encodeNil() { add(tree.null()) }
    mutating func encode(_ item: Bool) { add(tree.bool(item)) }
    mutating func encode(_ item: String) { add(tree.string(item)) }
    mutating func encode(_ item: some BinaryInteger & Encodable) { add(tree.integer(item)) }
    mutating func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable) throws {
        add(try JSONTreeEncoder.number(item, in: tree))
    }
    mutating func encode(_ item: some Encodable) throws { add(try JSONTreeEncoder.encode(item, into: tree)) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        let nested = JSONTree.Container(isObject: true)
        add(.container(nested))
        return KeyedEncodingContainer(Members<Nested>(tree, nested))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        let nested = JSONTree.Container(isObject: false)
        add(.container(nested))
        return Elements(tree, nested)
    }

    mutating func superEncoder() -> any Encoder { JSONTreeEncoder.within(container, tree) }
}

extension JSONTreeEncoder {
    fileprivate static func within(_ container: JSONTree.Container, _ tree: JSONTree) -> JSONTreeEncoder {
        let encoder = JSONTreeEncoder(tree)
        encoder.value = .container(container)
        return encoder
    }
}
