import Evidence

/// The head of a message as the module sipdump of Kamailio writes it: lines of `name: value` after a row of `=` and before a row of `~`.
///
///      time: 1499097603.470217    srcip: 192.0.2.1    srcport: 5060    dstip: 198.51.100.2    dstport: 5060
struct DumpHead: Sendable {
    private var nanoseconds: Int64?
    private var source: IPAddress?
    private var destination: IPAddress?
    private var sourcePort: UInt16?
    private var destinationPort: UInt16?

    /// Takes one line; others than those that are wanted are passed over.
    mutating func take(_ line: [UInt8]) {
        guard line.count < 128, let colon = line.firstIndex(of: 0x3A) else { return }
        let value = String(decoding: line[(colon + 1)...], as: UTF8.self).filter { $0 != " " && $0 != "\r" }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "time": nanoseconds = Self.time(value)
        case "srcip": source = IPAddress(value[...])
        case "dstip": destination = IPAddress(value[...])
        case "srcport": sourcePort = UInt16(value)
        case "dstport": destinationPort = UInt16(value)
        default: break
        }
    }

    /// What the lines say, where none is missing.
    var timeLine: TimeLine? {
        guard let nanoseconds, let source, let destination, let sourcePort, let destinationPort else { return nil }
        return TimeLine(at: nanoseconds, source: Endpoint(source, sourcePort), destination: Endpoint(destination, destinationPort))
    }

    private static func time(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let first = parts.first, let seconds = Int64(first), (0...9_000_000_000).contains(seconds) else { return nil }
        let fraction = parts.count > 1 ? parts[1].prefix(9) : ""
        guard fraction.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return seconds * 1_000_000_000 + (Int64(fraction + String(repeating: "0", count: 9 - fraction.count)) ?? 0)
    }
}
