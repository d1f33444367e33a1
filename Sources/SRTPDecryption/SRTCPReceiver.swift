import Evidence

/// Opens the SRTCP packets of one direction with the keys that may protect it (RFC 3711 section 3.4).
///
/// Copies are not told apart: reports repeat anyway and nothing counts them. Not for two threads at once.
package final class SRTCPReceiver {
    private var contexts: [SRTPContext]
    /// Packets opened.
    package private(set) var authenticated = 0
    /// Packets that no key authenticates.
    package private(set) var failed = 0

    /// `keys` in order of preference; keys of a suite that libcrypto refuses are left out.
    package init(keys: [SRTPMasterKey]) { contexts = keys.flatMap(Self.contexts) }

    private static func contexts(_ key: SRTPMasterKey) -> [SRTPContext] {
        SRTPKeyDerivation.methods(for: key.suite).compactMap { SRTPContext(key, by: $0) }
    }

    /// A key learned later.
    package func add(_ key: SRTPMasterKey) { contexts += Self.contexts(key) }

    /// `out` becomes the RTCP compound in clear. The 31-bit index; nil, with `out` empty, when no key authenticates the packet.
    package func open(_ packet: RawSpan, into out: inout [UInt8]) -> UInt32? {
        for (number, context) in contexts.enumerated() {
            guard let index = context.openRTCP(packet, into: &out) else { continue }
            if number > 0 { contexts.swapAt(0, number) }
            authenticated += 1
            return index
        }
        failed += 1
        return nil
    }
}
