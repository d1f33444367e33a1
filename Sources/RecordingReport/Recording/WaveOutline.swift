import RecordingRender

/// A waveform as one closed shape: the highest samples from left to right, the lowest back.
struct WaveOutline {
    static let height = 200
    /// Points from left to right at most: a lane is hardly wider on any screen.
    private static let pointLimit = 1000

    /// Units of the drawing, one between two points.
    let width: Int
    let path: HTML

    /// `factor` draws samples larger. Nil where there are no peaks.
    init?(_ waveform: Waveform, factor: Double) {
        let peaks = waveform.peaks
        let count = peaks.count / 2
        guard count > 0 else { return nil }
        let merged = (count + Self.pointLimit - 1) / Self.pointLimit
        let points = (count + merged - 1) / merged
        var low = [Int](repeating: 0, count: points)
        var high = [Int](repeating: 0, count: points)
        for index in 0..<count {
            low[index / merged] = min(low[index / merged], Int(peaks[2 * index]))
            high[index / merged] = max(high[index / merged], Int(peaks[2 * index + 1]))
        }
        let middle = Self.height / 2
        func y(_ peak: Int) -> Int { middle - Int((Double(peak) / 128 * factor * Double(middle)).rounded()) }
        var out: [UInt8] = []
        out.reserveCapacity(points * 12)
        var last = y(high[0])
        out += "M0 ".utf8
        Decimal.append(last, to: &out)
        func step(_ word: StaticString, _ next: Int) {
            unsafe out.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
            Decimal.append(next - last, to: &out)
            last = next
        }
        for index in 1..<max(1, points) { step("l1 ", y(high[index])) }
        step("l0 ", y(low[points - 1]))
        for index in stride(from: points - 2, through: 0, by: -1) { step("l-1 ", y(low[index])) }
        out.append(UInt8(ascii: "Z"))
        path = HTML(drawing: out)
        width = max(1, points - 1)
    }
}
