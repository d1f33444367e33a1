import Evidence
import SIPDialogs

/// Tells what one party says once from what a back-to-back user agent says again on its other side, in a dialog of its own: there only who
/// says it, what is said, and the time can be compared.
///
/// Feed in order of time. What is said twice on one path is said twice, and each saying is one with one saying on every other path.
struct HopEchoes<Content: Hashable> {
    private struct Key: Hashable {
        let side: Side
        let content: Content
    }

    /// A way that messages take: the same dialog may be seen on several.
    struct Channel: Hashable {
        let dialog: Int
        let path: NetworkPath?
    }

    private struct Saying {
        let time: CaptureTime
        var channels: [Channel]
    }

    /// Seconds that a relay may take: policy.
    private static var delay: Double { 1 }
    /// Sayings of the same that are still open; more within a second are only hostile.
    private static var limit: Int { 64 }

    private var open: [Key: [Saying]] = [:]

    /// Whether nobody said it before.
    mutating func isNew(_ content: Content, by side: Side, at time: CaptureTime, on channel: Channel) -> Bool {
        let key = Key(side: side, content: content)
        var sayings = (open[key] ?? []).filter { time.seconds(since: $0.time) <= Self.delay }
        defer { open[key] = sayings }
        if let known = sayings.firstIndex(where: { !$0.channels.contains(channel) }) {
            sayings[known].channels.append(channel)
            return false
        }
        if sayings.count == Self.limit { sayings.removeFirst() }
        sayings.append(Saying(time: time, channels: [channel]))
        return true
    }
}
