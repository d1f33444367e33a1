import Evidence

/// A moment on the clock of a capture: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before.
    public let nanoseconds: Int64

    /// A moment by its nanoseconds since 1970-01-01T00:00:00Z.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// A moment as RFC 3339 writes it, with its offset from UTC, for example `2026-11-22T21:11:31.5Z`. Nil for any other text, and for one without offset.
    public init?(rfc3339 text: String) {
        guard let parsed = CaptureTime.parse(text), parsed.hasZone else { return nil }
        self.init(parsed.time)
    }

    /// RFC 3339 in UTC with nine digits after the second, for example `2026-11-22T21:11:31.500000000Z`.
    public var rfc3339: String { core.rfc3339 }

    /// The same as `rfc3339`.
    public var description: String { rfc3339 }

    /// Whether one moment comes before another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    init(_ time: CaptureTime) { nanoseconds = time.nanoseconds }

    var core: CaptureTime { CaptureTime(nanoseconds: nanoseconds) }

    /// `@` and epoch seconds, or RFC 3339 with its offset: as users write it on the command line.
    package init?(written text: String) {
        guard text.hasPrefix("@") else {
            self.init(rfc3339: text)
            return
        }
        guard let seconds = Double(text.dropFirst()), abs(seconds) < 9e9 else { return nil }
        self.init(CaptureTime(seconds: seconds))
    }
}
