import CZlib

/// What a gzip file (RFC 1952) holds.
func gunzip(_ octets: [UInt8]) throws -> [UInt8] {
    var input = octets
    var out: [UInt8] = []
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { throw Capture.Unreadable() }
    defer { inflateEnd(&stream) }
    var block = [UInt8](repeating: 0, count: 1 << 18)
    try input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        var status = Z_OK
        while status == Z_OK {
            let capacity = block.count
            let left = block.withUnsafeMutableBufferPointer { target -> UInt32 in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(capacity)
                status = inflate(&stream, Z_NO_FLUSH)
                return stream.avail_out
            }
            out += block.prefix(capacity - Int(left))
        }
        guard status == Z_STREAM_END else { throw Capture.Unreadable() }
    }
    return out
}
