package import Evidence

/// Counts of one stream. Packets fall into exactly one of: played, not audio, unavailable, unsupported, unmapped, undecodable, duplicate, late, stray, refused
/// — or are still held.
package struct PlayoutStatistics: Sendable, Equatable {
    /// All that were pushed or marked.
    package internal(set) var packets = 0
    /// Sequence numbers that were not there when their place came, redundancy that replaced them not counted.
    package internal(set) var lost = 0
    /// Lost packets that were restored from what else was sent.
    package internal(set) var recovered = RecoveryCounts()
    package internal(set) var duplicates = 0
    /// Came after a packet with a higher number.
    package internal(set) var reordered = 0
    /// Came after their place had been given up, and were left out; each is also in `lost`.
    package internal(set) var late = 0
    /// Fit nowhere and had no successor.
    package internal(set) var strays = 0
    /// Left out because the bound for one gap was passed.
    package internal(set) var refused = 0
    /// There, but marked as not to be opened.
    package internal(set) var unavailable = 0
    package internal(set) var unsupported = 0
    package internal(set) var unmapped = 0
    package internal(set) var undecodable = 0
    /// Comfort noise, DTX and telephone events.
    package internal(set) var notAudio = 0
    /// Decoded into frames.
    package internal(set) var played = 0
    /// How often the stream was placed anew: resets, clock changes, disagreement with arrival.
    package internal(set) var resynchronizations = 0
    /// Interarrival jitter at the end, in seconds (RFC 3550 section 6.4.1).
    package internal(set) var jitter = 0.0
    package internal(set) var firstArrival: CaptureTime?
    package internal(set) var lastArrival: CaptureTime?
    /// Frames decoded, at the decoder's rate.
    package internal(set) var decodedFrames = 0
    /// Frames that the decoder made up for lost packets, on request.
    package internal(set) var concealedFrames = 0
    /// Decoded frames left out because their place was taken.
    package internal(set) var trimmedFrames = 0
    /// What the timestamps were found to count.
    package internal(set) var timestamps = TimestampMeaning.described
    /// Packets that were shortened or lengthened by some milliseconds to follow the sender's clock.
    package internal(set) var splices = 0
    /// Loss and jitter over time.
    package internal(set) var quality = QualityMeter()
    /// Packets of each payload type, in the order of types.
    package internal(set) var payloadTypes: [PayloadTypeCount] = []
    /// Frame of the track after the last one placed.
    package internal(set) var endPosition: Int64 = 0

    package struct PayloadTypeCount: Sendable, Equatable {
        package let payloadType: PayloadType
        package let packets: Int
    }
}
