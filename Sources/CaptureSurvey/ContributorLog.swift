package import Evidence
import RTPSyntax

/// The contributing sources that mixers list in RTP headers (RFC 3550 section 5.1), by flow.
///
/// Only packets that have such a list come here. Bound: 64 sources a flow, 4,096 flows.
package struct ContributorLog: Sendable {
    private var flows: [Int: [SSRC: Origin]] = [:]
    private static let flowLimit = 4096
    private static let sourceLimit = 64

    package var isEmpty: Bool { flows.isEmpty }

    @inline(never)
    mutating func add(flow: Int, _ header: RTPHeader, _ packet: RawSpan, _ origin: Origin) {
        guard flows[flow] != nil || flows.count < Self.flowLimit else { return }
        for ssrc in header.csrcs(in: packet) where flows[flow, default: [:]][ssrc] == nil && flows[flow, default: [:]].count < Self.sourceLimit {
            flows[flow, default: [:]][ssrc] = origin
        }
    }

    /// Each source that the flow's packets list and the first packet that does, by source.
    package func sources(of flow: Int) -> [(ssrc: SSRC, first: Origin)] {
        (flows[flow] ?? [:]).map { (ssrc: $0.key, first: $0.value) }.sorted { $0.ssrc.value < $1.ssrc.value }
    }
}
