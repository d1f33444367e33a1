import CaptureFormat
import Evidence

/// What is counted for each input.
struct CaptureTally {
    private(set) var packets = 0
    private(set) var first = CaptureTime.distantFuture
    private(set) var last = CaptureTime.distantPast
    private(set) var cut = 0
    private(set) var firstCut: UInt32 = 0
    private(set) var linkTypes: [UInt32] = []
    private var lastLink: UInt32 = .max
    private(set) var backwards = 0
    private(set) var firstBackwards: UInt32 = 0
    /// Stretches without any frame, in order of time; see `CaptureSummary.silences`.
    private(set) var silences: [CaptureSilence] = []

    @inline(__always)
    mutating func add(_ frame: CapturedFrame) {
        packets &+= 1
        if frame.time < first { first = frame.time }
        if frame.time.nanoseconds &- last.nanoseconds > CaptureSilence.shortest, packets > 1 { rest(until: frame.time) }
        if frame.time >= last { last = frame.time } else if last.nanoseconds &- frame.time.nanoseconds > 1_000_000_000 { wentBackwards(frame.number) }
        if frame.capturedLength < frame.originalLength {
            if cut == 0 { firstCut = frame.number }
            cut &+= 1
        }
        let link = UInt32(frame.linkType.value)
        if link != lastLink { note(link) }
    }

    @inline(never)
    private mutating func rest(until time: CaptureTime) {
        if silences.count < CaptureSilence.limit { silences.append(CaptureSilence(from: last, until: time)) }
    }

    @inline(never)
    private mutating func wentBackwards(_ number: UInt32) {
        if backwards == 0 { firstBackwards = number }
        backwards += 1
    }

    @inline(never)
    private mutating func note(_ link: UInt32) {
        lastLink = link
        if !linkTypes.contains(link), linkTypes.count < 64 { linkTypes.append(link) }
    }
}
