package import Evidence
package import MediaPlayout

extension FlowRecord {
    /// What the network did to a stream, over time.
    package struct Quality: Codable, Sendable, Equatable {
        /// Spans in which losses cluster, and the spans between (RFC 3611 section 4.7.2).
        package struct Bursts: Codable, Sendable, Equatable {
            /// Share of packets lost within bursts, 0 to 1.
            package var density: Seconds
            /// Mean length in packets.
            package var packets: Seconds
            package var gapDensity: Seconds
            package var gapPackets: Seconds
        }

        package struct Span: Codable, Sendable, Equatable {
            /// Seconds from the recording's start.
            package var offset: Seconds
            package var packets: Int
            package var lost: Int
            /// Interarrival jitter at its end, seconds.
            package var jitter: Seconds
            package var mos: Seconds?
        }

        /// Absent where no losses cluster.
        package var bursts: Bursts?
        /// Seconds of each span at least.
        package var over: Seconds
        package var spans: [Span]
        /// Of the whole stream; a flow says it itself.
        package var mos: Seconds?

        private enum CodingKeys: String, CodingKey { case bursts, over, spans }

        package init(_ meter: QualityMeter, encoding: String, start: CaptureTime) {
            func score(_ received: Int, _ lost: Int, _ ratio: Double) -> Seconds? {
                guard received + lost > 0 else { return nil }
                let loss = Double(lost) / Double(received + lost)
                return QualityModel.meanOpinionScore(encoding: encoding, loss: loss, burstRatio: ratio).map { Seconds(($0 * 100).rounded() / 100) }
            }
            func share(_ value: Double) -> Seconds { Seconds((value * 10_000).rounded() / 10_000) }
            over = Seconds(meter.width)
            bursts = meter.pattern.bursts.map {
                Bursts(density: share($0.burstDensity), packets: share($0.burstPackets), gapDensity: share($0.gapDensity), gapPackets: share($0.gapPackets))
            }
            spans = meter.spans.map {
                Span(
                    offset: Seconds($0.start.seconds(since: start)), packets: $0.received, lost: $0.lost,
                    jitter: Seconds(($0.jitter * 1e6).rounded() / 1e6), mos: score($0.received, $0.lost, 1))
            }
            let received = meter.spans.reduce(0) { $0 + $1.received }
            let lost = meter.spans.reduce(0) { $0 + $1.lost }
            mos = score(received, lost, meter.pattern.burstRatio(of: received + lost))
        }
    }
}
