import Glibc

extension CaptureInputs {
    /// Whether an argument is a capture rather than a text of keys: a folder, a list, standard input, or a file with octets that no text has.
    package static func isCapture(_ argument: String) -> Bool {
        if argument == "-" || argument.hasPrefix("@") { return true }
        guard let status = try? FileStatus(path: argument) else { return false }
        guard status.kind == .file else { return status.kind == .folder }
        var head = [UInt8](repeating: 0x20, count: 512)
        do throws(SystemError) {
            let file = try FileDescriptor(argument, O_RDONLY)
            var failure: SystemError?
            unsafe head.withUnsafeMutableBytes { buffer in
                do throws(SystemError) { _ = unsafe try file.read(into: buffer) } catch { failure = error }
            }
            if failure != nil { return false }
        } catch { return false }
        return head.contains(0)
    }
}
