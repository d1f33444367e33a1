import Evidence
import RTPSyntax

/// One key that may protect a stream, with the history it has there. Index state is kept for each key, so that late packets of an old key still open.
@safe final class SRTPCandidate {
    let key: SRTPMasterKey
    let method: SRTPKeyDerivation.Method
    let engine: SRTPEngine
    /// Octets of tag and key identifier.
    private let overhead: Int
    private let hasIdentifier: Bool
    /// Not checked at run time, as each packet comes here: what it calls knows of no candidate.
    @exclusivity(unchecked) var received = ReceivedPackets()
    /// Opened packets in a row that were older than the replay list covers, and the sequence number of the last.
    var lateRun = 0
    var lastLate: UInt64 = 0
    /// Was taken up as the stream's key once.
    var wasCurrent = false
    /// Derived on first use: most offers hold keys that are never taken.
    private lazy var context: SRTPContext? = SRTPContext(key, by: method)
    /// `context` once it is there, without being counted up and down with every packet.
    @exclusivity(unchecked) private var borrowed: Unmanaged<SRTPContext>?
    /// Who is asked whether the packets opened alike; a test puts another key there.
    lazy var second = LibSRTPSession(key)

    init(_ key: SRTPMasterKey, _ method: SRTPKeyDerivation.Method, engine: SRTPEngine) {
        self.key = key
        self.method = method
        self.engine = engine
        overhead = key.suite.tagLength + key.mkiLength
        hasIdentifier = key.mki != nil
    }

    /// The index nearest to the highest one opened (RFC 3711 section 3.3.1, appendix A); nil before the first.
    func estimate(_ sequence: SequenceNumber) -> UInt64? {
        unsafe received.highest.map { Self.nearest(to: $0, sequence) }
    }

    static func nearest(to highest: UInt64, _ sequence: SequenceNumber) -> UInt64 {
        let step = sequence.distance(from: SequenceNumber(UInt16(truncatingIfNeeded: highest)))
        let index = Int64(highest) + Int64(step)
        // Before rollover counter zero there is nothing: the number is then ahead, by more than half the space.
        return index >= 0 ? UInt64(index) & 0xFFFF_FFFF_FFFF : UInt64(sequence.value)
    }

    /// The key under each method that the engine can use. libsrtp2 knows one for AES-192, which depends on its version.
    static func all(_ key: SRTPMasterKey, engine: SRTPEngine) -> [SRTPCandidate] {
        let methods = SRTPKeyDerivation.methods(for: key.suite)
        guard engine == .libsrtp2, methods.count > 1 else { return methods.map { SRTPCandidate(key, $0, engine: engine) } }
        return [SRTPCandidate(key, LibSRTPSession.methodForAES192 ?? .standard, engine: engine)]
    }

    /// Whether libsrtp2 derives the same session keys, so that its opinion counts.
    var hasSecondOpinion: Bool { key.isEncrypted && (key.suite.keyLength != 24 || method == LibSRTPSession.methodForAES192) }

    func fits(_ packet: RawSpan, _ header: RTPHeader) -> Bool {
        header.headerLength + overhead <= packet.byteCount
    }

    /// Whether the packet's identifier names this key. The packet must fit.
    func isNamed(by packet: RawSpan) -> Bool { !hasIdentifier || context?.mkiMatches(packet) ?? false }

    func open(_ packet: RawSpan, _ header: RTPHeader, _ index: UInt64, into out: inout [UInt8]) -> Bool {
        let roc = UInt32(truncatingIfNeeded: index >> 16)
        switch engine {
        case .libcrypto:
            guard let context = unsafe borrowed ?? derived() else {
                out.removeAll(keepingCapacity: true)
                return false
            }
            return unsafe context._withUnsafeGuaranteedRef { $0.open(packet, header: header, roc: roc, into: &out) }
        case .libsrtp2: return second.open(packet, header: header, roc: roc, into: &out) == .opened
        }
    }

    @inline(never)
    private func derived() -> Unmanaged<SRTPContext>? {
        unsafe borrowed = context.map { unsafe Unmanaged.passUnretained($0) }
        return unsafe borrowed
    }
}
