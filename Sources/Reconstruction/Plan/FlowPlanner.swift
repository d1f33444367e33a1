import Evidence
import MediaCodecs
import RTPSyntax
import SDPSyntax
import SRTPDecryption
import StreamMatching

/// What a flow needs to be opened and decoded, from what was negotiated over time.
enum FlowPlanner {
    static func plan(
        flow: Int, row: FlowRow, match: FlowMatch?, stream: NegotiatedStream?, keys resolved: FlowKeys, findings: inout FindingLog, subject: FindingSubject
    ) -> PlannedFlow {
        var maps: [(from: CaptureTime, map: [PayloadType: CodecDescription])] = []
        var unsupported: [String] = []
        var refused: [String] = []
        for epoch in stream?.epochs ?? [] {
            // What an earlier description mapped stays readable: packets of the old codec are on the way when the new offer is seen.
            let map = codecs(of: epoch.formats).merging(maps.last?.map ?? [:]) { new, _ in new }
            if !map.isEmpty, maps.last?.map != map { maps.append((epoch.from, map)) }
            for line in epoch.crypto {
                if SRTPSuite(sdesName: line.suite) == nil, !unsupported.contains(line.suite) { unsupported.append(line.suite) }
                for name in SRTPSessionParameters(line.sessionParameters).refused where !refused.contains(name) { refused.append(name) }
            }
        }
        if maps.isEmpty { maps = [(.distantPast, [:])] }
        for seen in row.payloadTypes where !maps.contains(where: { $0.map[seen.type] != nil }) {
            guard let entry = PayloadRegistry.meaning(of: seen.type), entry.kind == .audio else { continue }
            for index in maps.indices {
                maps[index].map[seen.type] = CodecDescription(encoding: entry.encoding, clockRate: entry.clockRate, channels: entry.channels)
            }
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
        return PlannedFlow(flow: flow, match: match, payloadMaps: maps, security: resolved, unsupportedSuites: unsupported)
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

    /// The codec that a flow begins with.
    static func firstCodec(of flow: PlannedFlow, row: FlowRow) -> CodecDescription? {
        let map = flow.payloadMaps.last { $0.from <= row.firstArrival }?.map ?? flow.payloadMaps.first?.map ?? [:]
        for seen in row.payloadTypes {
            if let codec = map[seen.type] ?? flow.payloadMaps.lazy.compactMap({ $0.map[seen.type] }).first { return codec }
        }
        return nil
    }

    /// Every audio codec that a flow used, by the payload types seen.
    static func audioCodecs(of flow: PlannedFlow, row: FlowRow) -> [CodecDescription] {
        var out: [CodecDescription] = []
        for seen in row.payloadTypes {
            for (_, map) in flow.payloadMaps {
                if let codec = map[seen.type], CodecRegistry.isSupported(codec), !out.contains(codec) { out.append(codec) }
            }
        }
        return out
    }
}
