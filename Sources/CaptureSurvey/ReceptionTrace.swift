package import Evidence
import RTPSyntax

/// What one receiver said of one source, report by report (RFC 3550 section 6.4.1).
///
/// Bound: 256 reports, then every second one is left out.
package struct ReceptionTrace: Sendable {
    package struct Report: Sendable, Equatable {
        package let time: CaptureTime
        /// Extended highest sequence number received.
        package let highest: UInt32
        /// Packets lost since reception began; duplicates count against them.
        package let lost: Int32
        package let origin: Origin
    }

    /// The receiver; what others say of the source is not taken.
    package let reporter: SSRC
    /// In order of capture.
    package private(set) var reports: [Report] = []
    /// Of so many reports one is kept, and always the last.
    private var stride = 1
    private var seen = 0
    private static let limit = 256

    init(reporter: SSRC) { self.reporter = reporter }

    mutating func add(_ block: RTCPReportBlock, by reporter: SSRC, at time: CaptureTime, origin: Origin) {
        guard reporter == self.reporter else { return }
        if seen % stride != 0 { reports.removeLast() }
        reports.append(Report(time: time, highest: block.highestSequence, lost: block.cumulativeLost, origin: origin))
        seen += 1
        guard reports.count >= Self.limit else { return }
        reports = reports.indices.filter { $0 % 2 == 1 }.map { reports[$0] }
        stride *= 2
        seen = 0
    }

    /// What the receiver says that it missed of the packets sent between two moments; nil where its reports do not cover them.
    ///
    /// A report tells of packets that came before it, so those sent up to `from` are in the one and those sent until `until` in the other.
    /// Without a report before, the count since reception began has to do.
    package func lost(from: CaptureTime, until: CaptureTime) -> (packets: Int, last: Report)? {
        guard let after = reports.first(where: { $0.time >= until }) else { return nil }
        guard let before = reports.last(where: { $0.time <= from }) else { return (Int(after.lost), after) }
        // Its numbers have to go on: a receiver that began anew tells nothing.
        let step = after.highest &- before.highest
        guard step > 0, step < 1 << 30 else { return nil }
        return (Int(after.lost) - Int(before.lost), after)
    }
}
