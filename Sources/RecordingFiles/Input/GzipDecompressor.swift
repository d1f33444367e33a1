import CZlib

/// Members of RFC 1952 by zlib, some 40 KiB of memory.
@safe final class GzipDecompressor: Decompressor {
    /// zlib remembers the address, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // The largest window, and 16 for the gzip header instead of zlib's own.
        guard unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    func restart() -> Bool { unsafe inflateReset(stream) == Z_OK }

    func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecompressionStep {
        let room = min(output.count, 1 << 30)
        let given = min(input.count, 1 << 30)
        // The library only reads there; its interface lacks the const.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(given)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(room)
        let result = unsafe inflate(stream, Z_NO_FLUSH)
        let consumed = unsafe given - Int(stream.pointee.avail_in)
        let produced = unsafe room - Int(stream.pointee.avail_out)
        let state: DecompressionStep.State
        switch result {
        case Z_STREAM_END: state = .memberEnd
        // Z_BUF_ERROR: no progress, which more input mends.
        case Z_OK, Z_BUF_ERROR: state = .more
        case Z_MEM_ERROR: state = .failed("not enough memory")
        default: state = .failed(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "error \(result)")
        }
        return DecompressionStep(consumed: consumed, produced: produced, state: state)
    }
}
