/// A CS-Group element (RFC 7865 section 6.2).
package struct MetadataGroup: Sendable, Equatable {
    package let id: String
    package let associateTime: MetadataTime?
    package let disassociateTime: MetadataTime?
    /// Octets from the start of the document.
    package let offset: Int
}

/// Why something happened in the communication session: SIP Reason header (RFC 3326) carried in the metadata.
package struct MetadataReason: Sendable, Equatable, Hashable {
    /// Default `SIP`.
    package let protocolName: String
    package let cause: Int?
    package let text: String?

    package init(protocolName: String = "SIP", cause: Int?, text: String?) {
        self.protocolName = protocolName
        self.cause = cause
        self.text = text
    }
}

/// A communication session element (RFC 7865 section 6.3).
package struct MetadataSession: Sendable, Equatable {
    package let id: String
    /// RFC 7989 session identifiers, blanks removed, as many as there are SIP legs.
    package let sipSessionIDs: [String]
    package let reasons: [MetadataReason]
    /// Identifier of the group, if any.
    package let groupRef: String?
    /// Drafts name it `associate-time`.
    package let startTime: MetadataTime?
    package let stopTime: MetadataTime?
    package let offset: Int
}

/// One address and name of a participant (RFC 7865 section 6.5.1).
package struct MetadataNameID: Sendable, Equatable, Hashable {
    /// Address of record as written: a URI by the RFC, a bare number or `user@host` in the field.
    package let aor: String
    /// Nil when absent or blank.
    package let name: String?
    /// `xml:lang` of the name.
    package let language: String?

    package init(aor: String, name: String?, language: String?) {
        self.aor = aor
        self.name = name
        self.language = language
    }
}

/// A participant element (RFC 7865 section 6.5).
package struct MetadataParticipant: Sendable, Equatable {
    package let id: String
    package let nameIDs: [MetadataNameID]
    package let offset: Int
}

/// A media stream element (RFC 7865 section 6.7).
package struct MetadataStream: Sendable, Equatable {
    package let id: String
    package let sessionID: String?
    /// Equals `a=label` (RFC 4574) of one media line of the session description in the same message.
    package let label: String?
    /// `separate` or `mixed`; only drafts carry it.
    package let mode: String?
    /// Only drafts carry it here.
    package let associateTime: MetadataTime?
    package let offset: Int
}

/// Ties a communication session to this recording session (RFC 7865 section 6.4).
package struct SessionRecordingAssociation: Sendable, Equatable {
    package let sessionID: String
    package let associateTime: MetadataTime?
    package let disassociateTime: MetadataTime?
    package let offset: Int
}

/// A capability of a participant in a session, such as `isfocus` (RFC 7865 section 6.6, RFC 4235 encoding).
package struct MetadataParameter: Sendable, Equatable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Ties a participant to a communication session (RFC 7865 section 6.6).
package struct ParticipantSessionAssociation: Sendable, Equatable {
    package let participantID: String
    package let sessionID: String
    package let associateTime: MetadataTime?
    package let disassociateTime: MetadataTime?
    package let params: [MetadataParameter]
    package let offset: Int

    /// Whether the element says that the participant has left and not come back.
    var isEnded: Bool { MetadataTime.isEnded(associateTime, disassociateTime) }
}

/// Which streams a participant sends and receives (RFC 7865 section 6.8).
package struct ParticipantStreamAssociation: Sendable, Equatable {
    package let participantID: String
    /// Identifiers of the streams this participant contributes to.
    package let send: [String]
    /// Identifiers of the streams this participant gets.
    package let recv: [String]
    package let associateTime: MetadataTime?
    package let disassociateTime: MetadataTime?
    package let offset: Int
    /// False when the document broke off inside the element: absence of a stream then says nothing.
    package let isWhole: Bool

    var isEnded: Bool { MetadataTime.isEnded(associateTime, disassociateTime) }
}

extension MetadataTime {
    /// An association with a disassociate-time is over, unless its associate-time is later: then it was renewed.
    static func isEnded(_ associate: MetadataTime?, _ disassociate: MetadataTime?) -> Bool {
        guard let disassociate else { return false }
        guard let begin = associate?.time, let end = disassociate.time else { return true }
        return begin <= end
    }
}

/// Something the RFC leaves to extensions, or that a vendor put where the schema has no place: kept, not understood.
package struct MetadataExtension: Sendable, Equatable {
    /// Local names from the root to the parent, separated by `/`.
    package let path: String
    package let namespace: String?
    /// Local name; with a leading `@` for an attribute.
    package let name: String
    /// Identifier of the element it extends: the enclosing one, or the one its `parent` attribute names.
    package let elementID: String?
    /// The element verbatim, decoded to UTF-8; for an attribute its value.
    package let xml: String
    /// Its leaves, flat.
    package let values: [ExtensionValue]
    package let offset: Int
}
