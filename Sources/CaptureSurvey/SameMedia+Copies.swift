package import Evidence
import StreamMatching

/// Whether a flow may be left out because another one has its packets: that two flows have much in common does not say so of all of either.
extension SameMedia {
    /// When something was sent or heard.
    package typealias Span = (from: CaptureTime, until: CaptureTime)

    /// What is told of one packet that both flows would have.
    private struct Trial {
        let time: CaptureTime
        let isMissing: Bool
    }

    /// Seconds at the edges of spans where the one may have what the other only just lacks.
    private static let edge = 0.15
    /// Packets at the begin of a flow of which nothing is kept.
    private static let unkept = 8.0
    /// That so many packets in a row were lost may be less likely than this only where they were not lost.
    private static let least = 0.05
    /// Share of a copy that the original may lack where packets of the one cannot take the place of packets of the other.
    private static let mostLacking = 0.1

    /// Whether all that is kept of `copy` within `spans` is in `original`, and the other way round, but for packets that either lost. `spans`: when
    /// the original has packets, in time of the copy. `areSecret`: octets may not be comparable, and numbers have to do.
    package func isCopy(_ copy: Int, of original: Int, _ proof: Proof, in spans: [Span], areSecret: Bool) -> Bool {
        if areSecret, proof.basis == .source, !proof.isExact { return true }
        let spans = spans.map { common($0, copy, original, lag: proof.lag) }
        let ceiling = min(prints.ceiling(copy), prints.ceiling(original))
        var trials = Trials(losses: (loss(of: original), loss(of: copy)))
        let (own, others) = (prints.byPayload(copy), prints.byPayload(original))
        // Of what is repeated only the first time is known: what the other has at any time is in no doubt.
        let (known, heard) = (Set(own.map(\.digest)), Set(others.map(\.digest)))
        for print in own where print.digest <= ceiling && Self.lies(print.arrival, in: spans) {
            trials.add(print.arrival, isMissing: !heard.contains(print.digest), inOriginal: true)
        }
        for print in others where print.digest <= ceiling && Self.lies(print.arrival.advanced(bySeconds: proof.lag), in: spans) {
            trials.add(print.arrival.advanced(bySeconds: proof.lag), isMissing: !known.contains(print.digest), inOriginal: false)
        }
        if proof.basis != .payload, !addNumbers(copy, original, spans, lag: proof.lag, to: &trials) { return false }
        // Under other numbers nothing fills what the original lost: where that is much, the other is worth hearing.
        if proof.basis == .payload, trials.lackOfOriginal > Self.mostLacking { return false }
        return trials.areExcused && (trials.matched > 0 || proof.basis == .source)
    }

    /// False where the same number has another payload.
    private func addNumbers(_ copy: Int, _ original: Int, _ spans: [Span], lag: Double, to trials: inout Trials) -> Bool {
        let mask = max(prints.mask(copy), prints.mask(original))
        let others = prints.byNumber(original)
        let isCut = rows[copy].cutPackets > 0 || rows[original].cutPackets > 0
        for print in prints.byNumber(copy) where print.sequence.value & mask == 0 && Self.lies(print.arrival, in: spans) {
            let twin = others.first { $0.sequence == print.sequence && $0.timestamp == print.timestamp && Self.isNear($0, print) }
            if let twin, !isCut, print.digest != 0, print.digest != twin.digest { return false }
            if print.digest != 0 || twin != nil { trials.add(print.arrival, isMissing: twin == nil, inOriginal: true) }
        }
        return true
    }

    /// The part of a span in which packets of both are kept.
    private func common(_ span: Span, _ copy: Int, _ original: Int, lag: Double) -> Span {
        var from = span.from.advanced(bySeconds: Self.edge)
        for (flow, shift) in [(copy, 0), (original, lag)] {
            let row = rows[flow]
            let interval = min(0.1, max(0, row.lastArrival.seconds(since: row.firstArrival)) / Double(max(1, row.distinctPackets)))
            from = max(from, row.firstArrival.advanced(bySeconds: shift + Self.unkept * interval + Self.edge))
        }
        return (from, min(span.until, rows[copy].lastArrival).advanced(bySeconds: -Self.edge))
    }

    private static func lies(_ time: CaptureTime, in spans: [Span]) -> Bool { spans.contains { time >= $0.from && time <= $0.until } }

    /// How likely it is that a packet of a flow is not in the capture, but for silences of more than a second.
    private func loss(of flow: Int) -> Double {
        let row = rows[flow]
        let lost = Double(row.expected - row.distinctPackets)
        guard lost > 0, row.distinctPackets > 0 else { return 0 }
        let pauses = silences[flow] ?? []
        let paused = pauses.reduce(0) { $0 + $1.until.seconds(since: $1.from) }
        let interval = max(0.001, (row.lastArrival.seconds(since: row.firstArrival) - paused) / Double(row.distinctPackets + Int(lost)))
        let rest = lost - paused / interval
        return max(0, rest) / (Double(row.distinctPackets) + max(0, rest))
    }

    /// Whether what one of two flows lacks may have been lost.
    private struct Trials {
        /// Likelihoods, of the original and of the copy.
        let losses: (original: Double, copy: Double)
        private(set) var matched = 0
        private var all: [Trial] = []
        private var counts = (original: (tried: 0, missing: 0), copy: (tried: 0, missing: 0))

        init(losses: (Double, Double)) { self.losses = losses }

        mutating func add(_ time: CaptureTime, isMissing: Bool, inOriginal: Bool) {
            all.append(Trial(time: time, isMissing: isMissing))
            if inOriginal {
                counts.original.tried += 1
                counts.original.missing += isMissing ? 1 : 0
            } else {
                counts.copy.tried += 1
                counts.copy.missing += isMissing ? 1 : 0
            }
            matched += isMissing ? 0 : 1
        }

        /// Share of what the copy has.
        var lackOfOriginal: Double { Double(counts.original.missing) / Double(max(1, counts.original.tried)) }

        var areExcused: Bool {
            guard counts.original.missing + counts.copy.missing > 0 else { return true }
            func isLikely(_ count: (tried: Int, missing: Int), _ loss: Double) -> Bool {
                count.missing == 0 || loss > 0 && Double(count.missing) <= 1 + 2 * loss * Double(count.tried)
            }
            guard isLikely(counts.original, losses.original), isLikely(counts.copy, losses.copy) else { return false }
            // Losses lie scattered; other sound lies in one place, and there each lacks what the other has.
            var (run, longest) = (0, 0)
            for trial in all.sorted(by: { $0.time < $1.time }) {
                run = trial.isMissing ? run + 1 : 0
                longest = max(longest, run)
            }
            let chance = (0..<longest).reduce(Double(all.count)) { product, _ in product * min(0.5, losses.original + losses.copy) }
            return longest == 1 || chance > SameMedia.least
        }
    }
}
