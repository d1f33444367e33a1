package import Evidence
package import SIPSyntax

/// One SIP message of a dialog with where, how and when it was seen.
package struct ObservedMessage: Sendable {
    package let message: SIPMessage
    package let path: NetworkPath
    package let transport: SignallingTransport
    package let time: CaptureTime
    /// Maps octets of `message.raw` to packets.
    package let origins: OriginMap
    /// Same transaction, direction, kind, status and tag as an earlier one: sent again or captured twice.
    package internal(set) var isRetransmission: Bool
    /// Who sent it: of a request by its From tag (RFC 3261 section 12.2.1.1), on whichever hop it was seen; a response is the other party's.
    package internal(set) var sender = Side.client
}

/// What a dialog is for.
package enum DialogRole: String, Sendable, Equatable {
    /// A recording session of SIPREC (RFC 7866) or of a similar product.
    case recording
    /// An ordinary session.
    case communication
}

/// How a dialog ended.
package enum DialogEnd: Sendable, Equatable {
    /// BYE by this party.
    case bye(Side)
    /// The INVITE was finally refused.
    case failure(status: Int)
}

/// How much speaks for a recording session.
package enum RecordingStrength: Int, Sendable, Comparable {
    /// Only what its media lines look like.
    case weak = 1
    /// One of option tag, feature tag, disposition, or a vendor's header.
    case medium
    /// Metadata, or option tag and feature tag.
    case strong

    package static func < (left: RecordingStrength, right: RecordingStrength) -> Bool { left.rawValue < right.rawValue }
}

/// One INVITE dialog, with what was negotiated over time (RFC 3261 section 12).
///
/// Forks of one INVITE are one value: the branch answered first is the dialog, `forks` names all.
package struct SIPDialog: Sendable {
    package let callID: String
    package internal(set) var role = DialogRole.communication
    /// Why it is taken for a recording session, strongest first: `strong: …`, `medium: …`, `weak: …`.
    package internal(set) var recordingEvidence: [String] = []
    package internal(set) var recordingStrength: RecordingStrength?
    /// Sent the first INVITE; where that was not captured, the first request seen.
    package internal(set) var client = Party()
    package internal(set) var server = Party()
    /// Which party is the recording client (SRC), the one that sends media; nil for an ordinary dialog.
    package internal(set) var recorderSide: Side?
    /// A recording session only by header fields or URI parameters of a vendor: what RFC 7866 asks does not go for it.
    package internal(set) var isProprietaryRecording = false
    package let transport: SignallingTransport
    /// The first message.
    package let start: CaptureTime
    /// The first 2xx to the initial INVITE.
    package internal(set) var answered: CaptureTime?
    package internal(set) var end: CaptureTime?
    package internal(set) var endedBy: DialogEnd?
    /// Of the initial INVITE: 2xx where there was one, else the last failure.
    package internal(set) var finalStatus: Int?
    /// Session-ID values in order (RFC 7989).
    package internal(set) var sessionIDs: [String] = []
    /// Tags of every remote branch that answered the initial INVITE, provisionally or finally, in order.
    package internal(set) var forks: [String] = []
    /// Who answered on each branch, by tag: the party nearest to the user agent that a capture shows.
    package internal(set) var branches: [String: Party] = [:]
    /// Tag of the branch that won; nil where none did.
    package internal(set) var confirmedTag: String?
    /// The initial INVITE is not in the capture.
    package internal(set) var startsMidCapture = false
    /// In time order, all of them.
    package internal(set) var messages: [ObservedMessage] = []
    /// In the order of their offers.
    package internal(set) var negotiations: [Negotiation] = []
    /// In time order, without retransmissions.
    package internal(set) var metadata: [CarriedMetadata] = []

    init(callID: String, transport: SignallingTransport, start: CaptureTime) {
        self.callID = callID
        self.transport = transport
        self.start = start
    }
}
