public import CaptureFormat
public import Evidence

/// A moment at which a capture's clock was set: all of its later frames have a time of another clock.
package struct ClockStep: Sendable, Equatable {
    /// Index of the input in canonical order.
    package let capture: UInt32
    /// The clock was set after this frame, and before or at `until`: exactly where the times jump most alike.
    package let after: UInt32
    package let until: UInt32
    /// To be added to the times that follow.
    package let nanoseconds: Int64
    /// Streams that show it.
    package let streams: Int

    package init(capture: UInt32, after: UInt32, until: UInt32, nanoseconds: Int64, streams: Int) {
        self.capture = capture
        self.after = after
        self.until = until
        self.nanoseconds = nanoseconds
        self.streams = streams
    }
}

/// What is added to the times of one input's frames: by order of the user, and where its clock was set.
@usableFromInline
struct FrameClock: Sendable {
    @usableFromInline private(set) var shift: Int64
    /// Frames up to this one need no look.
    @usableFromInline private(set) var quietUntil = UInt32.max
    private var steps: ArraySlice<ClockStep>

    /// `steps` of one input, in order of frames.
    init(shift: Int64, steps: [ClockStep]) {
        self.shift = shift
        self.steps = steps[...]
        quietUntil = steps.first?.after ?? .max
    }

    /// The frame at its right time. `latest`: the time of the one before.
    @inlinable
    @inline(__always)
    mutating func corrected(_ read: CapturedFrame, after latest: CaptureTime) -> CapturedFrame {
        if read.number > quietUntil { pass(read, latest) }
        return shift == 0 ? read : read.shifted(by: shift)
    }

    /// Goes over to the next step where this frame is the first behind it.
    @usableFromInline
    @inline(never)
    mutating func pass(_ read: CapturedFrame, _ latest: CaptureTime) {
        while let step = steps.first, read.number > step.after {
            let jump = read.time.nanoseconds &+ shift &- latest.nanoseconds
            // What has to be put right is the other way round.
            let isHere = step.nanoseconds > 0 ? jump < 0 &- step.nanoseconds / 2 : jump > 0 &- step.nanoseconds / 2
            guard isHere || read.number >= step.until else { return }
            shift = shift &+ step.nanoseconds
            steps.removeFirst()
            quietUntil = steps.first?.after ?? .max
        }
    }
}
