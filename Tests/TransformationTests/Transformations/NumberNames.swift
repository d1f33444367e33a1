/// Numbers in the texts of messages.
enum NumberNames {
    /// Gives each number that stands behind a mark its other name.
    static func replace(after mark: [UInt8], by names: [Int: Int], in octets: inout [UInt8], _ range: Range<Int>) {
        var at = range.lowerBound
        while at + mark.count < range.upperBound {
            guard octets[at] == mark[0], octets[at..<(at + mark.count)].elementsEqual(mark) else {
                at += 1
                continue
            }
            at += mark.count
            let end = octets[at..<range.upperBound].firstIndex { !(0x30...0x39).contains($0) } ?? range.upperBound
            if let number = Int(String(decoding: octets[at..<end], as: UTF8.self)), let name = names[number] {
                octets.replaceSubrange(at..<end, with: Array(String(name).utf8))
            }
        }
    }
}
