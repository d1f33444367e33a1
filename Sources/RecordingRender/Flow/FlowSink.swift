import Evidence
import MediaPlayout
import RecordingPlan
import RecordingRecords

/// Where the playout of a flow puts what it makes: on the tracks that the recording lends it for the packet at hand.
///
/// A track is written front to back. When another flow was heard on it last, what that one still holds back comes first, and only the recording can ask
/// for it: until then sound waits here.
struct FlowSink: ~Copyable, PlayoutSink {
    /// Sound, or a payload as it came, that waits until the flow that was heard before has made way.
    struct Waiting {
        enum Content {
            case samples([Int16], channels: Int)
            case payload([UInt8], frames: Int)
        }

        let track: Int
        let position: Int64
        let content: Content
        /// The packet that it is the sound of, where it was counted as heard.
        var origin: Origin?
    }

    /// Lent while a packet is played.
    var tracks = TrackSet()
    /// Number of the track; -1 where there is none.
    var track = -1
    /// The flow whose sound comes here, by its number in the recording.
    let speaker: Int
    var first: Int64?
    var gaps: [PlayoutGap] = []
    private(set) var waiting: [Waiting] = []
    /// Packets that were counted as heard before it was seen that other sound stands at their place.
    var displaced = FateLedger()
    /// When the last gap ends.
    private(set) var lastGapEnd: CaptureTime?
    private static let gapLimit = 20_000

    init(speaker: Int) { self.speaker = speaker }

    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64) { _ = put(samples, channels: channels, at: position, nil) }

    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64, of origin: Origin) -> TrackPlacement {
        put(samples, channels: channels, at: position, origin)
    }

    private mutating func put(_ samples: Span<Int16>, channels: Int, at position: Int64, _ origin: Origin?) -> TrackPlacement {
        if first == nil { first = position }
        guard track >= 0 else { return .kept }
        if tracks[track].speaker == speaker { return tracks[track].place(samples, channels: channels, at: position) }
        wait(samples, channels: channels, at: position, origin)
        return .kept
    }

    mutating func place(frames: Int, channels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool {
        guard track >= 0, tracks[track].speaker == speaker else { return false }
        if first == nil { first = position }
        return tracks[track].place(frames: frames, channels: channels, at: position, filledBy: fill)
    }

    mutating func keep(_ payload: RawSpan, frames: Int, at position: Int64) {
        guard track >= 0 else { return }
        if waiting.isEmpty {
            tracks[track].keep(payload, frames: frames, at: position)
        } else {
            waiting.append(Waiting(track: track, position: position, content: .payload(payload.array, frames: frames)))
        }
    }

    mutating func gap(_ gap: PlayoutGap) {
        lastGapEnd = max(lastGapEnd ?? .distantPast, gap.start.advanced(bySeconds: gap.duration))
        if gaps.count < Self.gapLimit { gaps.append(gap) }
    }

    private mutating func displace(_ placed: TrackPlacement, _ origin: Origin) {
        if placed == .beyond { displaced.withdraw(.limit, .longestGap, origin) } else { displaced.withdraw(.contradicted, .placeTaken, origin) }
    }

    @inline(never)
    private mutating func wait(_ samples: Span<Int16>, channels: Int, at position: Int64, _ origin: Origin?) {
        let copy = unsafe samples.withUnsafeBufferPointer { unsafe [Int16]($0) }
        waiting.append(Waiting(track: track, position: position, content: .samples(copy, channels: channels), origin: origin))
    }

    /// The track that the first of what waits belongs on; nil where nothing waits.
    var wantedTrack: Int? { waiting.first?.track }

    /// Puts what waits on those of `tracks` that this flow is heard on, up to the first that it is not.
    mutating func placeWaiting(on tracks: inout TrackSet) {
        var done = 0
        for next in waiting {
            guard tracks[next.track].speaker == speaker else { break }
            switch next.content {
            case .samples(let samples, let channels):
                let placed = tracks[next.track].place(samples.span, channels: channels, at: next.position)
                if placed != .kept, let origin = next.origin { displace(placed, origin) }
            case .payload(let octets, let frames): tracks[next.track].keep(unsafe octets.span.bytes, frames: frames, at: next.position)
            }
            done += 1
        }
        waiting.removeFirst(done)
    }
}
