package import Evidence

/// The metadata of one recording session over time: every document merged into intervals on the capture clock.
///
/// RFC 7865 does not define how a partial document merges; the rules are:
/// - `complete` replaces everything: what it does not mention ends at that moment and stays in the history;
/// - `partial` merges field by field; the streams of a participant are replaced as a whole, a session's SIP session identifiers too;
/// - a stop-time ends the session, its memberships and its streams; a disassociation ends what the participant sends and receives there;
/// - an association after a disassociation opens a new interval; an unknown identifier becomes an unresolved placeholder;
/// - a change takes effect when its packet was captured; times stated in elements are kept beside.
///
/// Feed documents in CSeq order, retransmissions left out, then `end(at:)` with the BYE.
package struct MetadataTimeline: Sendable {
    /// Objects of one kind that are held; more are a bound reached.
    static let objectLimit = 20_000
    static let remarkLimit = 64

    package internal(set) var groups: [GroupHistory] = []
    package internal(set) var sessions: [SessionHistory] = []
    package internal(set) var participants: [ParticipantHistory] = []
    package internal(set) var streams: [StreamHistory] = []
    package internal(set) var documents: [AppliedDocument] = []
    /// What `end(at:)` closed.
    package internal(set) var closingChanges: [MetadataChange] = []
    /// Median of packet time minus stated begin over the first document that states any with zone, seconds. Never used to correct anything.
    package internal(set) var clockOffset: Double?
    /// True after a partial document without a complete one before it: what it left out is unknown.
    package internal(set) var isIncomplete = false
    package internal(set) var endedAt: CaptureTime?
    /// What extensions say, each value once, in order of first appearance.
    package internal(set) var extensions: [KeptExtension] = []
    /// Whether any document describes a stream, and whether any associates participants with streams.
    package internal(set) var describesStreams = false
    package internal(set) var hasStreamAssociations = false

    var groupTable = IdentifierTable()
    var sessionTable = IdentifierTable()
    var participantTable = IdentifierTable()
    var streamTable = IdentifierTable()
    var sessionStates: [SessionState] = []
    var participantStates: [ParticipantState] = []
    var streamStates: [StreamState] = []
    var openGroups: Set<Int> = []
    var openSessions: Set<Int> = []
    var openParticipants: Set<Int> = []
    var openStreams: Set<Int> = []
    /// Whether a complete document was read to its end: only then does absence say something.
    package internal(set) var hasSnapshot = false
    var knownExtensions: Set<KeptExtension> = []
    /// Participants by their addresses, as `ComparableAddress.keys` spells them.
    var addressTable: [String: Set<Int>] = [:]

    package init() {}

    /// Merge-level complaints of all documents, in order.
    package var remarks: [Remark] { documents.flatMap(\.remarks) }

    /// Merges one document. It changes nothing when it was not accepted or is no recording.
    ///
    /// `number`: its place among all that the recording session carried, requests for snapshots included; by default the next one.
    package mutating func apply(_ document: RecordingDocument, at packetTime: CaptureTime, isAccepted: Bool, number: Int? = nil) {
        var pass = MergePass(document: document, time: packetTime, isAccepted: isAccepted)
        pass.applied.number = number ?? documents.count
        if isAccepted, document.hasContent { merge(document, &pass) }
        documents.append(pass.applied)
    }

    /// Merges a document that was refused, because what follows builds on it: its sender took it for known.
    package mutating func rely(on document: RecordingDocument, at time: CaptureTime) {
        var pass = MergePass(document: document, time: time, isAccepted: true)
        merge(document, &pass)
    }

    /// Whether a document refers to something that is not described yet, and not in it, but in `other`.
    package func lacks(_ document: RecordingDocument, that other: RecordingDocument) -> Bool {
        func lacks(_ references: [String], _ own: [String], _ other: [String], _ isKnown: (String) -> Bool) -> Bool {
            if other.isEmpty { return false }
            var described = IdentifierTable()
            for id in own { described.insert(id, at: 0) }
            var offered = IdentifierTable()
            for id in other { offered.insert(id, at: 0) }
            return references.contains { !$0.isEmpty && described.place(of: $0) == nil && offered.place(of: $0) != nil && !isKnown($0) }
        }
        let (people, lines) = (document.participantSessionAssociations, document.participantStreamAssociations)
        return lacks(lines.flatMap { $0.send + $0.recv }, document.streams.map(\.id), other.streams.map(\.id)) { stream($0).map { !$0.isUnresolved } ?? false }
            || lacks(people.map(\.participantID) + lines.map(\.participantID), document.participants.map(\.id), other.participants.map(\.id)) {
                participant($0).map { !$0.isUnresolved } ?? false
            }
            || lacks(
                people.map(\.sessionID) + document.streams.compactMap(\.sessionID) + document.sessionRecordingAssociations.map(\.sessionID),
                document.sessions.map(\.id), other.sessions.map(\.id)
            ) { session($0).map { !$0.isUnresolved } ?? false }
    }

    /// Closes everything that is open: the recording session is over (BYE, or the end of what is known).
    package mutating func end(at time: CaptureTime) {
        var pass = MergePass(time: time)
        for index in openSessions.sorted() { closeSession(index, stated: nil, &pass) }
        for index in openStreams.sorted() { closeStream(index, stated: nil, &pass) }
        for index in openParticipants.sorted() { closeParticipant(index, stated: nil, &pass) }
        for index in openGroups.sorted() { closeGroup(index, stated: nil, &pass) }
        closingChanges += pass.applied.changes
        endedAt = time
    }

    /// Lets go of what only merging needs: nothing more is to be applied. It is 2 kB for each of many recordings that are kept to the end.
    package mutating func seal() {
        openGroups = []
        openSessions = []
        openParticipants = []
        openStreams = []
        sessionStates = sessions.map { _ in SessionState(isStopped: true) }
        participantStates = participants.map { _ in ParticipantState() }
        streamStates = streams.map { _ in StreamState() }
        knownExtensions = []
        addressTable = [:]
    }
}

