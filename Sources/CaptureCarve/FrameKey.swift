import Evidence

/// One frame of one input.
struct FrameKey: Hashable {
    let capture: UInt32
    let frame: UInt32

    init(_ origin: Origin) {
        capture = origin.capture
        frame = origin.frame
    }
}
