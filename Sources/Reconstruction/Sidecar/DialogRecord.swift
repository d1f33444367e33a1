/// One SIP dialog of a recording.
package struct DialogRecord: Codable, Sendable, Equatable {
    /// One side of a dialog, as it gave itself.
    package struct Party: Codable, Sendable, Equatable {
        /// IP address in text.
        package var address: String?
        package var port: Int?
        /// From or To URI.
        package var uri: String?
        package var userAgent: String?

        package init(address: String? = nil, port: Int? = nil, uri: String? = nil, userAgent: String? = nil) {
            self.address = address
            self.port = port
            self.uri = uri
            self.userAgent = userAgent
        }
    }

    package enum Role: String, Codable, Sendable {
        /// RFC 7866: between session recording client and server.
        case recording
        /// Between the people who talk.
        case communication
    }

    package var callID: String
    package var role: Role
    /// `udp`, `tcp`, `tls`, `ws`, `wss` or `sctp`.
    package var transport: String
    /// Who sent the first request.
    package var client: Party
    package var server: Party
    package var start: String
    package var answered: String?
    package var end: String?
    /// Who or what ended it, for example `client`, `server`, `timeout`.
    package var endedBy: String?
    /// Why this dialog is taken for the communication session of the recording, where its media comes from a recording session.
    package var relation: [String]?

    package init(
        callID: String, role: Role, transport: String, client: Party, server: Party, start: String, answered: String? = nil, end: String? = nil,
        endedBy: String? = nil
    ) {
        self.callID = callID
        self.role = role
        self.transport = transport
        self.client = client
        self.server = server
        self.start = start
        self.answered = answered
        self.end = end
        self.endedBy = endedBy
    }
}

/// One communication session (RFC 7865 section 6.3).
package struct SessionRecord: Codable, Sendable, Equatable {
    /// `session_id` of the metadata.
    package var id: String
    /// RFC 7989 session identifiers.
    package var sipSessionIDs: [String]
    /// The communication session group (RFC 7865 section 6.2).
    package var groupID: String?
    package var start: String?
    package var end: String?

    package init(id: String, sipSessionIDs: [String] = [], groupID: String? = nil, start: String? = nil, end: String? = nil) {
        self.id = id
        self.sipSessionIDs = sipSessionIDs
        self.groupID = groupID
        self.start = start
        self.end = end
    }
}
