import Evidence
import RTPSyntax
import RecordingPlan

/// The line that packets of a bundle name (RFC 9143 section 15): they carry its `a=mid` in a header extension, the first ones at least.
enum MediaIdentification {
    /// A longer one is no mid that anybody writes.
    private static let longest = 64

    static func text(in samples: [[UInt8]], extension id: UInt8) -> String? {
        for packet in samples {
            let bytes = unsafe packet.span.bytes
            guard let header = RTPHeader(parsing: bytes, at: 0, count: packet.count), let range = header.extensionElement(id, in: bytes), !range.isEmpty,
                range.count <= longest
            else { continue }
            return String(decoding: packet[range], as: UTF8.self)
        }
        return nil
    }
}
