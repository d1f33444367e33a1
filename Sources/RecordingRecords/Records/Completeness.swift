import MediaPlayout

extension RecordingRecord {
    /// Whether every packet was heard or has an excuse, and no gap may hold something that was said. What is told of a recording follows from this.
    package var missesNothing: Bool {
        streams.allSatisfy { stream in !stream.gaps.contains(where: \.isLoss) && stream.flows.allSatisfy { $0.fates?.missing.isEmpty ?? true } }
    }

    /// The fates of all its packets together.
    package var fates: FateRecord { streams.flatMap(\.flows).reduce(into: FateRecord()) { $0 += $1.fates ?? FateRecord() } }
}
