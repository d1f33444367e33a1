package import Evidence
import Synchronization

/// Every TLS and DTLS secret that is known: shared by all connections, growing while a capture is read.
///
/// A class with a lock, because secrets that stand in a capture open connections that were begun before.
package final class TLSSecrets: Sendable {
    private struct State {
        var entries: [TLSKeyLog.Selector: [TLSSecret]] = [:]
        var count = 0
        var used: Set<TLSKeyLog.Selector> = []
        /// Client randoms of connections for which there is an entry.
        var randoms: Set<[UInt8]> = []
        var keys: [(key: RSAPrivateKey, source: TLSSecretSource)] = []
        var keysUsed: Set<Int> = []
        var version = 0
        /// Master secrets by session identifier or ticket, seen in the capture itself.
        var sessions: [[UInt8]: TLSSecret] = [:]
    }

    private let state = Mutex(State())
    private let limits: Limits

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// Takes the entries of a key log, `name` being that of its file; the same entry twice counts once.
    package func add(_ log: TLSKeyLog, name: String = "") {
        state.withLock { state in
            for entry in log.entries where state.count < limits.keyLogEntries {
                let known = state.entries[entry.selector] ?? []
                guard known.count < 8, !known.contains(where: { $0.octets.isEqual(to: entry.secret) }) else { continue }
                let source = TLSSecretSource(kind: .keyLog, file: name, line: entry.line)
                state.entries[entry.selector, default: []].append(TLSSecret(octets: entry.secret, source: source))
                state.count += 1
                state.version += 1
            }
        }
    }

    /// `name` is that of the key's file.
    package func add(_ key: RSAPrivateKey, name: String = "") {
        state.withLock { state in
            guard state.keys.count < 64 else { return }
            state.keys.append((key, TLSSecretSource(kind: .rsaKey, file: name)))
            state.version += 1
        }
    }

    /// Grows with each new secret: tells whether another try makes sense.
    package var version: Int { state.withLock { $0.version } }
    package var isEmpty: Bool { version == 0 }
    package var hasRSAKeys: Bool { state.withLock { !$0.keys.isEmpty } }
    /// Client randoms and the like for which there is an entry.
    package var entryCount: Int { state.withLock { $0.count } }
    /// Entries that a connection asked for.
    package var usedCount: Int { state.withLock { $0.used.count } }
    package var usedRSAKeys: Int { state.withLock { $0.keysUsed.count } }

    /// Whether some connection has the client random, premaster secret or session that `entry` is for.
    package func belongs(_ entry: TLSKeyLog.Entry) -> Bool {
        state.withLock { state in
            guard case .clientRandom(let random, _) = entry.selector else { return state.used.contains(entry.selector) }
            return state.randoms.contains(random)
        }
    }

    /// Whether `log` holds an entry that some connection asked for.
    package func hasUsed(_ log: TLSKeyLog) -> Bool { state.withLock { state in log.entries.contains { state.used.contains($0.selector) } } }

    /// The secrets for this random; more than one when logs contradict each other.
    func secrets(_ label: TLSKeyLog.Label, random: [UInt8]) -> [TLSSecret] { lookup(.clientRandom(random, label)) }

    func lookup(_ selector: TLSKeyLog.Selector) -> [TLSSecret] {
        state.withLock { state in
            guard let found = state.entries[selector] else { return [] }
            state.used.insert(selector)
            if case .clientRandom(let random, _) = selector { state.randoms.insert(random) }
            return found
        }
    }

    /// Premaster secrets that the private keys find in `text`.
    func premasters(_ text: [UInt8], version: UInt16) -> [TLSSecret] {
        let keys = state.withLock { $0.keys }
        var out: [TLSSecret] = []
        for (number, entry) in keys.enumerated() {
            guard let found = entry.key.premaster(text, version: version) else { continue }
            out.append(TLSSecret(octets: found, source: entry.source))
            _ = state.withLock { $0.keysUsed.insert(number) }
        }
        return out
    }

    /// Remembers the master secret of a session that may be resumed.
    func remember(_ session: [UInt8], _ master: TLSSecret) {
        guard !session.isEmpty else { return }
        state.withLock { state in
            guard state.sessions[session] == nil, state.sessions.count < limits.tcpStreams else { return }
            state.sessions[session] = master
            state.version += 1
        }
    }

    func master(ofSession session: [UInt8]) -> TLSSecret? { state.withLock { $0.sessions[session] } }
}
