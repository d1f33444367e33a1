package import Evidence

/// The decompression contexts of all WebSocket connections, `limits.inflaters` at once: each takes some 40 KiB as long as its connection lives.
///
/// The context that was unused for longest makes room for another; what its connection sends later can be unpacked only as far as it refers to
/// nothing before. A class, because the readers of many connections share it; they are all fed by one pass.
package final class InflaterPool {
    private let limit: Int
    private var contexts: [Int: (inflater: Inflater, used: UInt64)] = [:]
    private var users = 0
    private var uses: UInt64 = 0
    /// Contexts that were given up while their connection went on.
    package private(set) var evicted = 0

    package init(limits: Limits) { limit = max(1, limits.inflaters) }

    /// A number for another user.
    func register() -> Int {
        users += 1
        return users
    }

    /// The user's context, a new one where it has none; nil without memory.
    func context(of user: Int) -> Inflater? {
        uses += 1
        if let known = contexts[user] {
            contexts[user] = (known.inflater, uses)
            return known.inflater
        }
        guard let fresh = Inflater() else { return nil }
        if contexts.count >= limit, let oldest = contexts.min(by: { $0.value.used < $1.value.used }) {
            contexts[oldest.key] = nil
            evicted += 1
        }
        contexts[user] = (fresh, uses)
        return fresh
    }

    /// Forgets what a user's messages may refer to.
    func forget(_ user: Int) { contexts[user] = nil }
}
