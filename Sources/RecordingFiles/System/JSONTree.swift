import Reconstruction

/// A JSON value on its way to octets. Scalars are kept as they will be written, one after the other in `scalars`.
final class JSONTree {
    enum Value {
        /// The text of a number, string or literal: where it stands in `scalars`.
        case scalar(start: Int, count: Int)
        case container(Container)
    }

    /// An object or an array, filled while it stands in the tree already.
    final class Container {
        let isObject: Bool
        fileprivate private(set) var members: [Member] = []
        var count: Int { members.count }

        init(isObject: Bool) {
            self.isObject = isObject
            // As many as most have; growing from one on takes four steps.
            members.reserveCapacity(isObject ? 10 : 4)
        }

        /// Keys are empty in an array.
        func add(_ value: Value, key: String = "") { members.append(Member(key: key, start: isObject ? key.leadingOctets : 0, value: value)) }

        /// Puts members in order of their keys.
        fileprivate func sort() {
            members.sort { $0.start == $1.start ? $0.key.precedesByOctets($1.key) : $0.start < $1.start }
        }
    }

    fileprivate struct Member {
        let key: String
        /// The key's first octets, which nearly always decide its place.
        let start: UInt64
        let value: Value
    }

    private var scalars: [UInt8] = []

    // MARK: scalars

    func null() -> Value { literal("null") }
    func bool(_ value: Bool) -> Value { literal(value ? "true" : "false") }
    func integer(_ value: some BinaryInteger) -> Value { literal(String(value)) }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> Value {
        let text = value.description
        return literal(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    func string(_ text: String) -> Value {
        let start = scalars.count
        JSONText.append(text, to: &scalars)
        return .scalar(start: start, count: scalars.count - start)
    }

    private func literal(_ text: String) -> Value {
        let start = scalars.count
        scalars.append(contentsOf: text.utf8)
        return .scalar(start: start, count: scalars.count - start)
    }

    // MARK: octets

    /// The value as text, keys sorted, indented by two spaces.
    func octets(of value: Value) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(scalars.count * 3)
        write(value, depth: 0, to: &out)
        return out
    }

    private func write(_ value: Value, depth: Int, to out: inout [UInt8]) {
        switch value {
        case .scalar(let start, let count):
            unsafe scalars.withUnsafeBufferPointer { unsafe out.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<start + count])) }
        case .container(let container):
            out.append(container.isObject ? 0x7B : 0x5B)
            out.append(0x0A)
            if container.isObject { container.sort() }
            for (index, member) in container.members.enumerated() {
                if index > 0 {
                    out.append(0x2C)
                    out.append(0x0A)
                }
                Self.indent(depth + 1, &out)
                if container.isObject {
                    JSONText.append(member.key, to: &out)
                    out.append(0x20)
                    out.append(0x3A)
                    out.append(0x20)
                }
                write(member.value, depth: depth + 1, to: &out)
            }
            out.append(0x0A)
            Self.indent(depth, &out)
            out.append(container.isObject ? 0x7D : 0x5D)
        }
    }

    private static func indent(_ depth: Int, _ out: inout [UInt8]) { out.append(contentsOf: repeatElement(0x20, count: 2 * depth)) }
}
