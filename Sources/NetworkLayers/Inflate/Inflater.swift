import CZlib

/// DEFLATE without head or checksum (RFC 1951), message by message, by zlib; some 40 KiB of memory.
///
/// A message may refer to the 32 KiB before it. That is right whatever was negotiated (RFC 7692 section 7.1): who takes no context over, or
/// has a smaller window, does not refer so far back.
@safe final class Inflater {
    enum Fault: Error, Equatable {
        /// The message would unpack to more than the limit.
        case tooLarge
        case damaged
    }

    /// zlib remembers the address, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Of DEFLATE without head.
    convenience init?() { self.init(windowBits: -15) }

    /// `windowBits` as zlib has it: -15 without head, 47 with that of zlib (RFC 1950) or gzip (RFC 1952).
    private init?(windowBits: Int32) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        guard unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Forgets what came before, for example after loss.
    func reset() { _ = unsafe inflateReset(stream) }

    /// Unpacks one message, to which the sender's last four octets 00 00 FF FF are added (RFC 7692 section 7.2.2).
    func message(_ packed: [UInt8], limit: Int) throws(Fault) -> [UInt8] {
        var input = packed + [0, 0, 0xFF, 0xFF]
        var output: [UInt8] = []
        var position = 0
        var block = [UInt8](repeating: 0, count: 16_384)
        while true {
            let step = run(&input, from: position, into: &block)
            position += step.consumed
            output += block[..<step.produced]
            guard output.count <= limit else {
                reset()
                throw .tooLarge
            }
            switch step.result {
            case Z_OK, Z_BUF_ERROR:
                if step.consumed == 0, step.produced == 0 { return output }
            case Z_STREAM_END:
                // A last block (RFC 7692 section 7.2.3.4) ends zlib's stream but not the window.
                guard keepWindow() else { throw .damaged }
                if position >= input.count { return output }
            default:
                reset()
                throw .damaged
            }
        }
    }

    /// Unpacks one whole stream of zlib or gzip; nil where it is damaged, cut or larger than `limit`.
    static func whole(_ packed: [UInt8], limit: Int) -> [UInt8]? {
        guard let inflater = Inflater(windowBits: 47) else { return nil }
        var input = packed
        var output: [UInt8] = []
        var position = 0
        var block = [UInt8](repeating: 0, count: 16_384)
        while output.count <= limit {
            let step = inflater.run(&input, from: position, into: &block)
            position += step.consumed
            output += block[..<step.produced]
            if step.result == Z_STREAM_END { return output.count <= limit ? output : nil }
            guard step.result == Z_OK || step.result == Z_BUF_ERROR, step.consumed > 0 || step.produced > 0 else { return nil }
        }
        return nil
    }

    private func run(_ input: inout [UInt8], from position: Int, into block: inout [UInt8]) -> (result: Int32, consumed: Int, produced: Int) {
        let given = min(input.count - position, 1 << 30)
        let room = block.count
        var result = Z_DATA_ERROR
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe block.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + position }
                unsafe stream.pointee.avail_in = UInt32(given)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room)
                result = unsafe inflate(stream, Z_SYNC_FLUSH)
                unsafe stream.pointee.next_in = nil
                unsafe stream.pointee.next_out = nil
            }
        }
        return unsafe (result, given - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
    }

    private func keepWindow() -> Bool {
        var window = [UInt8](repeating: 0, count: 32_768)
        var count: UInt32 = 0
        return unsafe window.withUnsafeMutableBufferPointer { buffer in
            guard unsafe inflateGetDictionary(stream, buffer.baseAddress, &count) == Z_OK, unsafe inflateReset(stream) == Z_OK else { return false }
            return unsafe count == 0 || inflateSetDictionary(stream, buffer.baseAddress, count) == Z_OK
        }
    }
}
