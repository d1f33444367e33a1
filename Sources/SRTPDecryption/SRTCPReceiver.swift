import Evidence

/// What became of one SRTCP packet.
package enum SRTCPOutcome: Equatable, Sendable {
    /// Authenticated and decrypted under this 31-bit index.
    case opened(index: UInt32)
    /// A copy of a packet that was opened before.
    case duplicate
    /// No key authenticates it.
    case failed
}

/// Opens the SRTCP packets of one direction with the keys that may protect it (RFC 3711 section 3.4).
///
/// The index travels in each packet, so there is no counter to guess. Order of trust: authentication, replay list, and only then state. A class,
/// because it owns cipher contexts. Not for two threads at once.
package final class SRTCPReceiver {
    private struct Candidate {
        let context: SRTPContext
        var received: [UInt32: ReceivedPackets] = [:]
    }

    private var candidates: [Candidate]
    /// Sources of which copies are told apart, under one key.
    private static let sources = 64
    /// Packets opened.
    package private(set) var authenticated = 0
    /// Copies of packets that were opened before.
    package private(set) var duplicates = 0
    /// Packets that no key authenticates.
    package private(set) var failed = 0

    /// `keys` in order of preference; keys of a suite that libcrypto refuses are left out.
    package init(keys: [SRTPMasterKey]) { candidates = keys.flatMap(Self.candidates) }

    private static func candidates(_ key: SRTPMasterKey) -> [Candidate] {
        SRTPKeyDerivation.methods(for: key.suite).compactMap { SRTPContext(key, by: $0).map { Candidate(context: $0) } }
    }

    /// A key learned later.
    package func add(_ key: SRTPMasterKey) { candidates += Self.candidates(key) }

    /// `out` becomes the RTCP compound in clear; empty unless the packet was opened.
    package func open(_ packet: RawSpan, into out: inout [UInt8]) -> SRTCPOutcome {
        for number in candidates.indices {
            guard let index = candidates[number].context.openRTCP(packet, into: &out) else { continue }
            if number > 0 { candidates.swapAt(0, number) }
            guard isNew(packet, index) else {
                out.removeAll(keepingCapacity: true)
                duplicates += 1
                return .duplicate
            }
            authenticated += 1
            return .opened(index: index)
        }
        failed += 1
        return .failed
    }

    /// Whether the candidate in front, which opened the packet, has not opened it before. The packet was authenticated, so it has a source.
    private func isNew(_ packet: RawSpan, _ index: UInt32) -> Bool {
        let source = packet.be32(4)
        guard candidates[0].received[source] != nil || candidates[0].received.count < Self.sources else { return true }
        // Part of the tag, wherever it stands: tells packets of a sender apart that began its index anew. The shortest packet has 22 octets.
        let word = packet.be32(packet.byteCount - 4) ^ packet.be32(packet.byteCount - 8) ^ packet.be32(packet.byteCount - 12)
        if case .copy = candidates[0].received[source, default: ReceivedPackets()].judge(UInt64(index), word) { return false }
        candidates[0].received[source, default: ReceivedPackets()].record(UInt64(index), word)
        return true
    }
}
