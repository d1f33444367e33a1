import Evidence
import MediaCodecs

/// The account of packets: each says once what became of it.
extension PlayoutCore {
    /// A packet met its fate. What repairs others does so whatever became of it; what cannot be used is told by why.
    @inline(never)
    mutating func account(_ fate: PacketFate, _ ground: FateGround, _ entry: PlayoutEntry) {
        guard entry.isCounted, !entry.isRecovered else { return }
        var (fate, ground) = (fate, ground)
        switch entry.unavailable {
        case nil where codecs.isRepair(entry.payloadType): (fate, ground) = (.repair, .forRepair)
        case .hold: (fate, ground) = (.paused, .hold)
        case .pause: (fate, ground) = (.paused, .pause)
        case .noKey: (fate, ground) = (.notOpened, .noKey)
        case .authenticationFailure: (fate, ground) = (.notOpened, .authenticationFailure)
        case .snapLength where fate != .copy: (fate, ground) = (.notDecodable, .snapLength)
        default: break
        }
        fates.add(fate, ground, entry.origin)
    }

    /// A packet whose sound found no place after it was counted as heard.
    mutating func withdraw(_ placed: TrackPlacement, _ entry: PlayoutEntry) {
        guard placed != .kept, entry.isCounted, !entry.isRecovered else { return }
        if placed == .beyond {
            fates.withdraw(.limit, .longestGap, entry.origin)
        } else {
            fates.withdraw(.contradicted, .placeTaken, entry.origin)
        }
    }

    mutating func dropLate(_ entry: PlayoutEntry) {
        statistics.late += 1
        note(.late, entry.origin)
        account(.late, .tooLate, entry)
    }

    /// Packets of `all` that are not of `group`.
    mutating func dropStrays(_ all: [HeldPacket], besides group: [HeldPacket] = []) {
        for packet in all {
            let isUsed = group.contains { $0.entry.sequence == packet.entry.sequence && $0.entry.timestamp == packet.entry.timestamp }
            if !isUsed { account(.contradicted, .stray, packet.entry) }
        }
    }

    /// Packets that still wait when nothing more is done: there are none, unless they put each other back again and again.
    mutating func dropLeftovers() {
        dropStrays(held + suspects + waiting.packets)
        held = []
        suspects = []
        waiting = ReorderBuffer()
    }

    /// Why time passed between two packets with nothing missing: the sender announced a pause by the marker bit, or by a timestamp that went on as
    /// the clock did; otherwise nobody knows. `lag`: that of the packet before. `frames`: by the timestamps.
    func silenceCause(_ entry: PlayoutEntry, frames: Int64, lagBefore lag: Double) -> GapCause {
        let late = abs(line.lag(entry.arrival, line.units(entry.timestamp)) - lag)
        let half = Double(frames) / Double(line.rate) * 0.5e9
        return entry.isMarked || late <= max(Self.jitter.lowerBound, min(half, Self.jitter.upperBound)) ? .discontinuousTransmission : .unknown
    }

    /// Nanoseconds by which a pause may be longer or shorter by the arrivals than by the timestamps: what a network does to packets. Of a short pause
    /// half of it has to be there.
    private static var jitter: ClosedRange<Double> { 4e7...2e8 }
}
