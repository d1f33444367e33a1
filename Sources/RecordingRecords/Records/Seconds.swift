/// A span of time in a sidecar: seconds as a number, rounded to nanoseconds so that the text is the same on every machine.
package struct Seconds: Sendable, Hashable, Comparable, Codable {
    package let value: Double

    /// Zero for what is not finite: a sidecar holds no such number.
    package init(_ value: Double) {
        let rounded = (value * 1e9).rounded() / 1e9
        // Adding zero turns -0 into 0.
        self.value = value.isFinite ? (rounded.isFinite ? rounded : value) + 0 : 0
    }

    package init(from decoder: any Decoder) throws { self.init(try decoder.singleValueContainer().decode(Double.self)) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    package static func < (left: Seconds, right: Seconds) -> Bool { left.value < right.value }
}

extension Seconds: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    package init(floatLiteral value: Double) { self.init(value) }
    package init(integerLiteral value: Int) { self.init(Double(value)) }
}
