import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import SDPSyntax
import SIPDialogs
import SRTPDecryption
import StreamMatching
import TLSDecryption

/// What is noteworthy about the keys of recordings: where they came from, how sure it is that they fit, and what is missing.
struct KeyReport {
    private let survey: Survey
    private let options: ReconstructionOptions
    private(set) var needed: [NeededKey] = []
    /// Entries of the key files that open a flow only with key and salt exchanged, with that flow.
    private(set) var swapped: [Int: Int] = [:]
    private(set) var findings = FindingLog()
    /// What opening the packets will tell.
    private(set) var foreseen = FindingLog()
    /// Flows that no key opens and that may be encrypted.
    private var closed: [Int] = []

    init(
        on recordings: [PlannedRecording], _ survey: Survey, _ options: ReconstructionOptions, _ observed: ObservedFlows, _ keys: KeyRing, uses: KeyUses
    ) {
        self.survey = survey
        self.options = options
        for name in options.keys.readableByOthers + options.tls.readableByOthers {
            findings.report(.srt018, "users other than the owner may read \(name.printable)", at: nil, subject: FindingSubject(capture: name))
        }
        for problem in options.keys.problems {
            findings.report(
                .srt011, "\(problem.file.printable)\(problem.line > 0 ? " line \(problem.line)" : ""): \(problem.message)", at: nil,
                subject: FindingSubject(stream: "line \(problem.line)", capture: problem.file))
        }
        for recording in recordings { add(recording) }
        settleNeeds(recordings)
        swapped = keys.swapped(closed.map { observed[$0] }, uses: uses)
        conclude(uses)
    }

    private mutating func add(_ recording: PlannedRecording) {
        for stream in recording.streams {
            let callID = stream.dialog.map { survey.dialogs[$0].callID }
            for flow in stream.flows where flow.security.proven.isEmpty && (flow.isSecure || stream.dialog == nil) { closed.append(flow.flow) }
            for flow in stream.flows where flow.isSecure {
                let row = survey.flows.rows[flow.flow]
                let subject = FindingSubject(
                    callID: callID, stream: callID == nil ? nil : stream.label ?? stream.id, flow: callID == nil ? row.identity : nil)
                tell(flow, row, subject)
                foresee(flow, row, subject)
                tellLifetime(flow, row, stream, subject)
                if flow.security.proven.isEmpty { note(flow, row, stream) }
            }
        }
        for dialog in recording.dialogs { tell(survey.dialogs[dialog]) }
    }

    private mutating func tell(_ flow: PlannedFlow, _ row: FlowRow, _ subject: FindingSubject) {
        guard let key = flow.security.proven.first, let verdict = key.verdict else { return }
        if verdict.roc > 0 {
            findings.report(
                .srt009,
                "the rollover counter of \(row.identity) was found \(key.isCounted ? "from its sender report" : "by search"): \(verdict.roc) at the start; \(verdict.opened) of \(verdict.tried) "
                    + "sample packets authenticate",
                at: row.firstOrigin, subject: subject)
        }
        switch key.source {
        case .dialog, .file: findings.report(.srt010, "\(row.identity): \(flow.security.reasons[0])", at: row.firstOrigin, subject: subject)
        case .sdp, .dtls: break
        }
        if flow.security.clear == .untilFirstOpened {
            findings.report(
                .srt014, "\(row.identity) starts in clear and continues encrypted; authentication decides for each packet",
                at: row.firstOrigin, subject: subject)
        }
    }

    /// Keys that were said to be this stream's and authenticate none of its sampled packets.
    private mutating func foresee(_ flow: PlannedFlow, _ row: FlowRow, _ subject: FindingSubject) {
        guard flow.security.proven.isEmpty, flow.security.signs == nil, !flow.security.keys.isEmpty, flow.security.samples > 0, flow.security.clear == .none
        else { return }
        let suites = Set(flow.security.keys.map(\.master.suite.rawValue)).sorted().joined(separator: ", ")
        foreseen.report(
            .srt001, "none of \(flow.security.samples) packets tried authenticates with \(suites): wrong key, wrong rollover counter or modified packets",
            at: row.firstOrigin, subject: subject)
    }

    /// A key that protected more packets than its line allows, where no other key was taken up.
    private mutating func tellLifetime(_ flow: PlannedFlow, _ row: FlowRow, _ stream: PlannedStream, _ subject: FindingSubject) {
        guard flow.security.proven.count == 1, let key = flow.security.proven.first?.master else { return }
        for line in (stream.negotiated?.epochs ?? []).flatMap(\.crypto) {
            for inline in line.keys {
                guard let lifetime = inline.lifetime, UInt64(row.distinctPackets) > lifetime,
                    SRTPSuite(sdesName: line.suite).flatMap({ SRTPMasterKey(suite: $0, keyAndSalt: inline.keyAndSalt) })?.identifier == key.identifier
                else { continue }
                findings.report(
                    .srt023, "\(row.distinctPackets) packets with key #\(key.identifier), whose lifetime is \(lifetime)", at: row.firstOrigin,
                    subject: subject)
                return
            }
        }
    }

