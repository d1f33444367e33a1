import Glibc
import RecordingRecords

/// Samples on disk for as long as they are needed: raw, in the machine's own order, removed with the value. Silence takes no room.
final class SampleFile: SampleStore {
    private let path: String
    private let file: StagedFile
    private var isClosed = false
    private static let silence = [Int16](repeating: 0, count: 32 << 10)

    init(path: String) throws(OutputFault) {
        self.path = path
        do throws(SystemError) { file = try StagedFile(path: path) } catch { throw OutputFault(path, "cannot be created", error) }
    }

    deinit { try? Folder.remove(path) }

    func append(_ samples: Span<Int16>) throws(OutputFault) {
        unsafe samples.withUnsafeBytes { unsafe file.write($0) }
        if let error = file.fault { throw OutputFault(path, "cannot be written", error) }
    }

    func appendSilence(samples: Int64) throws(OutputFault) {
        var rest = samples
        while rest > 0 {
            let silence = Self.silence
            let part = Int(min(rest, Int64(silence.count)))
            try append(silence.span.extracting(0..<part))
            rest -= Int64(part)
        }
    }

    func read(_ count: Int, from start: Int64, into out: inout [Int16]) throws(OutputFault) {
        do throws(SystemError) {
            if !isClosed {
                isClosed = true
                try file.close()
            }
            let first = out.count
            out.append(contentsOf: repeatElement(0, count: count))
            let source = try FileDescriptor(path, O_RDONLY | O_NOFOLLOW)
            var octets = 0
            var fault: SystemError?
            unsafe out.withUnsafeMutableBytes { space in
                let target = unsafe UnsafeMutableRawBufferPointer(rebasing: space[(first * 2)...])
                do throws(SystemError) { octets = unsafe try source.read(into: target, at: start * 2) } catch { fault = error }
            }
            out.removeLast(count - octets / 2)
            if let fault { throw fault }
        } catch { throw OutputFault(path, "cannot be read", error) }
    }
}
