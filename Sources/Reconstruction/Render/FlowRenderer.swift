import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import RTPSyntax
import SRTPDecryption
import StreamMatching

/// One flow while its recording is live. The state is a struct, so that one access to the class covers a whole packet. That access is not
/// checked at run time: nothing that a flow calls comes back to it, and the checks of flow, playout and track took 4 % of a render.
final class FlowRenderer {
    let flowNumber: Int
    let window: FlowWindow
    /// Flows whose packets come here, too.
    let twins: [Int]
    private unowned let recording: RecordingRenderer
    @exclusivity(unchecked) private var core: FlowCore

    init(_ planned: PlannedFlow, rows: ContiguousArray<FlowRow>, timing: FlowTiming, recording: RecordingRenderer, usesLibSRTPOnly: Bool) {
        flowNumber = planned.flow
        twins = planned.twins
        window = planned.window
        self.recording = recording
        unsafe core = FlowCore(
            planned, row: rows[planned.flow], twinPackets: planned.twins.reduce(0) { $0 + rows[$1].packets }, timing: timing, recording: recording,
            usesLibSRTPOnly: usesLibSRTPOnly)
    }

    /// Takes the next packet in capture order; true when this finished the whole recording.
    @inline(__always)
    func push(
        _ packet: RawSpan, header: RTPHeader, isCut: Bool, time: CaptureTime, origin: Origin, mark: PacketMark, scratch: inout [Int16]
    ) -> Bool {
        unsafe core.push(packet, header: header, isCut: isCut, time: time, origin: origin, mark: mark, scratch: &scratch) ? end() : false
    }

    /// A later recording takes over the flow; true when this finished the whole recording.
    func leave() -> Bool { end() }

    /// All packets are there: closes the flow, and with the last flow the recording.
    @inline(never)
    private func end() -> Bool {
        close()
        return recording.flowEnded()
    }

    func close() { unsafe core.close() }

    /// The flow's packets are about packets of `flows`.
    func repair(_ flows: [FlowRenderer]) { unsafe core.repaired = flows }

    /// Another flow is about this one's packets.
    func expectRepair() { unsafe core.expectRepair() }

    /// Parity that another flow carries about this one.
    func add(parity payload: RawSpan, time: CaptureTime, origin: Origin, scratch: inout [Int16]) {
        unsafe core.add(parity: payload, time: time, origin: origin, scratch: &scratch)
    }

    /// A packet of this flow that another one brings.
    func restore(_ packet: borrowing PlayoutPacket, from source: RecoverySource, scratch: inout [Int16]) {
        unsafe core.restore(packet, from: source, &scratch)
    }

    /// Another flow goes on in the same track: what waits for a missing packet is placed before that, as a track is written front to back.
    func giveWay() { unsafe core.giveWay() }

    /// Hands the result over and keeps none of it.
    func takeResult() -> FlowResult { unsafe core.takeResult() }
}
