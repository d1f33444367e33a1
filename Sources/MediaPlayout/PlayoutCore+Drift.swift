import Evidence

/// Following a sender's clock by leaving frames out or putting some in, where it is heard least.
extension PlayoutCore {
    /// Mean magnitude up to which a packet is quiet: -50 dB below full scale.
    private static let quiet = 100

    /// After a silence the sound may begin where it belongs.
    @inline(never)
    mutating func slipInSilence(_ units: Int64) {
        guard line.position(units) - accountedEnd >= Int64(line.rate / 100) else { return }
        line.slip = line.slipWanted(units)
    }

    /// Shortens or lengthens the packet in `scratch` by about a millisecond when the drift calls for it and the packet is quiet, or when the
    /// sound is 8 ms off; the cut is faded over where both sides are most alike. Returns the frames that are there now.
    @inline(never)
    mutating func splice(_ frames: Int, channels: Int, _ units: Int64) -> Int {
        let wanted = Int(clamping: line.slipWanted(units) &- line.slip)
        let grain = max(1, line.rate / 1000)
        guard abs(wanted) >= grain, channels > 0, frames >= 8 * grain, frames * channels <= scratch.count else { return frames }
        let isForced = abs(wanted) >= 8 * grain
        var sum = 0
        for sample in scratch { sum += abs(Int(sample)) }
        guard isForced || sum <= Self.quiet * scratch.count else { return frames }
        let fade = 2 * grain
        // Sound that repeats itself is best cut by a whole period, so that a forced cut may choose.
        let longest = isForced ? min(abs(wanted), frames / 2 - fade) : grain
        var best = (cost: Int.max, start: 0, count: grain)
        for count in stride(from: grain, through: max(grain, longest), by: max(1, grain / 8)) {
            for start in stride(from: 0, through: frames - count - fade, by: max(1, grain / 2)) {
                var cost = 0
                for index in 0..<fade {
                    cost += abs(Int(scratch[(start + index) * channels]) - Int(scratch[(start + count + index) * channels]))
                    if cost >= best.cost { break }
                }
                if cost < best.cost { best = (cost, start, count) }
            }
        }
        let isShorter = wanted > 0
        // Shorter: from `first` over to what comes `count` later. Longer: from there back, so that `count` frames are heard twice.
        let first = isShorter ? best.start : best.start + best.count
        let second = isShorter ? best.start + best.count : best.start
        var out: [Int16] = []
        out.reserveCapacity(scratch.count + best.count * channels)
        out.append(contentsOf: scratch[0..<first * channels])
        for index in 0..<fade {
            for channel in 0..<channels {
                let old = Int(scratch[(first + index) * channels + channel])
                let new = Int(scratch[(second + index) * channels + channel])
                out.append(Int16(clamping: (old * (fade - index) + new * index) / fade))
            }
        }
        out.append(contentsOf: scratch[((second + fade) * channels)..<frames * channels])
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: out)
        line.slip += Int64(isShorter ? best.count : -best.count)
        statistics.splices += 1
        return isShorter ? frames - best.count : frames + best.count
    }
}
