import Evidence

/// PCMU and PCMA: one octet a sample, looked up in a table of 256.
final class CompandedDecoder: AudioDecoder {
    let sampleRate: Int
    let channels: Int
    private let table: [Int16]

    init(table: [Int16], codec: CodecDescription) {
        self.table = table
        sampleRate = codec.clockRate.hertz
        channels = codec.channels
    }

    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult {
        let count = payload.byteCount
        guard count > 0 else { return .undecodable(.empty) }
        guard channels == 1 || count % channels == 0 else { return .undecodable(.partialFrame) }
        Self.expand(payload, with: table, into: &out)
        return .frames(channels == 1 ? count : count / channels)
    }

    func durationInClockUnits(of payload: RawSpan) -> Int? { payload.byteCount / channels }

    /// The inner loop of most recordings: no check inside, as the table has an entry for every octet, and straight into what `out` has room for,
    /// as zeroing it first would cost as much as the looking up.
    private static func expand(_ payload: RawSpan, with table: [Int16], into out: inout [Int16]) {
        let count = payload.byteCount
        guard table.count == 256 else { return }
        unsafe payload.withUnsafeBytes { source in
            unsafe table.withUnsafeBufferPointer { values in
                out.append(addingCapacity: count) { room in
                    unsafe room.withUnsafeMutableBufferPointer { target, filled in
                        guard let from = source.baseAddress, let lookup = values.baseAddress, let to = target.baseAddress, target.count >= count
                        else { return }
                        for index in 0..<count {
                            unsafe (to + index).initialize(to: lookup[Int(from.load(fromByteOffset: index, as: UInt8.self))])
                        }
                        filled = count
                    }
                }
            }
        }
    }
}
