package import Evidence

/// What a port's datagrams are by order of the user; looked up for each datagram only where there are rules at all.
@usableFromInline
package struct ForcedPorts: Sendable {
    package enum Kind: Sendable { case sip, rtp }

    private let kinds: [UInt16: Kind]
    @usableFromInline package let isEmpty: Bool

    package init(_ rules: [DecodeRule]) {
        var kinds: [UInt16: Kind] = [:]
        for rule in rules { kinds[rule.port] = rule.kind == .sip ? .sip : .rtp }
        self.kinds = kinds
        isEmpty = kinds.isEmpty
    }

    @inline(never)
    package func kind(of path: NetworkPath) -> Kind? { kinds[path.destination.port] ?? kinds[path.source.port] }
}
