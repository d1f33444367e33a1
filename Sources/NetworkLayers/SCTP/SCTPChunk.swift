import Evidence

/// A chunk of user data: DATA (RFC 9260 section 3.3.1) or I-DATA (RFC 8260 section 2.1).
///
///     DATA:   0 type 0    1 flags U B E   2 length   4 TSN   8 stream   10 stream sequence   12 payload protocol   16 user data
///     I-DATA: 0 type 64   1 flags U B E   2 length   4 TSN   8 stream   12 message identifier
///             16 payload protocol in the first fragment, else the fragment's number   20 user data
struct SCTPChunk {
    /// Which message of an association an I-DATA fragment belongs to: fragments of several messages may come in turns.
    struct MessageKey: Hashable {
        let stream: UInt16
        let isUnordered: Bool
        let identifier: UInt32
    }

    let tsn: UInt32
    let stream: UInt16
    /// 0 where this fragment does not tell.
    let payloadProtocol: UInt32
    let isFirst: Bool
    let isLast: Bool
    /// Of I-DATA only, with the fragment's number in its message.
    let message: (key: MessageKey, number: UInt32)?
    /// Place of the user data.
    let content: Range<Int>

    /// The chunk at `range`; nil for other types and for one without user data.
    init?(_ bytes: RawSpan, _ range: Range<Int>) {
        let start = range.lowerBound
        let isInterleaved = bytes.u8(start) == 64
        let head = isInterleaved ? 20 : 16
        guard isInterleaved || bytes.u8(start) == 0, range.count > head else { return nil }
        let flags = bytes.u8(start + 1)
        isFirst = flags & 2 != 0
        isLast = flags & 1 != 0
        tsn = bytes.be32(start + 4)
        stream = bytes.be16(start + 8)
        content = start + head..<range.upperBound
        if isInterleaved {
            payloadProtocol = isFirst ? bytes.be32(start + 16) : 0
            let key = MessageKey(stream: stream, isUnordered: flags & 4 != 0, identifier: bytes.be32(start + 12))
            message = (key, isFirst ? 0 : bytes.be32(start + 16))
        } else {
            payloadProtocol = bytes.be32(start + 12)
            message = nil
        }
    }
}
