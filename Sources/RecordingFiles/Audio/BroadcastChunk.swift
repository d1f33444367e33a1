import CSndfile
import Reconstruction

/// The broadcast chunk (EBU Tech 3285) as libsndfile wants it: its `SF_BROADCAST_INFO` with a coding history as long as needed.
enum BroadcastChunk {
    /// ASCII only, as the chunk has no encoding.
    static func ascii(_ text: String, _ most: Int) -> [UInt8] {
        var out: [UInt8] = []
        for scalar in text.unicodeScalars where out.count < most {
            out.append(scalar.isASCII && scalar.value >= 0x20 && scalar.value < 0x7F ? UInt8(scalar.value) : 0x3F)
        }
        return out
    }

    static func octets(_ description: AudioDescription, sampleRate: Int) -> [UInt8] {
        var history: [UInt8] = []
        for line in description.codingHistory.prefix(100) { history += ascii(line, 120) + [0x0D, 0x0A] }
        let start = MemoryLayout<SF_BROADCAST_INFO>.offset(of: \.coding_history) ?? 0
        var out = [UInt8](repeating: 0, count: max(start + history.count + 1, MemoryLayout<SF_BROADCAST_INFO>.size))
        func put(_ octets: some Collection<UInt8>, _ field: PartialKeyPath<SF_BROADCAST_INFO>) {
            guard let offset = MemoryLayout<SF_BROADCAST_INFO>.offset(of: field) else { return }
            for (index, octet) in octets.enumerated() { out[offset + index] = octet }
        }
        // The library takes these in the machine's own order.
        func native(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value.littleEndian >> (8 * $0)) } }
        let reference = description.timeReference(sampleRate: sampleRate)
        put(ascii(description.description, 256), \.description)
        put(ascii(description.originator, 32), \.originator)
        put(ascii(description.originatorReference, 32), \.originator_reference)
        put(ascii(description.originationDate, 10), \.origination_date)
        put(ascii(description.originationTime, 8), \.origination_time)
        put(native(UInt32(truncatingIfNeeded: reference)), \.time_reference_low)
        put(native(UInt32(truncatingIfNeeded: reference >> 32)), \.time_reference_high)
        put(native(UInt32(history.count)), \.coding_history_size)
        put(history, \.coding_history)
        return out
    }
}
