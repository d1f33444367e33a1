import Evidence
import RTPSyntax

/// Whether a key opens packets of a stream: asked with a few sampled packets before anything is rendered.
package enum SRTPTrial {
    /// What the samples said.
    package struct Verdict: Sendable, Equatable {
        /// Samples that authenticated.
        package var opened: Int
        /// Samples long enough for the suite's tag.
        package var tried: Int
        /// Rollover counter of the first sample that opened.
        package var roc: UInt32
        /// Index of the first sample that opened.
        package var first: Int
        /// Octets of the authentication tag.
        package let tagLength: Int

        /// Two packets, or one whose tag of 80 bits or more chance does not meet (RFC 3711 section 9.5).
        package var isProof: Bool { opened >= 2 || (opened == 1 && tagLength >= 10) }
    }

    /// Tries `key` on `samples`, which are whole packets of one SSRC in order of arrival, with each rollover counter of `counters`.
    ///
    /// Spends at most `budget` authentications and counts them down. Nil where nothing opened. A counter that was searched for must open two packets.
    package static func run(_ key: SRTPMasterKey, samples: [[UInt8]], counters: ClosedRange<UInt32>, budget: inout Int) -> Verdict? {
        var best: Verdict?
        for method in SRTPKeyDerivation.methods(for: key.suite) {
            guard let context = SRTPContext(key, by: method) else { continue }
            var scratch: [UInt8] = []
            var headers: [RTPHeader?] = []
            for sample in samples {
                let bytes = unsafe sample.span.bytes
                let header = RTPHeader(parsing: bytes, at: 0, count: sample.count)
                headers.append(header.flatMap { context.fits(bytes, header: $0) && context.mkiMatches(bytes) ? $0 : nil })
            }
            let fitting = headers.count { $0 != nil }
            var start = 0
            search: while start < samples.count {
                guard let header = headers[start] else {
                    start += 1
                    continue
                }
                for roc in counters {
                    guard budget > 0 else { return best }
                    budget -= 1
                    let sample = samples[start]
                    guard unsafe context.open(sample.span.bytes, header: header, roc: roc, into: &scratch) else { continue }
                    var verdict = Verdict(opened: 1, tried: fitting, roc: roc, first: start, tagLength: key.suite.tagLength)
                    var index = UInt64(roc) << 16 | UInt64(header.sequence.value)
                    for other in samples.indices.dropFirst(start + 1) {
                        guard let next = headers[other], next.sequence != header.sequence else { continue }
                        let estimate = SRTPCandidate.nearest(to: index, next.sequence)
                        budget -= 1
                        let confirming = samples[other]
                        guard unsafe context.open(confirming.span.bytes, header: next, roc: UInt32(truncatingIfNeeded: estimate >> 16), into: &scratch)
                        else { continue }
                        index = max(index, estimate)
                        verdict.opened += 1
                    }
                    let isSearched = counters.count > 4
                    if !isSearched || verdict.opened >= 2, verdict.opened > (best?.opened ?? 0) { best = verdict }
                    if best != nil { break search }
                }
                start += 1
            }
            for index in scratch.indices { scratch[index] = 0 }
            if best != nil { return best }
        }
        return best
    }
}
