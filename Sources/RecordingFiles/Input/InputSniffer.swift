import Glibc
import TLSDecryption

extension CaptureInputs {
    /// What an argument that may be a capture or hold keys is, by content.
    package enum Content: Sendable {
        /// A folder, a list, standard input, or a file with octets that no text has.
        case capture
        /// An NSS key log.
        case keyLog
        /// A private key in PEM.
        case privateKey
        /// SRTP keys, or anything else: what is wrong with it is told when it is read.
        case keyFile
    }

    package static func content(of argument: String) -> Content {
        if argument == "-" || argument.hasPrefix("@") { return .capture }
        guard let status = try? FileStatus(path: argument) else { return .keyFile }
        guard status.kind == .file else { return status.kind == .folder ? .capture : .keyFile }
        var head = [UInt8](repeating: 0x20, count: 4096)
        defer { head.wipe() }
        do throws(SystemError) {
            let file = try FileDescriptor(argument, O_RDONLY)
            var failure: SystemError?
            unsafe head.withUnsafeMutableBytes { buffer in
                do throws(SystemError) { _ = unsafe try file.read(into: buffer) } catch { failure = error }
            }
            if failure != nil { return .keyFile }
        } catch { return .keyFile }
        if head.contains(0) { return .capture }
        if RSAPrivateKey.looksLikePEM(head) { return .privateKey }
        return TLSKeyLog.looksLikeKeyLog(head) ? .keyLog : .keyFile
    }
}
