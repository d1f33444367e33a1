/// What a packet that did not come was restored from: real data, sent by the sender more than once.
package enum RecoverySource: Sendable, Equatable {
    /// The codec's own redundancy in the next packet (RFC 6716 section 2.1.7).
    case inBand
    /// A copy in a later packet (RFC 2198).
    case redundancy
    /// Parity over several packets (RFC 5109).
    case parity
    /// A retransmission (RFC 4588).
    case retransmission
}

/// Packets restored, by what from.
package struct RecoveryCounts: Sendable, Equatable {
    package internal(set) var inBand = 0
    package internal(set) var redundancy = 0
    package internal(set) var parity = 0
    package internal(set) var retransmission = 0

    package init() {}

    package var total: Int { inBand + redundancy + parity + retransmission }

    package static func += (sum: inout RecoveryCounts, more: RecoveryCounts) {
        sum.inBand += more.inBand
        sum.redundancy += more.redundancy
        sum.parity += more.parity
        sum.retransmission += more.retransmission
    }

    mutating func add(_ source: RecoverySource) {
        switch source {
        case .inBand: inBand += 1
        case .redundancy: redundancy += 1
        case .parity: parity += 1
        case .retransmission: retransmission += 1
        }
    }
}
