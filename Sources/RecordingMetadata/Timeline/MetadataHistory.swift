package import Evidence

/// A time as an element states it.
package struct StatedTime: Sendable, Equatable {
    /// As written.
    package let text: String
    /// The moment meant; nil when unreadable, or without zone and far from the packet.
    package let moment: CaptureTime?

    package init(text: String, moment: CaptureTime?) {
        self.text = text
        self.moment = moment
    }
}

/// A stretch of time on the capture clock, with the times the metadata itself states beside it.
package struct Interval: Sendable, Equatable {
    /// Arrival of the packet whose document opened it.
    package let start: CaptureTime
    /// Arrival of what closed it; nil while open.
    package internal(set) var end: CaptureTime?
    /// `associate-time` or `start-time` of the element that opened it.
    package internal(set) var begin: StatedTime?
    /// `disassociate-time` or `stop-time`.
    package internal(set) var finish: StatedTime?

    /// The moment that `begin` means; nil when absent, unreadable, or without zone and far from the packet.
    package var statedStart: CaptureTime? { begin?.moment }
    /// The same of `finish`.
    package var statedEnd: CaptureTime? { finish?.moment }

    package init(start: CaptureTime, end: CaptureTime? = nil, statedStart: StatedTime? = nil, statedEnd: StatedTime? = nil) {
        self.start = start
        self.end = end
        begin = statedStart
        finish = statedEnd
    }

    /// Start inclusive, end exclusive.
    package func contains(_ time: CaptureTime) -> Bool { start <= time && end.map { time < $0 } ?? true }
}

/// A group over time (RFC 7865 section 6.2).
package struct GroupHistory: Sendable, Equatable {
    package let id: String
    package internal(set) var intervals: [Interval] = []
    /// Referenced, never described.
    package internal(set) var isUnresolved: Bool
}

/// A communication session over time (RFC 7865 section 6.3).
package struct SessionHistory: Sendable, Equatable {
    package let id: String
    /// Every SIP session identifier seen, in order of first appearance.
    package internal(set) var sipSessionIDs: [String] = []
    /// The list of the last document that had one.
    package internal(set) var currentSIPSessionIDs: [String] = []
    package internal(set) var groupID: String?
    /// When it was part of this recording session.
    package internal(set) var intervals: [Interval] = []
    package internal(set) var reasons: [MetadataReason] = []
    package internal(set) var isUnresolved: Bool
}

/// A name of a participant, valid from a moment on.
package struct ParticipantName: Sendable, Equatable {
    package let value: String
    package let language: String?
    package let from: CaptureTime
}

/// What a document calls a participant, where that differs from what the document before it did.
struct ParticipantDescription: Sendable, Equatable {
    let from: CaptureTime
    /// Never empty.
    let aors: [String]
    let names: [String]
}

/// A participant in a communication session for a while.
package struct SessionMembership: Sendable, Equatable {
    package let sessionID: String
    package internal(set) var interval: Interval
}

/// A participant sending or receiving a stream for a while.
package struct StreamUse: Sendable, Equatable {
    package let streamID: String
    package internal(set) var interval: Interval
}

/// A participant over time (RFC 7865 sections 6.5, 6.6, 6.8).
package struct ParticipantHistory: Sendable, Equatable {
    package internal(set) var id: String
    /// Every address of record seen, in order of first appearance.
    package internal(set) var aors: [String] = []
    package internal(set) var names: [ParticipantName] = []
    /// What documents said of the participant one after another, only where they give an address.
    var descriptions: [ParticipantDescription] = []
    /// What extensions call the participant.
    package internal(set) var identities: [MetadataIdentity] = []
    /// When the participant was part of the recording session.
    package internal(set) var intervals: [Interval] = []
    package internal(set) var sessions: [SessionMembership] = []
    package internal(set) var sends: [StreamUse] = []
    package internal(set) var receives: [StreamUse] = []
    /// The last list given; capabilities such as `isfocus`.
    package internal(set) var params: [MetadataParameter] = []
    package internal(set) var isUnresolved: Bool
}

/// A label of a stream, valid from a moment on.
package struct LabelBinding: Sendable, Equatable {
    package let label: String
    package let from: CaptureTime
}

/// A media stream over time (RFC 7865 section 6.7).
package struct StreamHistory: Sendable, Equatable {
    package let id: String
    /// The session named last.
    package internal(set) var sessionID: String?
    package internal(set) var labels: [LabelBinding] = []
    /// `separate` or `mixed`, from drafts.
    package internal(set) var mode: String?
    package internal(set) var intervals: [Interval] = []
    package internal(set) var isUnresolved: Bool
}
