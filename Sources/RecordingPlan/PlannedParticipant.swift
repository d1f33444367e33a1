/// How a participant's audio was found to be that participant's.
package enum ParticipantConfidence: String, Sendable { case signalled, inferred, none }

/// A name or address that a header field other than From and To, or an extension of the metadata, gives a party.
package struct PlannedIdentity: Sendable, Equatable {
    package let uri: String?
    package let name: String?
    /// Header field, `Request-URI`, or extension and element of the metadata.
    package let source: String

    package init(uri: String?, name: String?, source: String) {
        self.uri = uri
        self.name = name
        self.source = source
    }

    /// Somebody vouches for it (RFC 3325); a contact or a request's target is only a way to reach the party, and a diversion the way that the
    /// call took.
    package var isAsserted: Bool { !["Contact", "Request-URI", "History-Info", "Diversion", "Referred-By"].contains(source) }
}

/// Somebody who takes part in a recording.
package struct PlannedParticipant: Sendable {
    /// The metadata's participant id, or `caller`, `callee`, or the id of the stream whose sender is not known.
    package let id: String
    package var addressesOfRecord: [String]
    package var names: [(value: String, language: String?)]
    package var confidence: ParticipantConfidence
    /// What else the signalling calls this party, with the header field that says so.
    package var identities: [PlannedIdentity] = []
    /// Words for the file name: display name, else user part, label, flow.
    package let fileStem: String

    package init(id: String, addressesOfRecord: [String], names: [(value: String, language: String?)], confidence: ParticipantConfidence, fileStem: String) {
        self.id = id
        self.addressesOfRecord = addressesOfRecord
        self.names = names
        self.confidence = confidence
        self.fileStem = fileStem
    }
}
