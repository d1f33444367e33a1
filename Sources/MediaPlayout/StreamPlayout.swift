package import Evidence
package import MediaCodecs

/// Turns the packets of one RTP stream (one SSRC on one path), in capture order, into sound at absolute places of a common timeline.
///
/// It owns its decoders and cannot be copied; whoever feeds it has it alone. It writes no silence and, unless told to, conceals
/// nothing: what is between places is for the sink to fill, and why is told by gaps. The same packets give the same output, whatever the time of day.
///
/// Anchor: the first packets are held (16, or 400 ms) and the earliest by the lower envelope fixes which timestamp belongs to which moment. From
/// there on places follow timestamps alone, up to the next piece of the timeline that was decided over the whole stream (`FlowTimeline`). Where there
/// is none, until they disagree with the arrival times by more than the network can explain.
@safe
package struct StreamPlayout: ~Copyable {
    package struct Configuration: Sendable {
        /// Frame 0 of the timeline.
        package var timelineStart: CaptureTime
        /// Frames a second of the track; decoders of another rate are resampled.
        package var trackRate: Int
        package var payloadMap: [PayloadType: CodecDescription]
        /// Packets and seconds of arrivals that are held before the stream is anchored.
        package var holdPackets = 16
        package var holdSeconds = 0.4
        /// Packets and seconds of arrivals that wait for a missing one.
        package var reorderPackets = 128
        package var reorderSeconds = 1.0
        /// Sequence numbers that may be missing at once; a larger step is a reset (RFC 3550 appendix A.1, MAX_DROPOUT).
        package var resetDistance = 3000
        /// Seconds by which timestamps and arrivals may part from one packet to the next.
        package var jumpSeconds = 2.0
        /// Seconds by which they may part over the life of an anchor.
        package var driftSeconds = 10.0
        /// Seconds that one gap may last; see `Limits.gapSeconds`.
        package var gapSeconds = Limits().gapSeconds
        /// RTP clock that the arrivals of the whole stream show, hertz; 0 where they show none.
        package var observedClock = 0
        /// Where the sound stands, as decided over the whole stream; nil where that is to be judged packet by packet.
        package var timeline: FlowTimeline?
        /// Nanoseconds by which sound belongs before the time of its arrival.
        package var advance: Int64 = 0
        /// How the sender's clock differs from the capture's; nil where it does not.
        package var drift: ClockDrift?
        /// Spans in order of time whose packets are left out, with the cause that they are listed under.
        package var pauses: [PlayoutPause] = []
        /// Hands the payloads themselves on, too.
        package var keepsPayloads = false
        /// Fills lost sound by the decoder's own concealment, where it has one, for a moment; the gap is listed all the same.
        package var conceals = false
        /// Looks for telephone keys in the sound.
        package var findsTones = false
        /// Leaves the sound of keys out: the spans of named events, and what `findsTones` hears.
        package var masksTones = false

        package init(timelineStart: CaptureTime, trackRate: Int, payloadMap: [PayloadType: CodecDescription]) {
            self.timelineStart = timelineStart
            self.trackRate = min(max(trackRate, 1), 384_000)
            self.payloadMap = payloadMap
        }
    }

    /// Elsewhere, so that an owner of thousands does not hold the room of those that are not live.
    private let core: UnsafeMutablePointer<PlayoutCore>

    package init(_ configuration: Configuration) {
        unsafe core = UnsafeMutablePointer<PlayoutCore>.allocate(capacity: 1)
        unsafe core.initialize(to: PlayoutCore(configuration))
    }

    deinit {
        unsafe core.deinitialize(count: 1)
        unsafe core.deallocate()
    }

    /// From the next packet on, payload types mean this. Types whose meaning stays keep their decoder's state.
    package mutating func setPayloadMap(_ map: [PayloadType: CodecDescription]) { unsafe core.pointee.setPayloadMap(map) }

    /// Takes the next packet in capture order.
    package mutating func push(_ packet: borrowing PlayoutPacket, into sink: inout some PlayoutSink & ~Copyable) {
        unsafe core.pointee.push(packet, into: &sink)
    }

    /// The same with memory for the decoded samples, which whoever feeds many streams lends to all of them: it then stays in the cache.
    package mutating func push(_ packet: borrowing PlayoutPacket, into sink: inout some PlayoutSink & ~Copyable, scratch: inout [Int16]) {
        unsafe swap(&core.pointee.scratch, &scratch)
        unsafe core.pointee.push(packet, into: &sink)
        unsafe swap(&core.pointee.scratch, &scratch)
    }

    /// A packet that did not come, as something else brought it: takes its place where that is still open.
    package mutating func restore(
        _ packet: borrowing PlayoutPacket, from source: RecoverySource, into sink: inout some PlayoutSink & ~Copyable, scratch: inout [Int16]
    ) {
        unsafe swap(&core.pointee.scratch, &scratch)
        unsafe core.pointee.restore(packet, from: source, into: &sink)
        unsafe swap(&core.pointee.scratch, &scratch)
    }

    /// A packet that is there but cannot be used, for example because it did not decrypt: its time becomes a gap of that cause.
    package mutating func markUndecryptable(
        sequence: SequenceNumber, timestamp: RTPTimestamp, payloadType: PayloadType, arrival: CaptureTime, origin: Origin, cause: GapCause,
        into sink: inout some PlayoutSink & ~Copyable
    ) {
        let entry = PlayoutEntry(
            sequence: sequence, timestamp: timestamp, payloadType: payloadType, arrival: arrival, origin: origin, unavailable: cause)
        unsafe core.pointee.push(entry, payload: RawSpan(), into: &sink)
    }

    /// The capture has come to `now`: what waits longer than its time is placed. Needed where several streams share a track, before the other's push.
    package mutating func advance(to now: CaptureTime, into sink: inout some PlayoutSink & ~Copyable) { unsafe core.pointee.advance(to: now, into: &sink) }

    /// When `advance` would next do something; `.distantFuture` when nothing waits.
    package var nextDeadline: CaptureTime { unsafe core.pointee.nextDeadline }

    /// Another stream goes on in the same track: what waits for a missing packet is placed before that.
    package mutating func giveWay(into sink: inout some PlayoutSink & ~Copyable) { unsafe core.pointee.giveWay(into: &sink) }

    /// No more packets: everything that waits is placed.
    package mutating func finish(into sink: inout some PlayoutSink & ~Copyable) { unsafe core.pointee.finish(into: &sink) }

    package var statistics: PlayoutStatistics { unsafe core.pointee.summary }

    /// What came of the stream.
    package struct Outcome: Sendable {
        package let statistics: PlayoutStatistics
        /// What became of each packet.
        package let fates: FateLedger
        /// Resets and changes in the order of their detection, the first 1000.
        package let events: [PlayoutEvent]
        /// Named events in the order of their packets, then keys found in the sound; the first 10,000 of each.
        package let tones: [PlayoutTone]
        /// Trouble by kind, for findings.
        package let incidents: [PlayoutIncident]
    }

    package var outcome: Outcome {
        let core = unsafe core.pointee
        return Outcome(
            statistics: core.summary, fates: core.fates, events: core.events, tones: core.tones.tones + core.tones.inband,
            incidents: core.incidents.compactMap(\.self))
    }
}
