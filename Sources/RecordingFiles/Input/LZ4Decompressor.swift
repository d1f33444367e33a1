import CLZ4

/// Frames of the LZ4 frame format by liblz4, at most some 12 MiB of memory.
@safe final class LZ4Decompressor: Decompressor {
    /// Octets of a block's length: LZ4 frame format, "Data Blocks".
    private static let blockHeader = 4

    private let context: OpaquePointer
    /// Input that completes what the library works on.
    private var wanted = 1
    private var hasMoreOutput = false

    init?() {
        var context: OpaquePointer?
        guard unsafe LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0, let context = unsafe context else { return nil }
        unsafe self.context = unsafe context
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    /// The library goes on to the next frame by itself.
    func restart() -> Bool { true }

    /// The library forgets what a call has produced when the call fails. So each call gets no more than one block,
    /// without the next one's header, and nothing new before all of the last one is out.
    func step(_ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer) -> DecompressionStep {
        if hasMoreOutput {
            let flushed = unsafe run(input, 0, output)
            if flushed.produced > 0 { return flushed }
        }
        let most = wanted > Self.blockHeader ? wanted - Self.blockHeader : max(1, wanted)
        return unsafe run(input, min(input.count, most), output)
    }

    private func run(_ input: UnsafeRawBufferPointer, _ given: Int, _ output: UnsafeMutableRawBufferPointer) -> DecompressionStep {
        var consumed = given
        var produced = output.count
        let result = unsafe LZ4F_decompress(context, output.baseAddress, &produced, input.baseAddress, &consumed, nil)
        if LZ4F_isError(result) != 0 {
            let text = unsafe LZ4F_getErrorName(result).map { unsafe String(cString: $0) } ?? "error"
            return DecompressionStep(consumed: 0, produced: 0, state: .failed(text))
        }
        wanted = result
        hasMoreOutput = result != 0 && produced == output.count
        return DecompressionStep(consumed: consumed, produced: produced, state: result == 0 ? .memberEnd : .more)
    }
}
