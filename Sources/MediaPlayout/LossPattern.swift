/// How losses cluster: bursts and gaps of RFC 3611 section 4.7.2, counted as its appendix A.2 does, with a minimum gap of 16 packets.
package struct LossPattern: Sendable, Equatable {
    private static let minimumGap = 16

    /// Packets since the last lost one.
    private var since = 0
    private var lostInBurst = 0
    private var c11 = 0
    private var c13 = 0
    private var c14 = 0
    private var c22 = 0
    private var c23 = 0
    private var c33 = 0
    /// Packets lost, and how many runs of consecutive ones they make.
    package private(set) var lost = 0
    package private(set) var runs = 0

    package init() {}

    @inline(__always)
    package mutating func received() { since &+= 1 }

    package mutating func lost(_ count: Int) {
        guard count > 0 else { return }
        runs += 1
        for _ in 0..<min(count, 65_536) { one() }
    }

    private mutating func one() {
        lost += 1
        if since >= Self.minimumGap {
            if lostInBurst == 1 { c14 += 1 } else { c13 += 1 }
            lostInBurst = 1
            c11 += since
        } else {
            lostInBurst += 1
            if since == 0 {
                c33 += 1
            } else {
                c23 += 1
                c22 += since - 1
            }
        }
        since = 0
    }

    /// Share of packets lost within bursts and within gaps, and the mean number of packets of each; nil where there was no burst.
    package var bursts: (burstDensity: Double, gapDensity: Double, burstPackets: Double, gapPackets: Double)? {
        // The packets since the last loss are part of the last gap (the model's end of stream).
        let tail = since >= Self.minimumGap ? since : 0
        let starts = c13
        guard starts > 0, lost > 1, c23 + c33 > 0 else { return nil }
        let total = c11 + tail + c14 + c13 + c22 + c23 + c13 + c23 + c33
        let p32 = Double(c23) / Double(c13 + c23 + c33)
        let p23 = c22 + c23 < 1 ? 1 : 1 - Double(c22) / Double(c22 + c23)
        let burstDensity = p23 + p32 > 0 ? p23 / (p23 + p32) : 1
        let gapTotal = c11 + tail + c14
        let gapPackets = Double(gapTotal + c13) / Double(starts)
        return (burstDensity, gapTotal > 0 ? Double(c14) / Double(gapTotal) : 0, max(0, Double(total) / Double(starts) - gapPackets), gapPackets)
    }

    /// How much longer runs of losses are than independent losses of the same share would make them; 1 and more (G.107 clause 7.4).
    package func burstRatio(of expected: Int) -> Double {
        guard runs > 0, expected > 0 else { return 1 }
        return max(1, Double(lost) / Double(runs) * (1 - min(1, Double(lost) / Double(expected))))
    }
}
