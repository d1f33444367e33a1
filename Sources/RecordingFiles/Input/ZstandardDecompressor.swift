import CZstd

/// Frames of RFC 8878 by libzstd.
@safe final class ZstandardDecompressor: Decompressor {
    /// 128 MiB, which all levels without `--long=28` and more stay within.
    private static let windowLogMax: Int32 = 27
    /// Octets of a block's header: RFC 8878 section 3.1.1.2.
    private static let blockHeader = 3

    private let context: OpaquePointer
    /// Input that completes what the library works on.
    private var wanted = 1
    private var hasMoreOutput = false

    init?() {
        guard let context = unsafe ZSTD_createDCtx() else { return nil }
        unsafe self.context = unsafe context
        guard unsafe ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLogMax)) == 0 else { return nil }
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

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
        var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: given, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let result = unsafe ZSTD_decompressStream(context, &target, &source)
        if ZSTD_isError(result) != 0 {
            return unsafe DecompressionStep(consumed: source.pos, produced: target.pos, state: .failed(Self.words(result)))
        }
        wanted = result
        hasMoreOutput = unsafe result != 0 && target.pos == target.size
        return unsafe DecompressionStep(consumed: source.pos, produced: target.pos, state: result == 0 ? .memberEnd : .more)
    }

    private static func words(_ result: Int) -> String {
        let text = unsafe ZSTD_getErrorName(result).map { unsafe String(cString: $0) } ?? "error"
        return text.contains("too much memory") ? "it was compressed with a window of more than 128 MiB; decompress it with zstd -d --long=31" : text
    }
}
