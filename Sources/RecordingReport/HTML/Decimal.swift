/// Numbers as text, without a locale and without exponents.
enum Decimal {
    static func text(_ value: Double, digits: Int = 4) -> String {
        var out: [UInt8] = []
        append(value, digits: digits, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// At most `digits` decimals, without zeroes at the end; 0 for what no page can show.
    static func append(_ value: Double, digits: Int = 4, to out: inout [UInt8]) {
        guard value.isFinite, abs(value) < 1e12 else { return out.append(0x30) }
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded())
        if value < 0, scaled > 0 { out.append(0x2D) }
        append(scaled / scale, to: &out)
        var rest = scaled % scale
        guard rest > 0 else { return }
        out.append(0x2E)
        while rest > 0 {
            scale /= 10
            out.append(0x30 + UInt8(truncatingIfNeeded: rest / scale))
            rest %= scale
        }
    }

    static func append(_ value: Int, to out: inout [UInt8]) {
        if value < 0 { out.append(0x2D) }
        var rest = value.magnitude
        var place: UInt = 1
        while rest / place >= 10 { place *= 10 }
        while place > 0 {
            out.append(0x30 + UInt8(truncatingIfNeeded: rest / place))
            rest %= place
            place /= 10
        }
    }
}
