import CSamples
import Evidence

/// PCMU and PCMA: one octet a sample, sixteen at a time where the processor can and else looked up in a table of 256.
final class CompandedDecoder: AudioDecoder {
    enum Law {
        case mu
        case a
    }

    let sampleRate: Int
    let channels: Int
    private let law: Law
    private let table: [Int16]

    init(_ law: Law, codec: CodecDescription) {
        self.law = law
        table = law == .a ? ALaw.table : MuLaw.table
        sampleRate = codec.clockRate.hertz
        channels = codec.channels
    }

    func decode(_ payload: RawSpan, into out: inout [Int16]) -> DecodeResult {
        let count = payload.byteCount
        guard count > 0 else { return .undecodable(.empty) }
        guard channels == 1 || count % channels == 0 else { return .undecodable(.partialFrame) }
        out.append(addingCapacity: count) { expand(payload, into: &$0) }
        return .frames(channels == 1 ? count : count / channels)
    }

    func decode(beginning payload: RawSpan, absent: Int, into out: inout [Int16]) -> PartialSound {
        decode(beginning: payload, absent: absent, inFramesOf: channels, into: &out)
    }

    func durationInClockUnits(of payload: RawSpan) -> Int? { payload.byteCount / channels }

    func expandedSamples(of payload: RawSpan) -> Int { channels == 1 || payload.byteCount % channels == 0 ? payload.byteCount : 0 }

    /// The inner loop of most recordings: no check inside, as the table has an entry for every octet, and into memory that was not zeroed first.
    func expand(_ payload: RawSpan, into out: inout OutputSpan<Int16>) {
        guard table.count == 256 else { return }
        unsafe payload.withUnsafeBytes { source in
            unsafe table.withUnsafeBufferPointer { values in
                unsafe out.withUnsafeMutableBufferPointer { target, filled in
                    let count = source.count
                    guard let from = unsafe source.assumingMemoryBound(to: UInt8.self).baseAddress, let lookup = values.baseAddress,
                        let base = target.baseAddress, target.count - filled >= count
                    else { return }
                    let to = unsafe base + filled
                    let done = unsafe samples_expand(from, to, count, law == .a ? 1 : 0)
                    unsafe Self.expand(from + done, by: lookup, to: to + done, count - done)
                    filled += count
                }
            }
        }
    }

    /// Four samples a store, which matters where this is the whole of it.
    @inline(__always)
    private static func expand(_ from: UnsafePointer<UInt8>, by table: UnsafePointer<Int16>, to: UnsafeMutablePointer<Int16>, _ count: Int) {
        let words = UnsafeMutableRawPointer(to)
        var at = 0
        while at &+ 4 <= count {
            var four = UInt64(UInt16(bitPattern: unsafe table[Int(from[at])]))
            unsafe four |= UInt64(UInt16(bitPattern: table[Int(from[at &+ 1])])) &<< 16
            unsafe four |= UInt64(UInt16(bitPattern: table[Int(from[at &+ 2])])) &<< 32
            unsafe four |= UInt64(UInt16(bitPattern: table[Int(from[at &+ 3])])) &<< 48
            unsafe words.storeBytes(of: four.littleEndian, toByteOffset: at &* 2, as: UInt64.self)
            at &+= 4
        }
        while at < count {
            unsafe to[at] = table[Int(from[at])]
            at &+= 1
        }
    }
}
