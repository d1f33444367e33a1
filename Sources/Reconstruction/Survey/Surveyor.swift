import CaptureFormat
import Evidence
import NetworkLayers
import SIPDialogs
import StreamMatching

/// The first pass: reads every input once, front to back.
package enum Surveyor {
    /// `hashKey` seeds the flow table and changes no output.
    package static func run(
        _ merge: FrameMerge, options: ReconstructionOptions, hashKey: UInt64, observer: (any ReconstructionObserver)?
    ) -> Survey {
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        var visitor = SurveyVisitor(captures: merge.inputs.count, options: options, hashKey: hashKey, total: total, observer: observer)
        let finished = merge.run(&visitor)
        visitor.decoder.finish()
        let dialogs = visitor.sink.signalling.finish()
        var survey = Survey(flows: visitor.sink.flows)
        survey.dialogs = dialogs
        survey.rtcp = visitor.sink.rtcp
        survey.samples = visitor.sink.samples
        survey.zrtp = visitor.sink.zrtp
        survey.rejected = merge.rejected
        survey.counts = visitor.decoder.counts
        survey.counts.sip = visitor.sink.signalling.messages
        survey.counts.rtp = visitor.sink.rtp
        survey.counts.rtcp = visitor.sink.rtcpPackets
        survey.counts.unclassified = visitor.sink.unclassified
        survey.wasInterrupted = observer?.isInterrupted ?? false
        survey.findings.merge(visitor.decoder.findings)
        survey.findings.merge(visitor.sink.signalling.findings)
        if visitor.sink.flows.refused > 0 {
            survey.findings.report(
                .net004, "the flow table is full at \(visitor.sink.flows.limit) flows; \(visitor.sink.flows.refused) packets of further flows are not counted",
                at: nil)
        }
        for end in finished { summarise(end, merge.inputs[Int(end.capture)], visitor.tally(of: Int(end.capture)), &survey) }
        for rejected in merge.rejected {
            survey.findings.report(.cap007, rejected.reason, at: nil, subject: FindingSubject(capture: rejected.name))
        }
        return survey
    }

    private static func summarise(_ end: FrameMerge.Finished, _ input: OrderedInput, _ tally: CaptureTally, _ survey: inout Survey) {
        let name = input.input.displayName
        let subject = FindingSubject(capture: name)
        let interfaces = end.parser.interfaces
        let snap = interfaces.map { Int($0.snapLength) }.filter { $0 > 0 && $0 < 262_144 }.min()
        let drops = interfaces.compactMap { $0.dropped }
        let dropped = drops.isEmpty ? nil : drops.reduce(0) { $0 + Int(clamping: $1) }
        survey.captures.append(
            CaptureSummary(
                name: name, format: end.parser.format.rawValue, octets: input.input.size, packets: tally.packets,
                first: tally.packets > 0 ? tally.first : nil, last: tally.packets > 0 ? tally.last : nil,
                linkTypes: tally.linkTypes.map { LinkType($0).name }, snapLength: snap, dropped: dropped))
        for remark in end.parser.remarks {
            survey.findings.report(remark.rule, remark.message, at: Origin(capture: end.capture, frame: remark.frame), subject: subject)
        }
        if let fault = end.fault {
            survey.findings.report(
                .cap002, "reading stopped: \(fault.reason)", at: Origin(capture: end.capture, frame: UInt32(clamping: tally.packets)), subject: subject)
        }
        if tally.cut > 0 {
            survey.findings.report(
                .cap003, "\(tally.cut) of \(tally.packets) packets are cut short by the snap length", at: Origin(capture: end.capture, frame: tally.firstCut),
                subject: subject, count: tally.cut)
        }
        if let dropped, dropped > 0 {
            survey.findings.report(
                .cap005, "the capturing host says that it dropped \(dropped) packets", at: Origin(capture: end.capture, frame: 0), subject: subject)
        }
        if tally.backwards > 0 {
            survey.findings.report(
                .cap006, "packet time goes back by more than a second", at: Origin(capture: end.capture, frame: tally.firstBackwards), subject: subject,
                count: tally.backwards)
        }
    }
}
