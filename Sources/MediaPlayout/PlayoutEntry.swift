import Evidence

/// The header of a packet on its way through the playout; trivial, so that copying costs nothing.
struct PlayoutEntry {
    let sequence: SequenceNumber
    var timestamp: RTPTimestamp
    let payloadType: PayloadType
    let arrival: CaptureTime
    let origin: Origin
    /// Set when the packet is there but cannot be used.
    var unavailable: GapCause?
    /// The marker bit: the first packet after a silence (RFC 3551 section 4.1).
    var isMarked = false
    /// Octets at the end of the payload that were not captured, and whether the snap length took them.
    var absent: UInt16 = 0
    var isSnapped = false
    /// Set where it stands in for a packet that did not come.
    var recovery: RecoverySource?
    /// False for all but the first part of a packet that was taken apart: a packet has one fate.
    var isCounted = true

    /// Cause of the gap that what is absent leaves.
    var absence: GapCause { isSnapped ? .snapLength : .captureDrop }

    var isRecovered: Bool { recovery != nil }

    /// Nanoseconds by which the time between arrivals exceeds the time between timestamps.
    func delay(since other: PlayoutEntry, nanosecondsPerUnit: Double) -> Double {
        Double(arrival.nanoseconds &- other.arrival.nanoseconds) - Double(timestamp.distance(from: other.timestamp)) * nanosecondsPerUnit
    }
}

/// A packet that has to wait, with its own copy of the payload.
struct HeldPacket {
    let entry: PlayoutEntry
    let payload: [UInt8]

    var bytes: RawSpan {
        @_lifetime(borrow self)
        get { unsafe payload.span.bytes }
    }
}
