package import MediaPlayout

/// Flows that no recording has, by why.
package struct UnplannedFlows: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// The recording that has them is not among those asked for.
        case selection
        /// The same media is in a recording by way of another path.
        case otherPath = "other-path"
        /// They pass between the communication sessions of a recording session.
        case betweenSessions = "between-sessions"
        /// Their dialog has no recording.
        case noRecording = "no-recording"
        /// Few packets, or packets that do not count up: noise or another protocol.
        case noise
        /// They look like media, and nothing says why no recording has them.
        case unclaimed
        /// More flows than the table holds.
        case tableFull = "table-full"

        package var fate: PacketFate {
            switch self {
            case .selection, .betweenSessions, .noRecording: .notWanted
            case .otherPath: .copy
            case .noise, .unclaimed: .contradicted
            case .tableFull: .limit
            }
        }
    }

    package let reason: Reason
    package var flows = 0
    /// Frames, copies included.
    package var packets = 0

    package init(_ reason: Reason) { self.reason = reason }
}
