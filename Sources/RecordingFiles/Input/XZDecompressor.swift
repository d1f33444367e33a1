import CLZMA

/// Streams of the .xz format by liblzma.
@safe final class XZDecompressor: Decompressor {
    /// `xz -9` needs 65 MiB; the format could ask for gigabytes.
    private static let memoryLimit: UInt64 = 256 << 20

    private let stream: UnsafeMutablePointer<lzma_stream>

    init?() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: lzma_stream())
        guard restart() else { return nil }
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    func restart() -> Bool { unsafe lzma_stream_decoder(stream, Self.memoryLimit, 0) == LZMA_OK }

    func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecompressionStep {
        unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_in = input.count
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = output.count
        let result = unsafe lzma_code(stream, LZMA_RUN)
        let consumed = unsafe input.count - stream.pointee.avail_in
        let produced = unsafe output.count - stream.pointee.avail_out
        let state: DecompressionStep.State =
            switch result {
            case LZMA_STREAM_END: .memberEnd
            // LZMA_BUF_ERROR: no progress, which more input mends.
            case LZMA_OK, LZMA_BUF_ERROR: .more
            case LZMA_MEMLIMIT_ERROR: .failed("it needs more than 256 MiB of memory")
            case LZMA_MEM_ERROR: .failed("not enough memory")
            case LZMA_OPTIONS_ERROR: .failed("it uses options that this version of liblzma does not support")
            case LZMA_FORMAT_ERROR: .failed("no valid header")
            default: .failed("damaged data or a wrong checksum")
            }
        return DecompressionStep(consumed: consumed, produced: produced, state: state)
    }
}
