package import Evidence

/// Why streams belong together, as far as it changes what is heard.
package enum GroupSemantics: Sendable, Equatable {
    /// Packets that restore those of another member: parity (RFC 5956; `FEC` of RFC 4756 before it), retransmissions (`FID`, RFC 4588 section 8).
    case repair
    /// The same packets once more (RFC 7104).
    case duplicate

    /// Nil for what means something else: bundles, lip synchronisation, simulcast, …
    init?(token: String) {
        switch token.uppercased() {
        case "FEC-FR", "FEC", "FID": self = .repair
        case "DUP": self = .duplicate
        default: return nil
        }
    }
}

/// Media lines that belong together (RFC 5888): `FEC-FR 1 2`.
package struct MediaGroup: Sendable, Equatable {
    package let semantics: GroupSemantics
    /// Values of `a=mid`, in order.
    package let members: [String]

    init?(_ value: String) {
        let fields = SDPText.fields(value)
        guard fields.count >= 3, let semantics = GroupSemantics(token: fields[0]) else { return nil }
        self.semantics = semantics
        members = Array(fields[1...])
    }
}

/// Sources of one media line that belong together (RFC 5576 section 4.2): `DUP 1000 1010`.
package struct SourceGroup: Sendable, Equatable {
    package let semantics: GroupSemantics
    package let members: [SSRC]

    init?(_ value: String) {
        let fields = SDPText.fields(value)
        guard fields.count >= 3, let semantics = GroupSemantics(token: fields[0]) else { return nil }
        let members = fields[1...].compactMap { SDPText.number($0, UInt32.self).map { SSRC($0) } }
        guard members.count == fields.count - 1 else { return nil }
        self.semantics = semantics
        self.members = members
    }
}
