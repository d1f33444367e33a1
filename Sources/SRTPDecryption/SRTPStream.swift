package import Evidence
package import RTPSyntax

/// What is known of one SSRC that arrives protected: keys, rollover counter, replay list (RFC 3711 sections 3.2.1 and 3.3).
///
/// Order of trust: replay list, authentication, second opinion, and only then state. A forged packet leaves a count and nothing else.
/// A class, because it owns cipher contexts. Not for two threads at once.
@safe
package final class SRTPStream {
    /// What each packet needs. In one value, so that one access covers it; that access is not checked at run time, as nothing that is called
    /// from here comes back. Checks and reference counts took a third of the time that was not libcrypto's.
    @safe private struct State {
        var current: SRTPCandidate? {
            didSet { unsafe borrowed = current.map { unsafe Unmanaged.passUnretained($0) } }
        }
        /// `current`, without being counted with every packet.
        var borrowed: Unmanaged<SRTPCandidate>?
        var crossChecksLeft: Int
        /// Packets in a row that opened under another key than `current`.
        var elsewhere = 0
        var ssrc: SSRC?
        var authenticated = 0
        var lastIndex: UInt64 = 0
    }

    private(set) var candidates: [SRTPCandidate]
    @exclusivity(unchecked) private var state: State
    private let initialROC: UInt32
    private let engine: SRTPEngine
    var scratch: [UInt8] = []

    /// Source of the first packet that authenticated; nil before.
    package var ssrc: SSRC? { unsafe state.ssrc }
    /// Packets opened.
    package var authenticated: Int { unsafe state.authenticated }
    /// Packets that no key authenticates, or that were refused by the second implementation.
    package private(set) var failed = 0
    package private(set) var duplicates = 0
    package private(set) var malformed = 0
    /// Of `failed`: packets whose master key identifier names no known key.
    package private(set) var unknownMKI = 0
    /// Opened packets that were older than the replay list covers, so that copies among them are not told apart.
    package private(set) var late = 0
    /// Times that another key than before was taken up.
    package private(set) var keyChanges = 0
    /// Times that the sender's numbers started again below the highest, under the same key.
    package private(set) var restarts = 0
    /// Packets that both implementations opened alike.
    package private(set) var crossChecked = 0
    /// Packets that ours opened and libsrtp2 did not, or not alike: `failed` holds them too.
    package private(set) var crossCheckFailures = 0
    /// Packets that libsrtp2 could not be asked about.
    package private(set) var crossCheckUnavailable = 0
    /// ROC and SEQ of the packet opened last, 48 bits.
    package var lastIndex: UInt64 { unsafe state.lastIndex }

    /// `keys` in order of preference. The first `crossCheckPackets` packets that open must open alike in libsrtp2, whatever their key.
    package init(keys: [SRTPMasterKey], initialROC: UInt32 = 0, crossCheckPackets: Int = 8, engine: SRTPEngine = .libcrypto) {
        candidates = keys.flatMap { SRTPCandidate.all($0, engine: engine) }
        self.initialROC = initialROC
        self.engine = engine
        unsafe state = State(crossChecksLeft: engine == .libcrypto ? crossCheckPackets : 0)
    }

    /// A key learned later, such as that of a re-INVITE; it is tried when the current one fails.
    package func add(_ key: SRTPMasterKey) {
        if !candidates.contains(where: { $0.key == key }) { candidates += SRTPCandidate.all(key, engine: engine) }
    }

    private var current: SRTPCandidate? { unsafe state.current }

    /// The key that opens the stream now; nil before the first packet opened.
    package var key: SRTPMasterKey? { current?.key }
    package var suite: SRTPSuite? { current?.key.suite }
    package var mki: [UInt8]? { current?.key.mki }
    /// Names the key without telling it.
    package var keyIdentifier: String? { current?.key.identifier }
    /// How the sender derives session keys; not standard for AES-192 under libsrtp2.
    package var derivation: SRTPKeyDerivation.Method? { current?.method }
    /// Rollover counter of the highest packet opened under the current key.
    package var roc: UInt32? { unsafe current?.received.highest.map { UInt32(truncatingIfNeeded: $0 >> 16) } }

    /// Opens a whole SRTP packet, header included. `out` becomes the payload in clear and keeps its capacity; empty where nothing was opened.
    package func open(_ packet: RawSpan, header: RTPHeader, into out: inout [UInt8]) -> SRTPOutcome {
        if let ssrc, ssrc != header.ssrc {
            out.removeAll(keepingCapacity: true)
            malformed += 1
            return .malformed
        }
        // The packet's end is part of its tag, or its key identifier: either way equal in a copy.
        let fingerprint = packet.byteCount >= 4 ? packet.be32(packet.byteCount - 4) ^ (packet.byteCount >= 20 ? packet.be32(packet.byteCount - 8) : 0) : 0
        if let current = unsafe state.borrowed {
            let attempt = unsafe current._withUnsafeGuaranteedRef { current in
                guard current.fits(packet, header), current.isNamed(by: packet), let index = current.estimate(header.sequence) else { return Attempt.wrong }
                return self.attempt(current, packet, header, index, fingerprint, &out)
            }
            switch attempt {
            case .opened:
                unsafe state.elsewhere = 0
                return .opened(count: out.count)
            case .duplicate: return duplicate(&out)
            case .refused: return refuse(&out)
            case .wrong: break
            }
        }
        return openOtherwise(packet, header, fingerprint, &out)
    }

    private func duplicate(_ out: inout [UInt8]) -> SRTPOutcome {
        out.removeAll(keepingCapacity: true)
        duplicates += 1
        return .duplicate
    }

    private func refuse(_ out: inout [UInt8]) -> SRTPOutcome {
        out.removeAll(keepingCapacity: true)
        failed += 1
        return .failed
    }

    /// The way of a packet that the expected key and counter did not open: other counters of the current key, then other keys.
    @inline(never)
    private func openOtherwise(_ packet: RawSpan, _ header: RTPHeader, _ fingerprint: UInt32, _ out: inout [UInt8]) -> SRTPOutcome {
        var fitted = false
        var named = false
        let expected = current?.estimate(header.sequence)
        for candidate in preferred() where candidate.fits(packet, header) {
            fitted = true
            guard candidate.isNamed(by: packet) else { continue }
            named = true
            for index in indices(candidate, header.sequence, expected: expected) {
                switch attempt(candidate, packet, header, index, fingerprint, &out) {
                case .opened:
                    take(candidate)
                    return .opened(count: out.count)
                case .duplicate: return duplicate(&out)
                case .refused: return refuse(&out)
                case .wrong: continue
                }
            }
        }
        out.removeAll(keepingCapacity: true)
        if !fitted && !candidates.isEmpty {
            malformed += 1
            return .malformed
        }
        if fitted && !named { unknownMKI += 1 }
        failed += 1
        return .failed
    }

    func preferred() -> [SRTPCandidate] {
        guard let current else { return candidates }
        return [current] + candidates.filter { $0 !== current }
    }

    /// Where `sequence` may stand under `candidate`, most likely first.
    private func indices(_ candidate: SRTPCandidate, _ sequence: SequenceNumber, expected: UInt64?) -> [UInt64] {
        let low = UInt64(sequence.value)
        var list: [UInt64] = []
        func add(_ roc: UInt64) {
            let index = roc << 16 | low
            if roc <= 0xFFFF_FFFF, !list.contains(index) { list.append(index) }
        }
        if let highest = unsafe candidate.received.highest {
            // v in {ROC-1, ROC, ROC+1}, RFC 3711 section 3.3.1. Its own estimate was tried already when this is the current key.
            let roc = highest >> 16
            if candidate !== current { add(SRTPCandidate.nearest(to: highest, sequence) >> 16) }
            for neighbour in [roc, roc + 1, roc &- 1] where candidate !== current || (neighbour << 16 | low) != expected { add(neighbour) }
        } else if let expected {
            // A new key for the same SSRC: RFC 3711 lets the counter go on, many products begin again at zero.
            add(expected >> 16)
            add(0)
        } else {
            add(UInt64(initialROC))
            // The counter was learned from a sample that may lie beyond a wrap.
            if initialROC > 0 { add(UInt64(initialROC) - 1) }
        }
        return list
    }

    private enum Attempt { case opened, duplicate, wrong, refused }

    private func attempt(
        _ candidate: SRTPCandidate, _ packet: RawSpan, _ header: RTPHeader, _ index: UInt64, _ fingerprint: UInt32, _ out: inout [UInt8]
    ) -> Attempt {
        let verdict = unsafe candidate.received.judge(index, fingerprint)
        if case .copy = verdict { return .duplicate }
        guard candidate.open(packet, header, index, into: &out) else { return .wrong }
        if unsafe state.crossChecksLeft > 0 {
            unsafe state.crossChecksLeft -= 1
            guard agrees(candidate, packet, header, index, out) else { return .refused }
        }
        unsafe state.ssrc = header.ssrc
        unsafe state.authenticated += 1
        unsafe state.lastIndex = index
        if case .late = verdict {
            noteLate(candidate, index, fingerprint)
        } else {
            if candidate.lateRun != 0 { candidate.lateRun = 0 }
            unsafe candidate.received.record(index, fingerprint)
        }
        return .opened
    }

    /// Asks libsrtp2, which knows nothing of what ours found but the key and the rollover counter.
    private func agrees(_ candidate: SRTPCandidate, _ packet: RawSpan, _ header: RTPHeader, _ index: UInt64, _ out: [UInt8]) -> Bool {
        guard candidate.hasSecondOpinion else {
            crossCheckUnavailable += 1
            return true
        }
        switch candidate.second.open(packet, header: header, roc: UInt32(truncatingIfNeeded: index >> 16), into: &scratch) {
        case .unavailable:
            crossCheckUnavailable += 1
            return true
        case .opened where scratch == out:
            crossChecked += 1
            return true
        default:
            crossCheckFailures += 1
            return false
        }
    }

    /// An authentic packet far below the highest: late, or the sender began again. A run in rising order is a new beginning.
    private func noteLate(_ candidate: SRTPCandidate, _ index: UInt64, _ fingerprint: UInt32) {
        late += 1
        candidate.lateRun = index > candidate.lastLate || candidate.lateRun == 0 ? candidate.lateRun + 1 : 1
        candidate.lastLate = index
        if candidate.lateRun >= 16 {
            unsafe candidate.received.restart(at: index, fingerprint)
            candidate.lateRun = 0
            restarts += 1
        }
    }

    /// A key that never opened anything is the new one. One that did may only have late packets left, so it must open several in a row.
    func take(_ candidate: SRTPCandidate) {
        guard candidate !== current else { return }
        unsafe state.elsewhere += 1
        guard unsafe current == nil || !candidate.wasCurrent || state.elsewhere >= 8 else { return }
        if current != nil { keyChanges += 1 }
        unsafe state.current = candidate
        candidate.wasCurrent = true
        unsafe state.elsewhere = 0
    }
}
