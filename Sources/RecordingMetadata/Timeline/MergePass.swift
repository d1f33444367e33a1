import Evidence

/// What is collected while one document is merged.
struct MergePass {
    let time: CaptureTime
    /// Whether absence ends things: a complete document that was read to its end.
    let replaces: Bool
    var applied: AppliedDocument
    /// The only stream that the document describes, where it is a mixed one.
    var onlyMixedStream: String?
    var groups: Set<Int> = []
    var sessions: Set<Int> = []
    var participants: Set<Int> = []
    var streams: Set<Int> = []
    /// Memberships that the document says hold, by participant.
    var memberships: [Int: Set<Int>] = [:]
    /// What each participant that the document speaks of sends and receives now.
    var uses: [Int: DesiredUse] = [:]
    var stops: [(session: Int, stated: StatedTime?, detachOnly: Bool)] = []
    var leaves: [(participant: Int, session: Int, stated: StatedTime?)] = []
    /// The same, by participant.
    var leaving: [Int: Set<Int>] = [:]
    /// Packet time minus stated begin, seconds.
    var offsets: [Double] = []

    struct DesiredUse {
        var sends: [Int] = []
        var receives: [Int] = []
        var statedStart: StatedTime?
        var statedEnd: StatedTime?
        /// False when a document broke off in the association: then nothing stops.
        var isWhole = true
    }

    init(document: RecordingDocument, time: CaptureTime, isAccepted: Bool) {
        self.time = time
        replaces = document.dataMode == .complete && document.isWhole
        applied = AppliedDocument(packetTime: time, dataMode: document.dataMode, isAccepted: isAccepted)
        onlyMixedStream = document.onlyMixedStream
    }

    init(time: CaptureTime) {
        self.time = time
        replaces = false
        applied = AppliedDocument(packetTime: time, dataMode: .complete, isAccepted: true)
    }

    mutating func change(_ change: MetadataChange) { applied.changes.append(change) }

    mutating func remark(_ rule: Rule, at offset: Int, _ message: String) {
        if applied.remarks.count < MetadataTimeline.remarkLimit { applied.remarks.append(Remark(rule, at: offset, message)) }
    }

    /// Seconds between a time with zone and its packet from which on the sender's clock was not set: policy of 24 hours.
    private static let plausible = 86_400.0

    /// A stated time with the moment that it means, where it means one.
    mutating func stated(_ text: MetadataTime?, at offset: Int) -> StatedTime? {
        guard let text else { return nil }
        let moment = text.moment(near: time)
        if let minutes = moment?.assumedZoneMinutes { applied.assumedZoneMinutes = minutes }
        if let meant = text.time, abs(meant.seconds(since: time)) > Self.plausible {
            remark(.met020, at: offset, "'\(String(text.text.prefix(60)))' is \(Int(abs(meant.seconds(since: time)) / 86_400)) days away from its packet")
        } else if text.time != nil, moment == nil {
            remark(.met020, at: offset, "'\(String(text.text.prefix(60)))' has no zone, and no zone brings it within 120 s of its packet")
        }
        return StatedTime(text: String(text.text.prefix(64)), moment: moment?.time)
    }

    /// As `stated`, and counted for the estimate of the sender's clock.
    mutating func statedBegin(_ text: MetadataTime?, at offset: Int) -> StatedTime? {
        if let text, text.hasZone, let moment = text.time, abs(time.seconds(since: moment)) <= Self.plausible { offsets.append(time.seconds(since: moment)) }
        return stated(text, at: offset)
    }
}
