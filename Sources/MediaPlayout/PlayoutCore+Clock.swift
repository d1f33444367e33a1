import Evidence
import MediaCodecs

/// Which clock the timestamps run at, where it is not the one described.
extension PlayoutCore {
    /// Judges the timestamps of packets on which the stream is about to be anchored; returns them with the timestamps to go by.
    mutating func judged(_ packets: [HeldPacket]) -> [HeldPacket] {
        guard counted == nil, let first = packets.first(where: { isAudio($0.entry) })?.entry,
            case .audio(let decoder, let described) = codecs.treatment(of: first.payloadType)
        else { return packets }
        let same = packets.filter { $0.entry.payloadType == first.payloadType && $0.entry.unavailable == nil }.sorted {
            $0.entry.sequence.distance(from: first.sequence) < $1.entry.sequence.distance(from: first.sequence)
        }
        let judge = TimestampJudge(
            same.map {
                TimestampJudge.Packet(
                    sequence: $0.entry.sequence, timestamp: $0.entry.timestamp, arrival: $0.entry.arrival,
                    units: decoder.durationInClockUnits(of: $0.bytes) ?? 0, octets: $0.payload.count)
            })
        let meaning = judge.meaning(described: described, observed: configuration.observedClock)
        switch meaning {
        case .described: return packets
        case .clock(let clock):
            codecs.setClock(clock, of: first.payloadType)
            note(.otherClock, first.origin)
        case .notTime:
            counted = CountedTime(units: judge.typicalUnits, from: first.sequence, first.timestamp)
            note(.timestampsAreNoTime, first.origin)
        case .shared:
            shared = SharedTime(units: judge.typicalUnits)
            note(.timestampsAreNoTime, first.origin)
        }
        statistics.timestamps = meaning
        guard counted != nil else { return packets }
        return packets.map { packet in
            var entry = packet.entry
            entry.timestamp = counted?.timestamp(of: entry.sequence) ?? entry.timestamp
            return HeldPacket(entry: entry, payload: packet.payload)
        }
    }

    private mutating func isAudio(_ entry: PlayoutEntry) -> Bool {
        guard entry.unavailable == nil, case .audio = codecs.treatment(of: entry.payloadType) else { return false }
        return true
    }
}