extension RecordingDocument {
    /// Whether there is anything to merge: a refused or empty document must not end what it could not mention.
    package var hasContent: Bool {
        if case .requestSnapshot = root { return false }
        if root == .recording, isWhole { return true }
        return
            !(groups.isEmpty && sessions.isEmpty && participants.isEmpty && streams.isEmpty && sessionRecordingAssociations.isEmpty
            && participantSessionAssociations.isEmpty && participantStreamAssociations.isEmpty)
    }
}

/// Identifiers of one kind of object, to their place in the history.
struct IdentifierTable: Sendable {
    private var places: [String: Int] = [:]

    func place(of id: String) -> Int? { places[Self.key(id)] }

    mutating func insert(_ id: String, at place: Int) { places[Self.key(id)] = place }

    /// Two spellings of one base64 UUID (with or without padding, either alphabet of RFC 4648) are one identifier; all else is opaque.
    private static func key(_ id: String) -> String {
        var text = id
        return text.withUTF8 { octets in
            // 22 digits and nothing but padding.
            guard octets.count >= 22, unsafe octets[21] != 0x3D, unsafe octets[22...].allSatisfy({ $0 == 0x3D }) else { return id }
            let digits = unsafe octets[..<22]
            guard unsafe digits.contains(where: { $0 == 0x2D || $0 == 0x5F }) else {
                return octets.count == 22 ? id : unsafe String(decoding: digits, as: UTF8.self)
            }
            return String(decoding: unsafe digits.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 }, as: UTF8.self)
        }
    }
}

/// What is open of a session now.
struct SessionState: Sendable {
    var members: Set<Int> = []
    var streams: Set<Int> = []
    /// Stopped or detached: a later mention without a new begin does not reopen it.
    var isStopped = false
}

/// What is open of a participant now: place of the open interval by session and by stream.
struct ParticipantState: Sendable {
    var sessions: [Int: Int] = [:]
    var sends: [Int: Int] = [:]
    var receives: [Int: Int] = [:]
}

/// Who uses a stream now.
struct StreamState: Sendable {
    var senders: Set<Int> = []
    var receivers: Set<Int> = []
}
