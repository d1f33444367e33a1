package import Evidence

/// A span of a stream without sound, between or instead of its packets.
package struct PlayoutGap: Sendable, Equatable {
    /// On the capture's clock, as the stream's anchor maps it.
    package let start: CaptureTime
    /// Seconds.
    package let duration: Double
    /// Packets that are missing or could not be used; nil when none is known to be.
    package let packets: Int?
    package var cause: GapCause
    /// Nothing says that the stream should be there: it had not begun, or was over.
    package var isEdge = false
    /// What speaks for the cause, where it is not the packets themselves.
    package var reason: String?
    /// Seconds from its start on that hold sound which the decoder made up; 0 where all of it is silence.
    package let concealed: Double
    /// The last packet before missing ones, or the first that could not be used.
    package let first: Origin
    /// The first packet after missing ones, or the last that could not be used.
    package let last: Origin

    package init(start: CaptureTime, duration: Double, packets: Int?, cause: GapCause, concealed: Double = 0, first: Origin, last: Origin) {
        self.start = start
        self.duration = duration
        self.packets = packets
        self.cause = cause
        self.concealed = concealed
        self.first = first
        self.last = last
    }
}
