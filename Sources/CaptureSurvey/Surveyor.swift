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
        var merge = merge
        let total = merge.inputs.reduce(0) { $0 + ($1.input.size ?? 0) }
        var knowledge = TLSKnowledge(options.tls, limits: options.limits)
        func pass() -> (visitor: SurveyVisitor, ends: [FrameMerge.Finished]) {
            var visitor = SurveyVisitor(
                captures: merge.inputs.count, options: options, secrets: knowledge.secrets, hashKey: hashKey, total: total, observer: observer)
            let ends = merge.run(&visitor)
            visitor.finish()
            return (visitor, ends)
        }
        var (visitor, ends) = pass()
        var isNew = false
        for end in ends where knowledge.take(end.parser.secrets, of: merge.inputs[Int(end.capture)].input.displayName) { isNew = true }
        let steps = ClockSteps.find(visitor.sink.survey.flows, visitor.sink.survey.clocks)
        merge = merge.correcting(steps)
        // Secrets may stand anywhere in a capture, also behind the packets that they open, and that a clock was set shows only later: then everything is
        // read once more.
        if isNew && visitor.sink.survey.hasUnopened || !steps.isEmpty, !(observer?.isInterrupted ?? false) { (visitor, ends) = pass() }
        var survey = visitor.sink.survey
        survey.clockSteps = steps
        survey.wasInterrupted = observer?.isInterrupted ?? false
        open(visitor.sink.handshakes, knowledge, &survey)
        for end in ends {
            summarise(end, merge.inputs[Int(end.capture)], visitor.tally(of: Int(end.capture)), visitor.sink.shortFrames.found[end.capture], &survey)
        }
        survey.rejected = merge.rejected
        for rejected in merge.rejected {
            survey.findings.report(.cap007, rejected.reason, at: nil, subject: FindingSubject(capture: rejected.name))
        }
        for step in steps { report(step, &survey) }
        compareClocks(visitor.sink.clockDifferences(captures: survey.captures.count), &survey)
        return survey
    }

    private static func report(_ step: ClockStep, _ survey: inout Survey) {
        let seconds = (Double(abs(step.nanoseconds)) / 1e6).rounded() / 1e3
        let name = survey.captures.indices.contains(Int(step.capture)) ? survey.captures[Int(step.capture)].name : nil
        survey.findings.report(
            .cap018,
            "the clock of the capture was set \(step.nanoseconds < 0 ? "forward" : "back") by \(seconds) s between frames \(step.after) and \(step.until), "
                + "as \(step.streams) \(step.streams == 1 ? "stream shows" : "streams show at once"); the times that follow are put right by as much",
            at: Origin(capture: step.capture, frame: step.until), subject: name.map { FindingSubject(capture: $0) } ?? FindingSubject())
    }

    /// Differences below this, in seconds, put nothing out of order that one network path would not.
    private static let noticeable = 0.020

    private static func compareClocks(_ differences: [ClockDifference?], _ survey: inout Survey) {
        for (index, difference) in differences.enumerated() {
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
                    + "\(difference.packets) packets in both captures; --clock-offset \(option)=\(correction) corrects it",
                at: Origin(capture: UInt32(index), frame: 0), subject: FindingSubject(capture: name))
        }
    }

    /// Derives the keys of every DTLS handshake, in order of time.
    private static func open(_ handshakes: [NetworkPath: DTLSAssociation], _ knowledge: TLSKnowledge, _ survey: inout Survey) {
        let reports = handshakes.values.flatMap { $0.resolve(knowledge.secrets) }.sorted { $0.origin < $1.origin }
        for report in reports {
            guard let missing = report.missing else { continue }
            survey.findings.report(
                missing.rule, missing.message, at: missing.origin,
                subject: FindingSubject(flow: .dtls(report.path)))
        }
        survey.handshakes = reports
        survey.dtls = reports.flatMap(\.keys).compactMap { DTLSKeys($0) }
        knowledge.report(into: &survey.findings)
        survey.secrets = knowledge.secrets
        survey.tlsKeys = knowledge.uses
    }

    private static func summarise(
        _ end: FrameMerge.Finished, _ input: OrderedInput, _ tally: CaptureTally, _ short: ShortFrames.Found?, _ survey: inout Survey
    ) {
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
                silences: tally.silences, clockCorrection: input.shift == 0 ? nil : Double(input.shift) / 1e9))
        for remark in end.parser.remarks {
            survey.findings.report(remark.rule, remark.message, at: Origin(capture: end.capture, frame: remark.frame), subject: subject)
        }
        if let fault = end.fault {
            survey.findings.report(
                .cap012, "reading stopped: \(fault.reason)", at: Origin(capture: end.capture, frame: UInt32(clamping: tally.packets)), subject: subject)
        }
        if let stopped = end.stopped {
            let size = input.input.size.map { " of \($0)" } ?? ""
            let unpacked = stopped.unpacked == stopped.taken ? "" : ", which decompressed to \(stopped.unpacked)"
            survey.findings.report(
                .out003, "reading was interrupted after \(stopped.taken)\(size) bytes\(unpacked)",
                at: Origin(capture: end.capture, frame: UInt32(clamping: tally.packets)), subject: subject)
        }
        if tally.cut > 0 {
            survey.findings.report(
                .cap003, "\(tally.cut) of \(tally.packets) packets are truncated by the snap length", at: Origin(capture: end.capture, frame: tally.firstCut),
                subject: subject, count: tally.cut)
        }
        if let short, let first = short.frames.first {
            let words =
                "\(short.words) of \(tally.packets) hold\(short.count == 1 ? "s" : "") fewer bytes than the IP length announces although the capture "
                + "did not truncate \(short.count == 1 ? "it" : "them")"
            survey.findings.report(.cap040, words, at: Origin(capture: end.capture, frame: first), subject: subject, count: max(1, short.count - 1))
            if short.count > 1 { survey.findings.report(.cap040, words, at: Origin(capture: end.capture, frame: short.last), subject: subject) }
        }
        if let dropped, dropped > 0 {
            survey.findings.report(
                .cap005, "the capturing host dropped \(dropped) packets", at: Origin(capture: end.capture, frame: 0), subject: subject)
        }
        if tally.backwards > 0 {
            survey.findings.report(
                .cap006, "packet timestamps go back by more than a second", at: Origin(capture: end.capture, frame: tally.firstBackwards), subject: subject,
                count: tally.backwards)
        }
    }
}
