import CaptureSurvey
import Evidence
import MediaCodecs
import MediaPlayout
import PacketInput
import PayloadEvidence
import RTPSyntax
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SRTPDecryption
import StreamMatching

/// What a flow needs to be opened and decoded, from what was negotiated over time.
enum FlowPlanner {
    /// `forced`: codecs that the user names for payload types, whatever was negotiated.
    static func plan(
        _ observed: ObservedFlow, match: FlowMatch?, stream: NegotiatedStream?, keys resolved: FlowKeys,
        forced: [PayloadType: CodecDescription] = [:], findings: inout FindingLog, subject: FindingSubject
    ) -> PlannedFlow {
        let row = observed.row
        var maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])] = []
        var unsupported: [String] = []
        var refused: [String] = []
        var ignored: [String] = []
        var agreed: CaptureTime?
        var offers: [Int: CaptureTime] = [:]
        for epoch in stream?.epochs ?? [] {
            // What an earlier description mapped stays readable: packets of the old codec are on the way when the new offer is seen. A number that
            // gets another meaning has it from the answer on (RFC 3264 section 8.3.2).
            let (known, new) = (maps.last?.map ?? [:], codecs(of: epoch.formats))
            func add(_ map: [PayloadType: CodecDescription], from: CaptureTime) {
                if !map.isEmpty, maps.last?.map != map { maps.append((from, map)) }
            }
            if new.contains(where: { known[$0.key] != nil && known[$0.key] != $0.value }) {
                add(new.merging(known) { _, old in old }, from: epoch.from)
                if epoch.isAnswered {
                    add(new.merging(known) { new, _ in new }, from: max(agreed ?? epoch.from, epoch.from))
                    if forced.isEmpty { offers[maps.count - 1] = epoch.from }
                }
            } else {
                add(new.merging(known) { new, _ in new }, from: epoch.from)
            }
            agreed = epoch.until
            for line in epoch.crypto {
                if SRTPSuite(sdesName: line.suite) == nil, !unsupported.contains(line.suite) { unsupported.append(line.suite) }
                let parameters = SRTPSessionParameters(line.sessionParameters)
                for name in parameters.refused where !refused.contains(name) { refused.append(name) }
                for name in parameters.ignored where !ignored.contains(name) { ignored.append(name) }
            }
        }
        if maps.isEmpty { maps = [(.distantPast, [:])] }
        for seen in row.payloadTypes where !maps.contains(where: { $0.map[seen.type] != nil }) {
            guard let entry = PayloadRegistry.meaning(of: seen.type), entry.kind == .audio else { continue }
            for index in maps.indices {
                maps[index].map[seen.type] = CodecDescription(encoding: entry.encoding, clockRate: entry.clockRate, channels: entry.channels)
            }
        }
        for index in maps.indices { maps[index].map.merge(forced) { $1 } }
        let events = inferEvents(&maps, observed, isSecure: resolved.isSecure, findings: &findings, subject: subject)
        let inferred = events + infer(&maps, observed, isSecure: resolved.isSecure, findings: &findings, subject: subject)
        if !resolved.isSecure, forced.isEmpty { repack(&maps, observed, inferred: inferred, findings: &findings, subject: subject) }
        var security = resolved
        if !resolved.isSecure, let signs = signs(of: observed, maps, forced) {
            security.suspect(signs)
            findings.report(
                .srt021, "\(row.identity) looks encrypted (confidence \(signs.confidence.rawValue)): \(signs.reasons.joined(separator: "; "))",
                at: row.firstOrigin, subject: subject)
        }
        if stream != nil {
            for seen in row.payloadTypes where !(stream?.epochs.contains { $0.formats.contains { $0.payloadType == seen.type } } ?? false) {
                findings.report(
                    .rtp002, "payload type \(seen.type.value) was never negotiated for this stream", at: row.firstOrigin, subject: subject,
                    count: Int(seen.packets))
            }
        }
        for suite in unsupported {
            findings.report(.srt005, "crypto suite \(suite) is not supported", at: row.firstOrigin, subject: subject)
        }
        for name in refused {
            findings.report(
                .srt013, "session parameter \(name.printable) of an a=crypto line is not supported; its keys are not used", at: row.firstOrigin,
                subject: subject)
        }
        if !ignored.isEmpty {
            findings.report(
                .srt022, "session parameters without effect on media packets: \(ignored.map(\.printable).joined(separator: ", "))",
                at: row.firstOrigin, subject: subject)
        }
        var planned = PlannedFlow(
            flow: observed.number, match: match, payloadMaps: maps, inferredTypes: inferred, security: security, unsupportedSuites: unsupported)
        planned.offers = offers
        return planned
    }

    /// Whether the packets are something else than their payload types say; what the user says that they are is believed.
    private static func signs(
        of observed: ObservedFlow, _ maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])], _ forced: [PayloadType: CodecDescription]
    ) -> EncryptionSigns? {
        guard forced.isEmpty else { return nil }
        let codecs = maps.dropFirst().reduce(into: maps.first?.map ?? [:]) { $0.merge($1.map) { _, new in new } }
        return EncryptionSigns.judge(observed.samples, codecs: codecs, step: observed.step, isAgreed: observed.isAgreed)
    }

    /// Gives dynamic types that nothing describes the meaning of telephone events where all of their packets follow each other as such do.
    private static func inferEvents(
        _ maps: inout [(from: CaptureTime, map: [PayloadType: CodecDescription])], _ observed: ObservedFlow, isSecure: Bool,
        findings: inout FindingLog, subject: FindingSubject
    ) -> [PayloadType] {
        guard !isSecure else { return [] }
        var out: [PayloadType] = []
        for trace in observed.events {
            guard PayloadRegistry.isDynamic(trace.type), !maps.contains(where: { $0.map[trace.type] != nil }),
                let seen = observed.row.payloadTypes.first(where: { $0.type == trace.type }), trace.packets == Int(seen.packets),
                // Several packets tell of one event; a lone packet may be anything.
                trace.packets >= 3, trace.events * 2 <= trace.packets, trace.contradictions * 20 <= trace.packets
            else { continue }
            let sound = maps.lazy.flatMap(\.map.values).first { $0.role == .audio }?.clockRate
            guard let clock = sound ?? ClockRate(observed.clock) ?? ClockRate(8000) else { continue }
            var codec = CodecDescription(encoding: "TELEPHONE-EVENT", clockRate: clock)
            codec.isAssumed = true
            for index in maps.indices { maps[index].map[trace.type] = codec }
            findings.report(
                .aud004,
                "payload type \(trace.type.value) is assumed to be TELEPHONE-EVENT: \(trace.packets) packets of 4 bytes tell of \(trace.events) "
                    + "event\(trace.events == 1 ? "" : "s"), durations growing under one timestamp",
                at: observed.row.firstOrigin, subject: subject, count: trace.packets)
            out.append(trace.type)
        }
        return out
    }

    /// Gives the one dynamic type that nothing describes, and that most packets have, the meaning that its packets suggest.
    private static func infer(
        _ maps: inout [(from: CaptureTime, map: [PayloadType: CodecDescription])], _ observed: ObservedFlow, isSecure: Bool,
        findings: inout FindingLog, subject: FindingSubject
    ) -> [PayloadType] {
        let row = observed.row
        let unknown = row.payloadTypes.filter { seen in
            PayloadRegistry.isDynamic(seen.type) && !maps.contains { $0.map[seen.type] != nil }
        }
        // Events beside the sound are not what it is.
        let beside = row.payloadTypes.filter { seen in maps.contains { $0.map[seen.type]?.role == .telephoneEvent } }.reduce(0) { $0 + Int($1.packets) }
        guard !isSecure, unknown.count == 1, let type = unknown.first, Int(type.packets) * 10 >= (row.packets - beside) * 9,
            let guess = PayloadGuess.guess(row, early: observed.early, samples: observed.samples, type: type.type)
        else { return [] }
        for index in maps.indices { maps[index].map[type.type] = guess.codec }
        findings.report(
            .aud004, "payload type \(type.type.value) is assumed to be \(guess.codec.encoding): \(guess.reason)", at: row.firstOrigin, subject: subject,
            count: Int(type.packets))
        return [type.type]
    }

    /// Gives a codec the layout that the packets of a type show, where it is not the one that its description names.
    private static func repack(
        _ maps: inout [(from: CaptureTime, map: [PayloadType: CodecDescription])], _ observed: ObservedFlow, inferred: [PayloadType],
        findings: inout FindingLog, subject: FindingSubject
    ) {
        for seen in observed.row.payloadTypes {
            let named = maps.compactMap { $0.map[seen.type] }
            guard let codec = named.first, named.allSatisfy({ $0 == codec }) else { continue }
            if let layout = LayoutGuess.layout(of: codec, type: seen.type, samples: observed.samples) {
                for index in maps.indices where maps[index].map[seen.type] != nil { maps[index].map[seen.type]?.framing = layout.framing }
                if !inferred.contains(seen.type) {
                    findings.report(
                        .aud010, "payload type \(seen.type.value) (\(codec.encoding)): \(layout.words)", at: observed.row.firstOrigin, subject: subject,
                        count: Int(seen.packets))
                }
                continue
            }
            guard let other = PackingGuess.otherName(of: codec, type: seen.type, samples: observed.samples) else { continue }
            for index in maps.indices where maps[index].map[seen.type] != nil { maps[index].map[seen.type] = other }
            findings.report(
                .aud005, "payload type \(seen.type.value) is named \(codec.encoding) but packed as \(other.encoding)", at: observed.row.firstOrigin,
                subject: subject, count: Int(seen.packets))
        }
    }

    /// Payload types as codecs; what has no sane clock rate is left out.
    private static func codecs(of formats: [PayloadFormat]) -> [PayloadType: CodecDescription] {
        var out: [PayloadType: CodecDescription] = [:]
        for format in formats where out[format.payloadType] == nil {
            guard let rate = ClockRate(format.clockRate), !format.encoding.isEmpty else { continue }
            out[format.payloadType] = CodecDescription(
                encoding: format.encoding.uppercased(), clockRate: rate, channels: min(max(format.channels, 1), 8), parameters: format.parameters)
        }
        return out
    }

    /// The RTP clock that a flow begins with; nil where nothing describes it. Where arrivals show another one than the description, the packets will
    /// most likely do so, too.
    static func clock(of flow: PlannedFlow, row: FlowRow, survey: Survey) -> ClockRate? {
        guard let codec = flow.firstCodec(row) else { return nil }
        return (flow.flow < survey.clocks.count ? ClockRate(survey.clocks[flow.flow].clock) : nil) ?? codec.clockRate
    }
}
