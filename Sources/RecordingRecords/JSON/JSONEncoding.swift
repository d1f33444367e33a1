/// A value on its way into a `JSONText`: what `Encodable` calls. Containers end when something is written beside them.
struct JSONEncoding: Encoder {
    private let text: JSONText
    /// How many objects and arrays are around it.
    private let depth: Int
    let serial: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Begins a value where `text` has made room for one.
    init(_ text: JSONText, depth: Int) {
        self.text = text
        self.depth = depth
        serial = text.buffer.begin(depth: depth)
    }

    /// Within a container that has begun already.
    fileprivate init(_ text: JSONText, depth: Int, serial: Int) {
        self.text = text
        self.depth = depth
        self.serial = serial
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        text.buffer.open(depth, serial, isObject: true)
        return KeyedEncodingContainer(JSONMembers(text, depth, serial))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        text.buffer.open(depth, serial, isObject: false)
        return JSONElements(text, depth, serial)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONEncoding: SingleValueEncodingContainer {
    func encodeNil() { text.buffer.null() }
    func encode(_ item: Bool) { text.buffer.bool(item) }
    func encode(_ item: String) { text.buffer.string(item) }
    func encode(_ item: some BinaryInteger & Encodable) { text.buffer.integer(item) }
    func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable) { text.buffer.number(item) }
    func encode(_ item: some Encodable) throws { try item.encode(to: self) }
}

/// The members of an object.
private struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let text: JSONText
    private let depth: Int
    private let serial: Int
    var codingPath: [any CodingKey] { [] }

    init(_ text: JSONText, _ depth: Int, _ serial: Int) {
        self.text = text
        self.depth = depth
        self.serial = serial
    }

    private func begin(_ key: Key) { text.buffer.member(depth, serial, key.stringValue) }

    mutating func encodeNil(forKey key: Key) {
        begin(key)
        text.buffer.null()
    }

    mutating func encode(_ item: Bool, forKey key: Key) {
        begin(key)
        text.buffer.bool(item)
    }

    mutating func encode(_ item: String, forKey key: Key) {
        begin(key)
        text.buffer.string(item)
    }

    mutating func encode(_ item: some BinaryInteger & Encodable, forKey key: Key) {
        begin(key)
        text.buffer.integer(item)
    }

    mutating func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable, forKey key: Key) {
        begin(key)
        text.buffer.number(item)
    }

    mutating func encode(_ item: some Encodable, forKey key: Key) throws {
        begin(key)
        try text.encode(item, depth: depth + 1)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
        begin(key)
        return JSONEncoding(text, depth: depth + 1).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        begin(key)
        return JSONEncoding(text, depth: depth + 1).unkeyedContainer()
    }

    /// Super classes encode into the same object: no record of ours is a class.
    mutating func superEncoder() -> any Encoder { JSONEncoding(text, depth: depth, serial: serial) }
    mutating func superEncoder(forKey key: Key) -> any Encoder { JSONEncoding(text, depth: depth, serial: serial) }
}

/// The elements of an array.
private struct JSONElements: UnkeyedEncodingContainer {
    private let text: JSONText
    private let depth: Int
    private let serial: Int
    var codingPath: [any CodingKey] { [] }
    var count: Int { text.buffer.count(depth, serial) }

    init(_ text: JSONText, _ depth: Int, _ serial: Int) {
        self.text = text
        self.depth = depth
        self.serial = serial
    }

    private func begin() { text.buffer.element(depth, serial) }

    mutating func encodeNil() {
        begin()
        text.buffer.null()
    }

    mutating func encode(_ item: Bool) {
        begin()
        text.buffer.bool(item)
    }

    mutating func encode(_ item: String) {
        begin()
        text.buffer.string(item)
    }

    mutating func encode(_ item: some BinaryInteger & Encodable) {
        begin()
        text.buffer.integer(item)
    }

    mutating func encode(_ item: some BinaryFloatingPoint & CustomStringConvertible & Encodable) {
        begin()
        text.buffer.number(item)
    }

    mutating func encode(_ item: some Encodable) throws {
        begin()
        try text.encode(item, depth: depth + 1)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        begin()
        return JSONEncoding(text, depth: depth + 1).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        begin()
        return JSONEncoding(text, depth: depth + 1).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { JSONEncoding(text, depth: depth, serial: serial) }
}
