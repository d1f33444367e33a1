import Evidence
import RecordingAccount
import RecordingPlan
import RecordingRecords

/// One recording that the captures hold: a conversation with its transfers, as ``Plan/recordings`` lists it before anything is decoded.
public struct Recording: Sendable, Identifiable {
    /// What a recording is made from.
    public enum Kind: String, Sendable, CaseIterable, Hashable {
        /// A recording session (RFC 7866): a recorder was sent the media of a call.
        case siprec
        /// A SIP call of its own.
        case call
        /// RTP without signalling.
        case media
    }

    /// How sure it is who is heard.
    public enum Confidence: String, Sendable, CaseIterable {
        /// The signalling says so.
        case signalled
        /// It follows from order, position or exclusion; no signalling says so.
        case inferred
        /// Nothing tells; the audio is named after its label or flow.
        case none
    }

    /// Somebody who takes part (RFC 7865 section 6.4).
    public struct Participant: Sendable, Identifiable {
        /// The metadata's participant id, or `caller`, `callee`, or the id of the stream whose sender is not known. Unique in its recording.
        public let id: String
        /// Display name, the last one given.
        public let name: String?
        /// Address of record, for example `sip:tina@example.com`; the last one given.
        public let addressOfRecord: String?
        /// How sure it is that this participant's audio is theirs.
        public let confidence: Confidence

        /// Name, else address of record, else id.
        public var displayName: String { name ?? addressOfRecord ?? id }
    }

    /// One media stream: an m-line of the session description in one direction, or a flow without signalling.
    public struct Stream: Sendable, Identifiable {
        /// `s1`, `s2`, … in order of dialog, m-line and sender.
        public let id: String
        /// `a=label` (RFC 4574).
        public let label: String?
        /// `audio`, `video`, `text`, `message` or `image`.
        public let media: String
        /// Ids of those who send to it.
        public let participants: [Participant.ID]
        /// Codecs as an rtpmap has them, for example `PCMU/8000`; one for each flow whose codec is known.
        public let codecs: [String]
        /// Synchronisation sources (RFC 3550 section 3) of its flows.
        public let ssrcs: [UInt32]
        /// RTP packets, copies not counted.
        public let packets: Int
        /// Packets that are missing by their sequence numbers.
        public let lost: Int
        /// Whether its packets are encrypted (SRTP, RFC 3711).
        public let isEncrypted: Bool
        /// Whether they can be heard: in clear, or a key is known.
        public let canBeOpened: Bool
    }

    /// 16 hexadecimal digits, derived from the signalling alone: the same in every run.
    public let id: String
    /// What it is made from.
    public let kind: Kind
    /// When its first sample was heard.
    public let start: Timestamp
    /// From `start` to the last media packet.
    public let duration: Duration
    /// Call-IDs of its dialogs (RFC 3261 section 8.1.1.4), in order of their start.
    public let callIDs: [String]
    /// Everybody who takes part.
    public let participants: [Participant]
    /// All media streams, also those without packets.
    public let streams: [Stream]
    /// Where it goes below an output folder, for example `recordings/20261122T211131Z_00112233aabbccdd`.
    public let folder: String

    init(_ report: InspectReport.Recording, _ planned: PlannedRecording) {
        id = report.id
        kind = Kind(planned.kind)
        start = Timestamp(planned.start)
        duration = max(.zero, .nanoseconds(planned.lastArrival.nanoseconds &- planned.start.nanoseconds))
        callIDs = report.callIDs
        participants = report.participants.map {
            Participant(id: $0.id, name: $0.name, addressOfRecord: $0.aor, confidence: Confidence(rawValue: $0.confidence) ?? .none)
        }
        streams = report.streams.map { stream in
            Stream(
                id: stream.id, label: stream.label, media: stream.media, participants: stream.participants, codecs: stream.flows.compactMap(\.codec),
                ssrcs: stream.flows.compactMap { UInt32($0.ssrc.dropFirst(2), radix: 16) }, packets: stream.flows.reduce(0) { $0 + $1.packets },
                lost: stream.flows.reduce(0) { $0 + $1.lost }, isEncrypted: stream.hasKeys != nil, canBeOpened: stream.hasKeys ?? true)
        }
        folder = planned.folder
    }
}

extension Recording.Kind {
    init(_ kind: RecordingKind) {
        switch kind {
        case .siprec: self = .siprec
        case .call: self = .call
        case .media: self = .media
        }
    }

    var core: RecordingKind {
        switch self {
        case .siprec: .siprec
        case .call: .call
        case .media: .media
        }
    }
}
