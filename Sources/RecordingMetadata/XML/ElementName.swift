/// Local names of RFC 7865 and its drafts: one, or a set of them. None stands for every name that neither has.
///
/// Resolved when an element is read, so that no look at the tree compares text.
struct ElementName: OptionSet {
    let rawValue: UInt32

    // Children of `recording` in the order of the schema (section 9).
    static let datamode = ElementName(rawValue: 1 << 0)
    static let group = ElementName(rawValue: 1 << 1)
    static let session = ElementName(rawValue: 1 << 2)
    static let participant = ElementName(rawValue: 1 << 3)
    static let stream = ElementName(rawValue: 1 << 4)
    static let sessionRecording = ElementName(rawValue: 1 << 5)
    static let participantSession = ElementName(rawValue: 1 << 6)
    static let participantStream = ElementName(rawValue: 1 << 7)

    static let recording = ElementName(rawValue: 1 << 8)
    static let requestSnapshot = ElementName(rawValue: 1 << 9)
    static let requestReason = ElementName(rawValue: 1 << 10)
    static let associateTime = ElementName(rawValue: 1 << 11)
    static let disassociateTime = ElementName(rawValue: 1 << 12)
    static let startTime = ElementName(rawValue: 1 << 13)
    static let stopTime = ElementName(rawValue: 1 << 14)
    static let sipSessionID = ElementName(rawValue: 1 << 15)
    static let reason = ElementName(rawValue: 1 << 16)
    static let groupRef = ElementName(rawValue: 1 << 17)
    static let nameID = ElementName(rawValue: 1 << 18)
    static let name = ElementName(rawValue: 1 << 19)
    static let aor = ElementName(rawValue: 1 << 20)
    static let label = ElementName(rawValue: 1 << 21)
    static let mode = ElementName(rawValue: 1 << 22)
    static let send = ElementName(rawValue: 1 << 23)
    static let recv = ElementName(rawValue: 1 << 24)
    static let id = ElementName(rawValue: 1 << 25)
    static let param = ElementName(rawValue: 1 << 26)

    private static let names: [String: ElementName] = [
        "datamode": datamode, "group": group, "session": session, "participant": participant, "stream": stream, "sessionrecordingassoc": sessionRecording,
        "participantsessionassoc": participantSession, "participantstreamassoc": participantStream, "recording": recording,
        "requestsnapshot": requestSnapshot, "requestreason": requestReason, "associate-time": associateTime, "disassociate-time": disassociateTime,
        "start-time": startTime, "stop-time": stopTime, "sipsessionid": sipSessionID, "reason": reason, "group-ref": groupRef, "nameid": nameID, "name": name,
        "aor": aor, "label": label, "mode": mode, "send": send, "recv": recv, "id": id, "param": param,
    ]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `name`: in lower case.
    init(_ name: String) { self = Self.names[name] ?? [] }

    /// The place among the children of `recording` in the schema; nil for all else.
    var schemaOrder: Int? { rawValue != 0 && rawValue < Self.recording.rawValue ? rawValue.trailingZeroBitCount : nil }
}
