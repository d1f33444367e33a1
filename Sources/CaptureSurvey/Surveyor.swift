import CaptureFormat
import Evidence
import NetworkLayers
package import PacketInput
import SIPDialogs
import StreamMatching
import TLSDecryption

/// The first pass: reads every input once, front to back.
package enum Surveyor {
    /// `hashKey` seeds the flow table and changes no output.
    package static func run(
        _ merge: FrameMerge, options: ReadingOptions, hashKey: UInt64, observer: (any ReconstructionObserver)?
    ) -> Survey {
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        var knowledge = TLSKnowledge(options.tls, limits: options.limits)
        func pass() -> (visitor: SurveyVisitor, finished: [FrameMerge.Finished], dialogs: [SIPDialog]) {
            var visitor = SurveyVisitor(
                captures: merge.inputs.count, options: options, secrets: knowledge.secrets, hashKey: hashKey, total: total, observer: observer)
            let finished = merge.run(&visitor)
            visitor.decoder.finish()
            let dialogs = visitor.sink.finish()
            return (visitor, finished, dialogs)
        }
        var (visitor, finished, dialogs) = pass()
        var isNew = false
        for end in finished where knowledge.take(end.parser.secrets, of: merge.inputs[Int(end.capture)].input.displayName) { isNew = true }
        // Secrets may stand anywhere in a capture, also behind the packets that they open: then everything is read once more with them.
        if isNew, visitor.sink.signalling.hasUnopened, !(observer?.isInterrupted ?? false) { (visitor, finished, dialogs) = pass() }
        var survey = Survey(flows: visitor.sink.flows)
        survey.dialogs = DialogList(dialogs)
        survey.rtcp = visitor.sink.rtcp
        survey.clocks = visitor.sink.clocks
        survey.marks = visitor.sink.marks
        survey.contributors = visitor.sink.contributors
        survey.keepAlives = visitor.sink.beside.open
        survey.samples = visitor.sink.samples
        survey.control = visitor.sink.secured
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
        survey.findings.merge(visitor.sink.findings)
        survey.encrypted = visitor.sink.signalling.encrypted
        exports(of: visitor.sink.handshakes, knowledge, &survey)
        survey.streamMedia = visitor.sink.streamMedia
        survey.secrets = knowledge.secrets
        survey.counts.stun = visitor.sink.beside.stun
        survey.counts.dtls = visitor.sink.beside.dtls
        survey.counts.relayed = visitor.sink.beside.relayed
        survey.counts.keepAlives = visitor.sink.beside.keepAlives
        if visitor.sink.flows.refused > 0 {
            survey.findings.report(
                .net004, "the flow table is full at \(visitor.sink.flows.limit) flows; \(visitor.sink.flows.refused) packets of further flows are not counted",
                at: nil)
        }
        if visitor.sink.refusedControl > 0 {
            survey.findings.report(
                .net004, "RTCP on more than \(options.limits.flows) paths; \(visitor.sink.refusedControl) packets of further paths are not counted", at: nil)
        }
        if visitor.sink.copies.released > 0 {
            survey.findings.report(
                .net004, "more than \(options.limits.watchedFlows) flows with repeated packets at once; the survey compared only part of them", at: nil)
        }
        for end in finished { summarise(end, merge.inputs[Int(end.capture)], visitor.tally(of: Int(end.capture)), &survey) }
        for rejected in merge.rejected {
            survey.findings.report(.cap007, rejected.reason, at: nil, subject: FindingSubject(capture: rejected.name))
        }
        SignallingCopies.compare(survey.dialogs.all, captures: merge.inputs.count, into: &visitor.sink.copies)
        compareClocks(visitor.sink.copies.offsets, &survey)
        return survey
    }

    /// Differences below this, in seconds, put nothing out of order that one network path would not.
    private static let noticeable = 0.020

    private static func compareClocks(_ offsets: ClockOffsets, _ survey: inout Survey) {
        for (index, difference) in offsets.differences(captures: survey.captures.count).enumerated() {
            guard let difference else { continue }
            survey.captures[index].clock = difference
            guard abs(difference.seconds) >= noticeable else { continue }
            let name = survey.captures[index].name
            let reference = survey.captures[difference.reference].name
            let already = survey.captures[index].clockCorrection ?? 0
            let seconds = (abs(difference.seconds) * 1e6).rounded() / 1e6
            let isShared = survey.captures.contains { $0.name == name && $0.first != survey.captures[index].first }
            let from = isShared ? survey.captures[difference.reference].first.map { " (from \($0.rfc3339))" } ?? "" : ""
            let option = (isShared ? "FOLDER/" : "") + name
            let correction = ((already - difference.seconds) * 1e6).rounded() / 1e6
            survey.findings.report(
                .cap031,
                "the clock of \(name) is \(seconds) s \(difference.seconds > 0 ? "ahead of" : "behind") that of \(reference)\(from), by "
                    + "\(difference.packets) packets that both hold; --clock-offset \(option)=\(correction) corrects it",
                at: Origin(capture: UInt32(index), frame: 0), subject: FindingSubject(capture: name))
        }
    }

    /// Derives the keys of every DTLS handshake, in order of time.
    private static func exports(of handshakes: [NetworkPath: DTLSAssociation], _ knowledge: TLSKnowledge, _ survey: inout Survey) {
        let reports = handshakes.values.flatMap { $0.resolve(knowledge.secrets) }.sorted { $0.origin < $1.origin }
        for report in reports {
            guard let missing = report.missing else { continue }
            survey.findings.report(
                missing.rule, missing.message, at: missing.origin,
                subject: FindingSubject(flow: "DTLS \(report.path.source) > \(report.path.destination)"))
        }
        survey.handshakes = reports
        survey.dtls = reports.flatMap(\.keys).compactMap { DTLSKeys($0) }
        knowledge.report(into: &survey.findings)
        survey.tlsKeys = knowledge.uses
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
                writers: end.parser.writers, linkTypes: tally.linkTypes.map { LinkType($0).name }, snapLength: snap, dropped: dropped,
                dropMoments: interfaces.flatMap(\.dropMoments).map { CaptureTime(nanoseconds: $0.nanoseconds &+ input.shift) }.sorted(),
                clockCorrection: input.shift == 0 ? nil : Double(input.shift) / 1e9))
        for remark in end.parser.remarks {
            survey.findings.report(remark.rule, remark.message, at: Origin(capture: end.capture, frame: remark.frame), subject: subject)
        }
        if let fault = end.fault {
            survey.findings.report(
                .cap012, "reading stopped: \(fault.reason)", at: Origin(capture: end.capture, frame: UInt32(clamping: tally.packets)), subject: subject)
        }
        if let stopped = end.stopped {
            let size = input.input.size.map { " of \($0)" } ?? ""
            let unpacked = stopped.unpacked == stopped.taken ? "" : ", which unpacked to \(stopped.unpacked)"
            survey.findings.report(
                .out003, "reading was interrupted after \(stopped.taken)\(size) octets\(unpacked)",
                at: Origin(capture: end.capture, frame: UInt32(clamping: tally.packets)), subject: subject)
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
