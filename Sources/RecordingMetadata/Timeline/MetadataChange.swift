package import Evidence

/// One thing that a document changed, for event lists.
package enum MetadataChange: Sendable, Equatable {
    case groupStarted(groupID: String)
    case groupEnded(groupID: String)
    case sessionStarted(sessionID: String)
    case sessionEnded(sessionID: String)
    case sessionGrouped(sessionID: String, groupID: String)
    case sipSessionIDsChanged(sessionID: String)
    case participantAdded(participantID: String)
    case participantRemoved(participantID: String)
    case participantNamed(participantID: String)
    case participantJoined(participantID: String, sessionID: String)
    case participantLeft(participantID: String, sessionID: String)
    case streamAdded(streamID: String)
    case streamEnded(streamID: String)
    case streamLabelled(streamID: String, label: String)
    case sendStarted(participantID: String, streamID: String)
    case sendStopped(participantID: String, streamID: String)
    case receiveStarted(participantID: String, streamID: String)
    case receiveStopped(participantID: String, streamID: String)
}

/// A document and what it did.
package struct AppliedDocument: Sendable, Equatable {
    package let packetTime: CaptureTime
    /// Its place among all documents that the recording session carried, from 0.
    package internal(set) var number = 0
    package let dataMode: RecordingDocument.DataMode
    /// False when the request that carried it got a final error: the document then changed nothing.
    package let isAccepted: Bool
    package internal(set) var changes: [MetadataChange] = []
    /// What does not fit with earlier documents; offsets are octets of this document.
    package internal(set) var remarks: [Remark] = []
    /// Offset from UTC in minutes that was assumed for times without zone; nil when none was needed or none fits.
    package internal(set) var assumedZoneMinutes: Int?
}
