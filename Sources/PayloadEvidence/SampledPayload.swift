package import Evidence
import RTPSyntax

/// The payload of a packet that the survey kept.
package enum SampledPayload {
    /// Where it lies in the packet; nil for a packet of another type, or one whose padding is a lie.
    package static func range(in sample: [UInt8], of type: PayloadType) -> Range<Int>? {
        let bytes = unsafe sample.span.bytes
        guard let header = RTPHeader(parsing: bytes, at: 0, count: sample.count), header.payloadType == type,
            let count = header.payloadCount(total: sample.count, bytes: bytes)
        else { return nil }
        return header.headerLength..<header.headerLength + count
    }
}
