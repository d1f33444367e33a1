package import Evidence

/// The two ends of a dialog by who sent the initial INVITE.
package enum Side: String, Sendable, Hashable {
    case client, server

    var opposite: Side { self == .client ? .server : .client }
}

/// One end of a dialog as the signalling shows it.
package struct Party: Sendable, Equatable {
    /// Where its signalling comes from.
    package internal(set) var endpoint: Endpoint?
    /// URI of From or To as it stood, with its parameters.
    package internal(set) var uri: String?
    package internal(set) var displayName: String?
    /// User-Agent or Server.
    package internal(set) var userAgent: String?
    package internal(set) var tag: String?
    package internal(set) var contact: ContactAddress?
    /// Request-URI of the INVITE that this party was sent, on the hop nearest to it.
    package internal(set) var target: String?
    /// From P-Asserted-Identity (RFC 3325) and Remote-Party-ID, and of who is called from History-Info (RFC 7044) and Diversion (RFC 5806);
    /// in order, each once.
    package internal(set) var identities: [AssertedIdentity] = []

    package init(endpoint: Endpoint? = nil, tag: String? = nil, target: String? = nil) {
        self.endpoint = endpoint
        self.tag = tag
        self.target = target
    }
}

/// Who and where a Contact says that a party is.
package struct ContactAddress: Sendable, Equatable {
    package let displayName: String?
    /// As it stood.
    package let uri: String
}

/// An identity that a header field other than From and To gives.
package struct AssertedIdentity: Sendable, Equatable {
    /// Name of the header field.
    package let header: String
    package let displayName: String?
    package let uri: String
}
