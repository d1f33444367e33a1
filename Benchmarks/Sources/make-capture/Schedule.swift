/// When which recording session has media, in ticks of 20 ms.
///
/// A slot is one of the sessions that are live at a time. Without a longest duration each slot has one session over the whole capture. With
/// one, a session ends after it and another begins in its slot a second later; at the start, the sessions that are live are in the midst of their time,
/// each at another place, so that later they do not begin all at once.
struct Schedule {
    struct Session {
        let number: Int
        let slot: Int
        let ticks: Range<Int>
    }

    let sessions: [Session]

    static let gap = 50
    /// A session shorter than this is not worth having.
    private static let least = 100

    init(live: Int, ticks: Int, longest: Int?) {
        var sessions: [Session] = []
        guard let longest, longest < ticks else {
            self.sessions = (0..<live).map { Session(number: $0, slot: $0, ticks: 0..<ticks) }
            return
        }
        for slot in 0..<live {
            // The first has had some of its time before the capture began.
            var start = -(longest + Self.gap) * slot / live
            while start < ticks {
                let seen = max(0, start)..<max(0, min(ticks, start + longest))
                if seen.count >= Self.least { sessions.append(Session(number: sessions.count, slot: slot, ticks: seen)) }
                start += longest + Self.gap
            }
        }
        self.sessions = sessions
    }
}
