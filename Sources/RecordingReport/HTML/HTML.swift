/// A piece of a page. Text in the source is markup; whatever is interpolated is escaped, so that no text of a capture becomes markup:
///
///     let row: HTML = "<td title=\"\(name)\">\(name)</td>"
///
/// Attribute values stand in double quotes, and nothing is interpolated into scripts, styles or event handlers: pages have none but constants.
package struct HTML: Sendable, Equatable {
    /// UTF-8.
    package private(set) var octets: [UInt8] = []

    package init() {}

    /// Digits and letters of a drawing, made by our own code and never of text.
    init(drawing octets: [UInt8]) { self.octets = octets }

    /// Markup that stands in the source: a style sheet or a script.
    init(constant: StaticString) { octets = unsafe Array(UnsafeBufferPointer(start: constant.utf8Start, count: constant.utf8CodeUnitCount)) }

    package var text: String { String(decoding: octets, as: UTF8.self) }
    var isEmpty: Bool { octets.isEmpty }

    static func += (left: inout HTML, right: HTML) { left.octets += right.octets }
}

extension HTML: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { octets = Array(value.utf8) }
    package init(stringInterpolation: StringInterpolation) { octets = stringInterpolation.octets }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var octets: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) { octets.reserveCapacity(literalCapacity + interpolationCount * 16) }

        package mutating func appendLiteral(_ literal: String) { octets += literal.utf8 }

        /// Text: escaped.
        package mutating func appendInterpolation(_ text: String) { HTMLText.append(text, to: &octets) }
        package mutating func appendInterpolation(_ text: String?) { HTMLText.append(text ?? "", to: &octets) }
        package mutating func appendInterpolation(_ number: Int) { Decimal.append(number, to: &octets) }
        /// At most four decimals, the same on every machine.
        package mutating func appendInterpolation(_ number: Double) { Decimal.append(number, to: &octets) }
        /// Markup: as it is.
        package mutating func appendInterpolation(_ html: HTML) { octets += html.octets }
        package mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { octets += part.octets } }
    }
}