    private mutating func note(_ flow: PlannedFlow, _ row: FlowRow, _ stream: PlannedStream) {
        var suites = flow.unsupportedSuites
        for epoch in stream.negotiated?.epochs ?? [] { for line in epoch.crypto where !suites.contains(line.suite) { suites.append(line.suite) } }
        for handshake in handshakes(of: row) { for name in handshake.profiles where !suites.contains(name) { suites.append(name) } }
        needed.append(
            NeededKey(
                flow: flow.flow, ssrc: row.ssrc, path: row.path, from: row.firstArrival, until: row.lastArrival, packets: row.packets,
                cutPackets: Int(row.cutPackets), suites: suites.map(\.printable), keying: keying(stream, row), tried: flow.security.refused))
    }

    /// A flow that several conversations share needs its key once, and none where one of them opens it.
    private mutating func settleNeeds(_ recordings: [PlannedRecording]) {
        if needed.isEmpty { return }
        var settled: Set<Int> = []
        for recording in recordings { for flow in recording.streams.flatMap(\.flows) where !flow.security.proven.isEmpty { settled.insert(flow.flow) } }
        needed = needed.filter { settled.insert($0.flow).inserted }
    }

    private func keying(_ stream: PlannedStream, _ row: FlowRow) -> String {
        if stream.negotiated?.epochs.contains(where: { !$0.crypto.isEmpty }) ?? false { return "sdes" }
        let back = NetworkPath(source: row.path.destination, destination: row.path.source)
        if survey.zrtp[row.path] != nil || survey.zrtp[back] != nil { return "zrtp" }
        if !handshakes(of: row).isEmpty { return "dtls-srtp" }
        guard let negotiated = stream.negotiated else { return "unknown" }
        for negotiation in survey.dialogs[negotiated.dialog].negotiations {
            for description in [negotiation.offer, negotiation.answer].compactMap(\.self) where negotiated.mediaIndex < description.media.count {
                let media = description.media[negotiated.mediaIndex]
                if media.hasAttribute("fingerprint") || media.transport.uppercased().contains("TLS") { return "dtls-srtp" }
                if media.hasAttribute("key-mgmt") { return "mikey" }
                if media.hasAttribute("zrtp-hash") { return "zrtp" }
            }
        }
        return "unknown"
    }

    /// DTLS-SRTP handshakes on the flow's own path, in either direction.
    private func handshakes(of row: FlowRow) -> [DTLSReport] {
        survey.handshakes.filter { $0.isForSRTP && ($0.path == row.path || $0.path == row.path.reversed) }
    }

    /// Key agreements that only a key file can follow.
    private mutating func tell(_ dialog: SIPDialog) {
        let origin = dialog.messages.first?.origins.origin(at: 0)
        let all = dialog.negotiations.flatMap { [$0.offer, $0.answer].compactMap(\.self).flatMap(\.media) }
        if all.contains(where: { $0.hasAttribute("key-mgmt") }) {
            findings.report(
                .srt015, "keys are negotiated by MIKEY (a=key-mgmt), which is not supported", at: origin, subject: FindingSubject(callID: dialog.callID))
        }
        if all.contains(where: { $0.hasAttribute("zrtp-hash") }) {
            findings.report(.srt016, "the parties may negotiate keys by ZRTP (a=zrtp-hash)", at: origin, subject: FindingSubject(callID: dialog.callID))
        }
    }

    /// What concerns no single recording.
    private mutating func conclude(_ uses: KeyUses) {
        for (path, summary) in survey.zrtp.sorted(by: { $0.value.first < $1.value.first }) {
            findings.report(
                .srt016, "\(summary.packets) ZRTP packets from \(path.source) to \(path.destination)\(summary.confirmed == nil ? ", never confirmed" : "")",
                at: summary.first, subject: FindingSubject(flow: .zrtp(path)))
        }
        if survey.samples.refused > 0, !needed.isEmpty {
            findings.report(.srt017, "\(survey.samples.refused.counted("sample packet")) not kept; keys were not tried on them", at: nil)
        }
        for (number, entry) in options.keys.entries.enumerated() where uses.flows[number] == nil {
            let subject = FindingSubject(stream: "line \(entry.line)", capture: entry.file)
            if swapped[number] != nil {
                findings.report(.srt011, "\(entry.file.printable) line \(entry.line): key and salt are in the wrong order", at: nil, subject: subject)
            } else {
                findings.report(.srt012, "the key of \(entry.file.printable) line \(entry.line) opens none of the packets tried", at: nil, subject: subject)
            }
        }
    }
}
