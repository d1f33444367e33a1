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

    /// What is noteworthy about the metadata as a whole that a recording session carried.
    package struct Metadata: Codable, Sendable, Equatable {
        /// Product whose habits the documents show, for example `Ribbon SBC`.
        package var dialect: String?
        /// Documents that were read.
        package var documents: Int
        /// Seconds that the capture's clock is ahead of the times stated, by the first document that states any with zone. Nothing is corrected by it.
        package var clockOffset: Seconds?
        /// Minutes east of UTC that stated times without zone were taken to mean.
        package var assumedZone: Int?
        /// True where no complete document came before the first partial one. Absent otherwise.
        package var incomplete: Bool?
        /// Of the recording as a whole and of its groups.
        package var extensions: [ExtensionRecord]?

        package init(dialect: String?, documents: Int, clockOffset: Seconds?, assumedZone: Int?, incomplete: Bool?, extensions: [ExtensionRecord]?) {
            self.dialect = dialect
            self.documents = documents
            self.clockOffset = clockOffset
            self.assumedZone = assumedZone
            self.incomplete = incomplete
            self.extensions = extensions
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
    /// Where its first message begins.
    package var first: PlaceRecord?
    /// Why this dialog, whose media is not in the recording, stands here: it is the communication session that a recording session delivers, or
    /// one of the two calls names the other, by REFER, Replaces, Join, Target-Dialog or an identifier.
    package var relation: [String]?
    /// Who asked for this call, as its INVITE says (RFC 3892).
    package var referredBy: ParticipantRecord.Identity?
    /// Absent where the dialog carried none.
    package var metadata: Metadata?

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
    /// `start-time` of the metadata: RFC 3339 in UTC where the moment is known, else as written.
    package var statedStart: String?
    /// `stop-time` of the metadata, likewise.
    package var statedEnd: String?
    /// Why something happened, as the metadata says (RFC 3326).
    package var reasons: [String]?
    package var extensions: [ExtensionRecord]?

    package init(id: String, sipSessionIDs: [String] = [], groupID: String? = nil, start: String? = nil, end: String? = nil) {
        self.id = id
        self.sipSessionIDs = sipSessionIDs
        self.groupID = groupID
        self.start = start
        self.end = end
    }
}
