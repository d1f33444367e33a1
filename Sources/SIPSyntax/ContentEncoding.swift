import CZlib

/// Content-Encoding of a body or a part (RFC 3261 section 20.12; the codings of RFC 9110 section 8.4.1).
enum ContentEncoding {
    enum Fault: Error, Equatable {
        /// The content would unpack to more than the limit.
        case tooLarge
        case damaged
        /// No coding that is known here.
        case unknown
    }

    /// Whether the value of the header field says that nothing was done.
    static func isIdentity(_ coding: String) -> Bool { coding.isEmpty || coding == "identity" }

    /// Undoes `gzip`, `x-gzip` and `deflate`, the last with or without the head of RFC 1950, as senders disagree on it.
    static func decode(_ packed: [UInt8], coding: String, limit: Int) throws(Fault) -> [UInt8] {
        switch coding {
        case "gzip", "x-gzip": return try inflate(packed, windowBits: 15 + 16, limit: limit)
        case "deflate":
            do { return try inflate(packed, windowBits: 15, limit: limit) } catch {
                guard error == .damaged else { throw error }
                return try inflate(packed, windowBits: -15, limit: limit)
            }
        default: throw .unknown
        }
    }

    /// `windowBits` as zlib has it: 15 for a zlib head, 16 more for a gzip head, negative for none.
    private static func inflate(_ packed: [UInt8], windowBits: Int32, limit: Int) throws(Fault) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw .damaged }
        defer { unsafe _ = inflateEnd(&stream) }
        var input = packed
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16_384)
        var position = 0
        while true {
            let given = min(input.count - position, 1 << 30)
            var result = Z_DATA_ERROR
            var consumed = 0
            var produced = 0
            unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe block.withUnsafeMutableBufferPointer { target in
                    unsafe stream.next_in = source.baseAddress.map { unsafe $0 + position }
                    unsafe stream.avail_in = UInt32(given)
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    result = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
                    consumed = unsafe given - Int(stream.avail_in)
                    produced = unsafe target.count - Int(stream.avail_out)
                    unsafe stream.next_in = nil
                    unsafe stream.next_out = nil
                }
            }
            position += consumed
            output += block[..<produced]
            guard output.count <= limit else { throw .tooLarge }
            if result == Z_STREAM_END { return output }
            // Content that breaks off has no end: half a body is not passed off as a whole one.
            guard result == Z_OK, consumed + produced > 0 else { throw .damaged }
        }
    }
}
