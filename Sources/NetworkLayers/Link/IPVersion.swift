import Evidence

/// The first four bits of an IP header.
enum IPVersion {
    /// IP of the expected version at `start`, or why not.
    static func step(_ bytes: RawSpan, start: Int, expected: UInt8) -> InnerStep {
        guard start < bytes.byteCount else { return .stop(.truncated(start)) }
        return bytes.u8(start) >> 4 == expected ? .inner(.ip, start: start) : .stop(.malformed(start))
    }
}

extension FrameContent {
    /// What lies behind a resolved EtherType.
    static func follow(_ bytes: RawSpan, _ step: LinkStep) -> InnerStep {
        switch step {
        // The EtherType decides here, as it does on the short way: IPv6 below 0x0800 is malformed.
        case .payload(EtherType.ipv4, let start): IPVersion.step(bytes, start: start, expected: 4)
        case .payload(EtherType.ipv6, let start): IPVersion.step(bytes, start: start, expected: 6)
        case .payload(let type, let start): EtherType.step(bytes, type: type, start: start)
        case .stop(let other): .stop(other)
        case .uncommon: .stop(.notIP(0))
        }
    }
}
