import Evidence

/// A record that writes itself as JSON, the same octets as an encoder makes of it.
///
/// A generic encoder looks up the type of each value at run time, keeps a tree of all of them and sorts it. Every recording has a sidecar, and on
/// recordings of seconds that was a quarter of what the end of one cost; written front to back it is a twentieth.
package protocol JSONRecord: Encodable {
    /// Writes the members in order of their keys, by octets.
    func writeMembers(to json: inout JSONText)
}

/// JSON as the sidecars have it: indented by two spaces, UTF-8, slashes plain. What is nil is left out.
package struct JSONText {
    /// The text so far.
    package private(set) var octets: [UInt8] = []
    /// False where a number cannot be written.
    private var isWhole = true
    private var depth = 0
    private var isFirst = true

    private init() { octets.reserveCapacity(16 << 10) }

    /// The record as text, with one line feed at the end; nil where it holds a number that JSON has not.
    package static func octets(of record: some JSONRecord) -> [UInt8]? {
        var json = JSONText()
        json.object(record)
        json.octets.append(0x0A)
        return json.isWhole ? json.octets : nil
    }

    // MARK: members

    mutating func member(_ key: StaticString, _ value: String?) {
        guard let value else { return }
        begin(key)
        Self.append(value, to: &octets)
    }

    mutating func member(_ key: StaticString, _ value: Int?) {
        guard let value else { return }
        begin(key)
        integer(Int64(value))
    }

    mutating func member(_ key: StaticString, _ value: Int64?) {
        guard let value else { return }
        begin(key)
        integer(value)
    }

    mutating func member(_ key: StaticString, _ value: Bool?) {
        guard let value else { return }
        begin(key)
        flag(value)
    }

    mutating func member(_ key: StaticString, _ value: Double?) {
        guard let value else { return }
        begin(key)
        number(value)
    }

    mutating func member(_ key: StaticString, _ value: Seconds?) { member(key, value?.value) }

    mutating func member(_ key: StaticString, _ record: (some JSONRecord)?) {
        guard let record else { return }
        begin(key)
        object(record)
    }

    mutating func member(_ key: StaticString, _ values: [String]?) {
        guard let values else { return }
        begin(key)
        list(values)
    }

    mutating func member(_ key: StaticString, _ values: [Int]) {
        begin(key)
        open(0x5B)
        for value in values {
            separate()
            integer(Int64(value))
        }
        close(0x5D)
    }

    mutating func member(_ key: StaticString, _ records: [some JSONRecord]?) {
        guard let records else { return }
        begin(key)
        open(0x5B)
        for record in records {
            separate()
            object(record)
        }
        close(0x5D)
    }

    /// An object whose keys are not known beforehand.
    mutating func member(_ key: StaticString, _ table: [String: String]) {
        self.table(key, table) { json, value in Self.append(value, to: &json.octets) }
    }

    mutating func member(_ key: StaticString, _ table: [String: OptionValue]) {
        self.table(key, table) { json, value in
            switch value {
            case .text(let text): Self.append(text, to: &json.octets)
            case .number(let number): json.number(Seconds(number).value)
            case .flag(let flag): json.flag(flag)
            case .list(let list): json.list(list)
            }
        }
    }

    private mutating func table<Value>(_ key: StaticString, _ table: [String: Value], _ write: (inout JSONText, Value) -> Void) {
        begin(key)
        open(0x7B)
        for (key, value) in table.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            separate()
            Self.append(key, to: &octets)
            octets.append(contentsOf: [0x20, 0x3A, 0x20])
            write(&self, value)
        }
        close(0x7D)
    }

    // MARK: values

    private mutating func object(_ record: some JSONRecord) {
        open(0x7B)
        record.writeMembers(to: &self)
        close(0x7D)
    }

    private mutating func list(_ values: [String]) {
        open(0x5B)
        for value in values {
            separate()
            Self.append(value, to: &octets)
        }
        close(0x5D)
    }

    private mutating func flag(_ value: Bool) { octets.append(contentsOf: (value ? "true" : "false").utf8) }

    private mutating func integer(_ value: Int64) {
        var rest = value.magnitude
        if value < 0 { octets.append(0x2D) }
        let start = octets.count
        repeat {
            octets.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        octets[start...].reverse()
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    private mutating func number(_ value: Double) {
        guard value.isFinite else {
            isWhole = false
            return
        }
        // Up to here, digits and no exponent.
        if let whole = Int64(exactly: value), whole.magnitude < 1_000_000_000_000_000, whole != 0 || value.sign == .plus { return integer(whole) }
        let text = value.description
        octets.append(contentsOf: (text.hasSuffix(".0") ? text.dropLast(2) : text[...]).utf8)
    }

    /// A string literal (RFC 8259 section 7). What must be escaped is, and what would steer the display of who looks at the file; the slash is not.
    package static func append(_ text: String, to out: inout [UInt8]) {
        out.append(0x22)
        var text = text
        let isPlain = text.withUTF8 { octets in
            guard unsafe octets.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) else { return false }
            unsafe out.append(contentsOf: octets)
            return true
        }
        if !isPlain { appendEscaped(text, to: &out) }
        out.append(0x22)
    }

    private static func appendEscaped(_ text: String, to out: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": out += [0x5C, UInt8(ascii: scalar)]
            case _ where scalar.steersDisplay: escape(scalar, to: &out)
            default: out += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        switch scalar.value {
        case 0x08: out += "\\b".utf8
        case 0x09: out += "\\t".utf8
        case 0x0A: out += "\\n".utf8
        case 0x0C: out += "\\f".utf8
        case 0x0D: out += "\\r".utf8
        // One unit of UTF-16, or a pair.
        default:
            for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
                let digits = String(unit, radix: 16)
                out += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
            }
        }
    }

    // MARK: layout

    private mutating func begin(_ key: StaticString) {
        separate()
        octets.append(0x22)
        key.withUTF8Buffer { unsafe octets.append(contentsOf: $0) }
        octets.append(contentsOf: [0x22, 0x20, 0x3A, 0x20])
    }

    /// What stands before each member and element.
    private mutating func separate() {
        if isFirst { isFirst = false } else { octets.append(contentsOf: [0x2C, 0x0A]) }
        indent()
    }

    private mutating func open(_ bracket: UInt8) {
        octets.append(bracket)
        octets.append(0x0A)
        depth += 1
        isFirst = true
    }

    private mutating func close(_ bracket: UInt8) {
        octets.append(0x0A)
        depth -= 1
        indent()
        octets.append(bracket)
        isFirst = false
    }

    private mutating func indent() { for _ in 0..<2 * depth { octets.append(0x20) } }
}
