package import Evidence

/// The first sender reports of one source (RFC 3550 section 6.4.1): its timestamps against its wall clock.
package struct SenderReportTrace: Sendable, Equatable {
    struct Report: Sendable, Equatable {
        let timestamp: RTPTimestamp
        /// The same moment on the sender's wall clock.
        let sent: CaptureTime
        let arrival: CaptureTime
    }

    /// What matters is where the stream begins; later its own timestamps place it.
    private static let limit = 16

    private(set) var reports: [Report] = []

    package init() {}

    package mutating func add(timestamp: RTPTimestamp, sent: CaptureTime, arrival: CaptureTime) {
        guard reports.count < Self.limit else { return }
        reports.append(Report(timestamp: timestamp, sent: sent, arrival: arrival))
    }

    package var isEmpty: Bool { reports.isEmpty }
}

/// What sender reports say of when a stream was sent.
package enum SenderReportVerdict: Sendable, Equatable {
    /// There are none, or nothing to compare them with.
    case none
    /// They say what the arrivals say, as far as both are exact.
    case agrees
    /// The stream's packets took this much longer than those of the sender's other streams, nanoseconds.
    case late(Int64)
    /// They are not believed.
    case refused(String)
}

/// Compares streams of one sender by its own reports.
///
/// All streams of a host are stamped by one wall clock, so how far that is from the capture's clock does not matter: what one stream is later
/// than another by is time that its packets spent on the way. A report moves nothing unless everything about it is as it should be.
package struct SenderReportComparison {
    /// One stream, from its first packet on.
    package struct Stream {
        package let reports: SenderReportTrace
        package let first: RTPTimestamp
        /// When `first` would have arrived without queueing (the lower envelope).
        package let envelope: CaptureTime
        package let clock: ClockRate

        package init(reports: SenderReportTrace, first: RTPTimestamp, envelope: CaptureTime, clock: ClockRate) {
            self.reports = reports
            self.first = first
            self.envelope = envelope
            self.clock = clock
        }
    }

    /// Nanoseconds from the sender's clock to the capture's at the stream's first packet, and how far single reports are off.
    private struct Offset {
        let delay: Int64
        let spread: Int64
    }

    /// Seconds after the first packet within which a report counts: a clock that drifts by 200 ppm is 12 ms off by then.
    private static let window = 60.0
    private static let fewest = 3
    /// Seconds by which the sender's wall clock may be off.
    private static let clockError = 60.0
    /// Seconds by which reports may be late against one another.
    private static let reportJitter = 0.5
    /// Seconds by which a report's two times may disagree, and what part of the time since the first.
    private static let disagreement = (fixed: 0.05, rate: 0.001)
    /// Nanoseconds: one usual packet, to which senders' reports are exact.
    private static let noticeable: Int64 = 20_000_000
    /// Nanoseconds that streams of one host may differ by; more is no network but a mistake.
    private static let bound: Int64 = 250_000_000

    /// One verdict for each of `streams`, which have one sender.
    package static func verdicts(_ streams: [Stream]) -> [SenderReportVerdict] {
        var verdicts = [SenderReportVerdict](repeating: .none, count: streams.count)
        var offsets: [(index: Int, offset: Offset)] = []
        for (index, stream) in streams.enumerated() where !stream.reports.isEmpty {
            switch offset(of: stream) {
            case .success(let offset): offsets.append((index, offset))
            case .failure(let refusal): if let reason = refusal.reason { verdicts[index] = .refused(reason) }
            }
        }
        guard offsets.count > 1, let least = offsets.min(by: { $0.offset.delay < $1.offset.delay })?.offset else { return verdicts }
        let range = offsets.reduce(Int64(0)) { max($0, $1.offset.delay - least.delay) }
        for (index, offset) in offsets {
            let late = offset.delay - least.delay
            if range > bound {
                verdicts[index] = .refused("the reports of this sender's streams disagree with the arrival times by \(range / 1_000_000) ms")
            } else {
                verdicts[index] = late > noticeable + 2 * (offset.spread + least.spread) ? .late(late) : .agrees
            }
        }
        return verdicts
    }

    private struct Refusal: Error {
        /// Nil where there is just too little to judge.
        let reason: String?
    }

    private static func offset(of stream: Stream) -> Result<Offset, Refusal> {
        func seconds(_ report: SenderReportTrace.Report) -> Double { Double(report.timestamp.distance(from: stream.first)) / Double(stream.clock.hertz) }
        let near = stream.reports.reports.filter { (-5.0...window).contains(seconds($0)) }
        guard near.count >= fewest, let start = near.first else { return .failure(Refusal(reason: nil)) }
        for report in near where abs(report.sent.seconds(since: report.arrival)) > clockError {
            return .failure(Refusal(reason: "the sender's clock differs from the capture's by more than a minute"))
        }
        for (one, two) in zip(near, near.dropFirst()) {
            let sent = two.sent.seconds(since: one.sent)
            guard sent > 0, two.timestamp.distance(from: one.timestamp) > 0, abs(sent - two.arrival.seconds(since: one.arrival)) <= reportJitter else {
                return .failure(Refusal(reason: "the times in the reports jump"))
            }
        }
        // Where the sender's clock stood at the first packet, by each report.
        let begins = near.map { $0.sent.nanoseconds &- Int64(seconds($0) * 1e9) }.sorted()
        let middle = begins[begins.count / 2]
        let spread = max(middle &- begins[0], begins[begins.count - 1] &- middle)
        let span = (near.last?.sent ?? start.sent).seconds(since: start.sent)
        guard Double(spread) / 1e9 <= disagreement.fixed + disagreement.rate * span else {
            return .failure(Refusal(reason: "the timestamps in the reports do not run at the stream's clock rate"))
        }
        return .success(Offset(delay: stream.envelope.nanoseconds &- middle, spread: spread))
    }
}
