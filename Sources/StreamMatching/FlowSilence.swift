public import Evidence

/// A stretch of more than a second in which a flow had no packet.
@frozen
@usableFromInline
package struct FlowSilence: Sendable {
    /// Row of the flow table.
    @usableFromInline package let flow: Int32
    /// Arrival of the last packet before.
    @usableFromInline package let from: CaptureTime
    /// Arrival of the first packet after.
    @usableFromInline package let until: CaptureTime
    /// The first packet after.
    @usableFromInline package let end: Origin

    /// Nanoseconds; what is shorter is jitter or discontinuous transmission.
    @inlinable package static var shortest: Int64 { 1_000_000_000 }
    /// Of all flows together.
    static let limit = 1 << 18
}

extension FlowTable {
    /// Silences by flow, of the flows asked for, in order of time.
    package func silences(of wanted: Set<Int>) -> [Int: [FlowSilence]] {
        var out: [Int: [FlowSilence]] = [:]
        for silence in silences where wanted.contains(Int(silence.flow)) { out[Int(silence.flow), default: []].append(silence) }
        return out
    }
}
