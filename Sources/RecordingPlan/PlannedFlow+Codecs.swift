import Evidence
package import MediaCodecs
import RecordingRecords
package import StreamMatching

/// What the packets of a flow are: `row` is its row in the flow table.
extension PlannedFlow {
    /// The codec that a flow begins with.
    package func firstCodec(_ row: FlowRow) -> CodecDescription? {
        let map = payloadMaps.last { $0.from <= row.firstArrival }?.map ?? payloadMaps.first?.map ?? [:]
        var other: CodecDescription?
        for seen in row.payloadTypes {
            guard let codec = map[seen.type] ?? payloadMaps.lazy.compactMap({ $0.map[seen.type] }).first else { continue }
            // What only stands beside the audio can have a clock of its own.
            if codec.role == .audio || codec.role == .redundant { return codec }
            other = other ?? codec
        }
        return other
    }

    /// Every audio codec that a flow used, by the payload types seen; those that redundant payloads name stand for what is inside them.
    package func audioCodecs(_ row: FlowRow) -> [CodecDescription] {
        var out: [CodecDescription] = []
        for seen in row.payloadTypes {
            for (_, map) in payloadMaps {
                guard let codec = map[seen.type] else { continue }
                for part in codec.role == .redundant ? inside(codec, map) : [codec] where CodecRegistry.isSupported(part) && !out.contains(part) {
                    out.append(part)
                }
            }
        }
        return out
    }

    /// Whether the flow holds nothing but parity and retransmissions about another one's packets.
    package func isOnlyRepair(_ row: FlowRow) -> Bool {
        guard payloadMaps.contains(where: { $0.map.values.contains { $0.encoding == "ULPFEC" || $0.encoding == "RTX" } }) else { return false }
        return RepairFormats(payloadMaps)?.isOnlyRepair(row.payloadTypes.map(\.type)) ?? false
    }

    /// What a redundant payload may hold: `111/111` of its format parameters (RFC 2198 section 5), else every audio codec of the same clock.
    private func inside(_ codec: CodecDescription, _ map: [PayloadType: CodecDescription]) -> [CodecDescription] {
        let named = (codec.parameters ?? "").split(whereSeparator: { !$0.isNumber }).compactMap { UInt8($0) }.compactMap { map[PayloadType($0)] }
        if !named.isEmpty { return named.filter { $0.role == .audio } }
        return map.sorted { $0.key.value < $1.key.value }.map(\.value).filter { $0.role == .audio && $0.clockRate == codec.clockRate }
    }

    /// Whether a type that the flow used is audio that nothing here decodes, so that its packets are worth keeping as they are.
    package func hasUndecodable(_ row: FlowRow) -> Bool {
        row.payloadTypes.contains { seen in
            let known = payloadMaps.compactMap { $0.map[seen.type] }
            return known.isEmpty || known.contains { $0.role == .audio && !CodecRegistry.isSupported($0) }
        }
    }
}
