import Evidence

/// What is collected while one document is merged.
struct MergePass {
    let time: CaptureTime
    /// Whether absence ends things: a complete document that was read to its end.
    let replaces: Bool
    var applied: AppliedDocument
    var groups: Set<Int> = []
    var sessions: Set<Int> = []
    var participants: Set<Int> = []
    var streams: Set<Int> = []
    /// Memberships that the document says hold, by participant.
    var memberships: [Int: Set<Int>] = [:]
    /// What each participant that the document speaks of sends and receives now.
    var uses: [Int: DesiredUse] = [:]
    var stops: [(session: Int, stated: CaptureTime?, detachOnly: Bool)] = []
    var leaves: [(participant: Int, session: Int, stated: CaptureTime?)] = []
    /// The same, by participant.
    var leaving: [Int: Set<Int>] = [:]
    /// Packet time minus stated begin, seconds.
    var offsets: [Double] = []

    struct DesiredUse {
        var sends: [Int] = []
        var receives: [Int] = []
        var statedStart: CaptureTime?
        var statedEnd: CaptureTime?
        /// False when a document broke off in the association: then nothing stops.
        var isWhole = true
    }

    init(document: RecordingDocument, time: CaptureTime, isAccepted: Bool) {
        self.time = time
        replaces = document.dataMode == .complete && document.isWhole
        applied = AppliedDocument(packetTime: time, dataMode: document.dataMode, isAccepted: isAccepted)
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

    /// A stated moment, where it is one.
    mutating func stated(_ text: MetadataTime?) -> CaptureTime? {
        guard let moment = text?.moment(near: time) else { return nil }
        if let minutes = moment.assumedZoneMinutes { applied.assumedZoneMinutes = minutes }
        return moment.time
    }

    /// As `stated`, and counted for the estimate of the sender's clock.
    mutating func statedBegin(_ text: MetadataTime?) -> CaptureTime? {
        if let text, text.hasZone, let moment = text.time { offsets.append(time.seconds(since: moment)) }
        return stated(text)
    }
}
