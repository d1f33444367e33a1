/// A windowed-sinc low-pass, linear phase, cut into one set of taps for every fraction of an input sample.
///
/// Made with arithmetic of our own (no library sine), and used in integers: the same bytes on every machine.
struct ResamplerFilter {
    /// Output and input rates without common factor.
    let up: Int64
    let down: Int64
    let taps: Int
    let phases: Int
    /// `phases` sets of `taps` coefficients in Q14, each set summing to exactly 1.
    let coefficients: [Int16]

    static let unity = 1 << 14

    init(from inputRate: Int, to outputRate: Int) {
        var (a, b) = (max(1, inputRate), max(1, outputRate))
        while b != 0 { (a, b) = (b, a % b) }
        up = Int64(max(1, outputRate) / a)
        down = Int64(max(1, inputRate) / a)
        // More phases than this are not told apart; rates on the wire may have no common factor.
        phases = Int(min(up, 512))
        let shrink = max(1.0, Double(down) / Double(up))
        taps = min(192, 48 * Int(min(4, max(1, (down + up - 1) / up))))
        coefficients = Self.design(phases: phases, taps: taps, cutoff: 0.94 / shrink)
    }

    private static func design(phases: Int, taps: Int, cutoff: Double) -> [Int16] {
        var out: [Int16] = []
        out.reserveCapacity(phases * taps)
        let half = Double(taps) / 2
        let beta = 8.0
        let scale = besselI0(beta)
        for phase in 0..<phases {
            var ideal: [Double] = []
            for tap in 0..<taps {
                let distance = Double(tap - taps / 2 + 1) - Double(phase) / Double(phases)
                let edge = 1 - (distance / half) * (distance / half)
                let window = edge > 0 ? besselI0(beta * edge.squareRoot()) / scale : 0
                ideal.append(window * sinc(cutoff * distance))
            }
            let sum = ideal.reduce(0, +)
            var row = ideal.map { nearest($0 / sum * Double(unity)) }
            // What rounding lost goes to the middle tap, so that a constant stays that constant.
            row[taps / 2 - 1] += unity - row.reduce(0, +)
            out += row.map { Int16(clamping: $0) }
        }
        return out
    }

    /// sin(pi x) / (pi x).
    private static func sinc(_ x: Double) -> Double { abs(x) < 1e-9 ? 1 : sinPi(x) / (Double.pi * x) }

    /// sin(pi x), by reduction to a quarter turn and its power series.
    private static func sinPi(_ x: Double) -> Double {
        let turns = x - 2 * Double(nearest(x / 2))
        let folded = turns > 0.5 ? 1 - turns : (turns < -0.5 ? -1 - turns : turns)
        let angle = folded * Double.pi
        var term = angle
        var sum = angle
        for index in 1...12 {
            term *= -angle * angle / Double(2 * index * (2 * index + 1))
            sum += term
        }
        return sum
    }

    /// To the nearest, halves away from zero; in place of the C library's, which this module does not link.
    private static func nearest(_ x: Double) -> Int { x < 0 ? Int(x - 0.5) : Int(x + 0.5) }

    /// Modified Bessel function of order 0, for the Kaiser window.
    private static func besselI0(_ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for index in 1...40 {
            term *= (x / 2 / Double(index)) * (x / 2 / Double(index))
            sum += term
        }
        return sum
    }
}
