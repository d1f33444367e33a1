import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import SRTPDecryption
import StreamMatching

/// SRTCP of the whole capture, by source, opened with the keys of that source.
struct SecuredControl {
    private let packets: [SSRC: [ControlSamples.Packet]]
    private let byPath: [NetworkPath: [ControlSamples.Packet]]
    /// What sources said in clear.
    private var clear: [SSRC: RTCPSenderReport] = [:]

    init(_ survey: Survey) {
        packets = survey.control.bySource()
        byPath = survey.control.byPath
        for (_, summary) in survey.rtcp.sorted(by: { $0.value.first < $1.value.first }) { clear.merge(summary.words.reports) { first, _ in first } }
    }

    /// Opens what `ssrc` sent; nil where it sent nothing that may be SRTCP.
    func open(_ ssrc: SSRC, with keys: [SRTPMasterKey]) -> OpenedControl? {
        guard let list = packets[ssrc], !keys.isEmpty else { return nil }
        let receiver = SRTCPReceiver(keys: keys)
        var out = OpenedControl()
        var plain: [UInt8] = []
        for packet in list {
            out.tried += 1
            guard case .opened = unsafe receiver.open(packet.octets.span.bytes, into: &plain) else { continue }
            unsafe out.words.learn(from: plain.span.bytes, at: packet.time, origin: packet.origin)
        }
        out.authenticated = receiver.authenticated
        return out
    }

    /// What the receiver of a flow reports of it under SRTCP, as far as its keys open it.
    func reception(of row: FlowRow, with keys: [SRTPMasterKey]) -> HeardReports? {
        guard !keys.isEmpty else { return nil }
        for path in row.path.returnPaths {
            guard let list = byPath[path] else { continue }
            let receiver = SRTCPReceiver(keys: keys)
            var words = RTCPReports()
            var plain: [UInt8] = []
            for packet in list {
                guard case .opened = unsafe receiver.open(packet.octets.span.bytes, into: &plain) else { continue }
                unsafe words.learn(from: plain.span.bytes, at: packet.time, origin: packet.origin)
            }
            if let trace = words.receptions[row.ssrc] { return HeardReports(path: path, trace: trace) }
        }
        return nil
    }

    /// Rollover counters that the sender's own count of its packets suggests for the first packet seen; likely ones first, none of them certain.
    ///
    /// A report holds the packets sent since the start, so their number before the first packet seen is that count less the packets between,
    /// by timestamp. The sequence number at the start follows, and how often it wrapped since. Pauses of the sender make it less exact.
    func counters(of row: FlowRow, step: Int?, with key: SRTPMasterKey) -> [UInt32] {
        guard let step, step > 0, let report = open(row.ssrc, with: [key])?.words.reports[row.ssrc] ?? clear[row.ssrc] else { return [] }
        let since = Int(report.rtpTimestamp.distance(from: row.firstTimestamp)) / step
        let before = Int(report.packetCount) - since
        guard before > 0 else { return [] }
        let start = Int(row.firstSequence.value &- UInt16(truncatingIfNeeded: before))
        let counter = (start + before) >> 16
        return [counter, counter + 1, counter - 1].compactMap { UInt32(exactly: $0) }
    }
}
