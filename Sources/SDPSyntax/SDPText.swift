import Evidence

/// Text helpers of this module; all grammar is ASCII, so that octets are split and only what is wanted becomes text.
enum SDPText {
    /// Attributes whose value is or holds key material.
    static let secretAttributes = ["crypto", "key-mgmt", "ice-pwd"]

    static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    /// Octets that are not UTF-8 become U+FFFD.
    static func text(_ octets: ArraySlice<UInt8>) -> String { String(decoding: octets, as: UTF8.self) }

    /// Without blanks and carriage returns at both ends.
    static func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var low = octets.startIndex
        var high = octets.endIndex
        while low < high, isBlank(octets[low]) || octets[low] == 0x0D { low += 1 }
        while high > low, isBlank(octets[high - 1]) || octets[high - 1] == 0x0D { high -= 1 }
        return octets[low..<high]
    }

    /// Fields separated by one or more blanks.
    static func fields(_ text: some StringProtocol) -> [String] { SDPFields(Array(text.utf8)[...]).map { self.text($0) } }

    /// A number of ASCII digits only, without sign.
    static func number<T: FixedWidthInteger>(_ text: some StringProtocol, _ type: T.Type = T.self) -> T? { number(Array(text.utf8)[...], type) }

    static func number<T: FixedWidthInteger>(_ octets: ArraySlice<UInt8>, _ type: T.Type = T.self) -> T? {
        guard !octets.isEmpty else { return nil }
        var value: T = 0
        for octet in octets {
            guard octet.isASCIIDigit, let digit = T(exactly: octet - 0x30) else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = product.addingReportingOverflow(digit)
            guard !isTooLarge, !overflows else { return nil }
            value = sum
        }
        return value
    }
}

/// Fields separated by one or more blanks.
struct SDPFields: Sequence, IteratorProtocol {
    /// What was not taken yet, with the blanks before it.
    private(set) var rest: ArraySlice<UInt8>

    init(_ octets: ArraySlice<UInt8>) { rest = octets }

    mutating func next() -> ArraySlice<UInt8>? {
        var start = rest.startIndex
        while start < rest.endIndex, SDPText.isBlank(rest[start]) { start += 1 }
        guard start < rest.endIndex else {
            rest = rest[start...]
            return nil
        }
        var end = start
        while end < rest.endIndex, !SDPText.isBlank(rest[end]) { end += 1 }
        defer { rest = rest[end...] }
        return rest[start..<end]
    }
}
