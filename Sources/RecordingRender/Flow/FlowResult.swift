package import Evidence
package import MediaPlayout

/// How one flow opened, where it was encrypted.
package struct FlowSecurity: Sendable, Equatable {
    package var suite: String?
    package var keyID: String?
    /// Lower-case hexadecimal.
    package var mki: String?
    package var authenticated = 0
    package var failed = 0
    /// Packets that the second implementation opened differently or not at all.
    package var disagreements = 0
    /// Packets whose master key identifier names no key at hand.
    package var unknownMKI = 0
    /// How often another key took over.
    package var keyChanges = 0
}

/// The packets of a flow that belong to one of several recordings.
package struct FlowPart: Sendable {
    package let first: (time: CaptureTime, origin: Origin)
    package private(set) var last: (time: CaptureTime, origin: Origin)
    /// Frames, copies included.
    package private(set) var types: [PayloadType: Int] = [:]

    init(_ time: CaptureTime, _ origin: Origin) {
        first = (time, origin)
        last = first
    }

    mutating func add(_ time: CaptureTime, _ origin: Origin, _ type: PayloadType) {
        last = (time, origin)
        types[type, default: 0] += 1
    }
}

/// What rendering one flow found.
package struct FlowResult: Sendable {
    package let flow: Int
    /// Frames, copies included.
    package internal(set) var packets = 0
    /// Frames that showed a packet once more: made by the capture, not by the network.
    package internal(set) var copies = 0
    /// What became of each packet; copies that the capture made are not counted.
    package internal(set) var fates = FateLedger()
    /// Of a flow of which only a part is this recording's: the packets at its edges, and how many of each payload type it has.
    package internal(set) var part: FlowPart?
    /// What each capture supplied, in order of captures.
    package internal(set) var supplies: [(capture: UInt32, packets: Int, copies: Int)] = []
    package internal(set) var lost = 0
    package internal(set) var recovered = RecoveryCounts()
    package internal(set) var duplicates = 0
    package internal(set) var reordered = 0
    package internal(set) var jitter: Double?
    /// Loss and jitter over time, of the piece that had most packets.
    package internal(set) var quality: QualityMeter?
    /// The sender's clock, where it was found to differ from the capture's.
    package internal(set) var clock: ClockDrift?
    /// What its timestamps were found to count.
    package internal(set) var timestamps = TimestampMeaning.described
    /// Packets that were shortened or lengthened to follow it.
    package internal(set) var splices = 0
    package internal(set) var typeCounts: [PayloadType: Int] = [:]
    package internal(set) var gaps: [PlayoutGap] = []
    package internal(set) var events: [PlayoutEvent] = []
    /// Telephone keys and other named events.
    package internal(set) var tones: [PlayoutTone] = []
    /// Keying of radios, by the headers.
    package internal(set) var transmissions: [HeaderEvidence.Transmission] = []
    /// Who is heard in the flow by the headers of its packets.
    package internal(set) var sources: [HeaderEvidence.Source] = []
    /// Real-time text.
    package internal(set) var text: [TextPlayout.Piece] = []
    /// Packets that cannot be decoded, as an rtpdump file; nil where there were none.
    package internal(set) var raw: [UInt8]?
    package internal(set) var security: FlowSecurity?
    /// From the first to the last sample placed, on the capture's clock; one for each piece that had sound.
    package internal(set) var covered: [(from: CaptureTime, until: CaptureTime)] = []
    /// When its sound ends, or the last of its gaps; nil where it has neither.
    package internal(set) var end: CaptureTime?
    /// Findings of this flow, without subject.
    package internal(set) var remarks: [(rule: Rule, message: String, first: Origin, last: Origin, count: Int)] = []
}
