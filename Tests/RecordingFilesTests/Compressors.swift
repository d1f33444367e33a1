import CLZ4
import CLZMA
import CZlib
import CZstd
import Testing

@testable import RecordingFiles

/// Compressed data, made by the libraries' own compressors.
enum Compressors {
    static func compress(_ octets: [UInt8], _ format: CompressionFormat) throws -> [UInt8] {
        switch format {
        case .gzip: try gzip(octets)
        case .zstandard: try zstandard(octets)
        case .lz4: try lz4(octets)
        case .xz: try xz(octets)
        }
    }

    private static func gzip(_ octets: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        try #require(deflateInit2_(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = octets
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(octets.count))))
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        try #require(result == Z_STREAM_END)
        return Array(output[..<Int(stream.total_out)])
    }

    private static func zstandard(_ octets: [UInt8]) throws -> [UInt8] {
        let context = try #require(ZSTD_createCCtx())
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(octets.count))
        let count = ZSTD_compress2(context, &output, output.count, octets, octets.count)
        try #require(ZSTD_isError(count) == 0)
        return Array(output[..<count])
    }

    private static func lz4(_ octets: [UInt8]) throws -> [UInt8] {
        var preferences = LZ4F_preferences_t()
        preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
        var output = [UInt8](repeating: 0, count: LZ4F_compressFrameBound(octets.count, &preferences))
        let count = LZ4F_compressFrame(&output, output.count, octets, octets.count, &preferences)
        try #require(LZ4F_isError(count) == 0)
        return Array(output[..<count])
    }

    private static func xz(_ octets: [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(octets.count))
        var count = 0
        try #require(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nil, octets, octets.count, &output, &count, output.count) == LZMA_OK)
        return Array(output[..<count])
    }
}
