import TestSupport

extension Capture {
    /// RTP flows in the order in which they begin, each with the indices of its frames.
    func flows() -> [(flow: MediaFlow, frames: [Int])] {
        var order: [MediaFlow] = []
        var indices: [MediaFlow: [Int]] = [:]
        for (index, frame) in frames.enumerated() {
            guard let flow = frame.media(linkType)?.media.rtp else { continue }
            if indices[flow] == nil { order.append(flow) }
            indices[flow, default: []].append(index)
        }
        return order.map { ($0, indices[$0] ?? []) }
    }

    /// All times moved, and nothing else.
    func shifted(by nanoseconds: Int64) -> Capture {
        Capture(linkType: linkType, frames: frames.map { Frame(time: $0.time + nanoseconds, octets: $0.octets, original: $0.original) })
    }

    /// The frames of some RTP packets later than they were.
    func delayed(by nanoseconds: Int64, where isDelayed: (MediaFlow) -> Bool) -> Capture {
        var changed = self
        for (index, frame) in frames.enumerated() {
            if let flow = frame.media(linkType)?.media.rtp, isDelayed(flow) { changed.frames[index].time += nanoseconds }
        }
        return changed.sorted()
    }

    /// Frames out of order in the file by up to `window`, each with its own time.
    func disordered(within window: Int64, _ random: inout SeededRandom) -> Capture {
        let keys = frames.map { $0.time + Int64.random(in: 0...window, using: &random) }
        let order = frames.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        return Capture(linkType: linkType, frames: order.map { frames[$0] })
    }

    /// RTP packets that arrive late by up to `most`, each by its own.
    func jittered(by most: Int64, _ random: inout SeededRandom) -> Capture {
        var changed = self
        for (index, frame) in frames.enumerated() where frame.media(linkType)?.media.rtp != nil {
            changed.frames[index].time += Int64.random(in: 0...most, using: &random)
        }
        return changed.sorted()
    }

    /// Packets of one flow are held from its packet number `from` on for `seconds`; then they come `rate` times as fast as they were sent, in their
    /// order, until they have caught up. Nil if the flow ends before.
    func stalled(_ flow: [Int], from: Int, seconds: Double, rate: Double) -> Capture? {
        guard from > 0, from < flow.count else { return nil }
        var changed = self
        var last = frames[flow[from]].time + Int64(seconds * 1e9)
        changed.frames[flow[from]].time = last
        for place in (from + 1)..<flow.count {
            let (before, now) = (frames[flow[place - 1]].time, frames[flow[place]].time)
            let arrival = last + Int64(Double(now - before) / rate)
            if arrival <= now { return changed.sorted() }
            changed.frames[flow[place]].time = arrival
            last = arrival
        }
        return nil
    }

    /// The clock of the capture steps between frames `index - 1` and `index`. The file keeps its order.
    func stepped(at index: Int, by nanoseconds: Int64) -> Capture {
        var changed = self
        for later in index..<frames.count { changed.frames[later].time += nanoseconds }
        return changed
    }

    /// Media alone, as where a probe does not see the signalling.
    func withoutSignalling() -> Capture { Capture(linkType: linkType, frames: frames.filter { $0.media(linkType) != nil }) }

    /// Without the frames at `indices`.
    func without(_ indices: Set<Int>) -> Capture {
        Capture(linkType: linkType, frames: frames.indices.filter { !indices.contains($0) }.map { frames[$0] })
    }
}
