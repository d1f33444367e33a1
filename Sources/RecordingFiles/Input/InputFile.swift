import Evidence
import Glibc
package import PacketInput
import Synchronization

/// The hash of an input, once it is known.
final class InputDigest: Sendable {
    private let outcome = Mutex<Result<String, InputFault>?>(nil)

    /// The first digest stays.
    func set(_ digest: String?) {
        guard let digest else { return }
        outcome.withLock { $0 = $0 ?? .success(digest) }
    }

    var isKnown: Bool { outcome.withLock { $0 != nil } }

    /// Nil, too, while somebody is at it.
    var known: String? { outcome.withLockIfAvailable { try? $0?.get() } ?? nil }

    /// What is known; else what `hash` finds, once: whoever asks meanwhile waits for it.
    func value(orBy hash: () throws(InputFault) -> String) throws(InputFault) -> String {
        let result = outcome.withLock { outcome -> Result<String, InputFault> in
            if let known = outcome { return known }
            let found: Result<String, InputFault>
            do throws(InputFault) { found = .success(try hash()) } catch { found = .failure(error) }
            outcome = found
            return found
        }
        return try result.get()
    }
}

/// Keeps a file open that has no name any more.
final class SpooledFile: Sendable {
    private let file: FileDescriptor

    init(_ file: consuming FileDescriptor) { self.file = file }

    /// Opens the same file anew, with a position of its own.
    var path: String { "/proc/self/fd/\(file.raw)" }
}

/// One regular file to read, any number of times, always from the first octet.
package struct InputFile: CaptureInput {
    /// As it is opened.
    package let path: String
    package let displayName: String
    /// True where the user named it, false where it was found in a folder. What was only found need not be a capture.
    package let isExplicit: Bool
    /// Whether the first reader hashes on the way. A look that tells no hashes can do without: SHA-256 costs a third of a survey.
    let isHashed: Bool
    private let octets: Int
    private let identity: FileStatus.Identity
    private let digest = InputDigest()
    private let spool: SpooledFile?

    package var size: Int? { octets }

    init(path: String, status: FileStatus, isExplicit: Bool, isHashed: Bool = true, displayName: String? = nil, spool: SpooledFile? = nil) {
        self.path = path
        self.displayName = displayName ?? String(path.split(separator: "/").last ?? Substring(path))
        self.isExplicit = isExplicit
        self.isHashed = isHashed
        self.spool = spool
        octets = Int(status.size)
        identity = status.identity
    }

    /// A reader of the octets that the file had when the run began, unpacked where they are compressed. Hashes what lies on the disk
    /// on the way until the digest is known; should the reading end before the file does, `sha256()` reads it once more.
    package func open() throws(InputFault) -> any CaptureReader {
        let file = try descriptor()
        let head = head(of: file)
        let reader = FileReader(file, name: displayName, limit: octets)
        let hashing: any CaptureReader = isHashed && !digest.isKnown ? HashingReader(reader, into: digest) : reader
        return DecompressingReader.unpacking(hashing, head: head, name: displayName)
    }

    /// By its name, or by any part of its path that is whole names: the file itself or a folder that it lies in.
    package func isNamed(_ text: String) -> Bool {
        let wanted = text.split(separator: "/").filter { $0 != "." }
        let parts = path.split(separator: "/").filter { $0 != "." }
        if displayName == text { return true }
        guard !wanted.isEmpty, wanted.count <= parts.count else { return false }
        return (0...parts.count - wanted.count).contains { parts[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }

    /// The first octets, without moving the position. Should that fail, so does the reading, which says why.
    private func head(of file: borrowing FileDescriptor) -> [UInt8] {
        var head = [UInt8](repeating: 0, count: min(CompressionFormat.headOctets, octets))
        let raw = file.raw
        let count = unsafe head.withUnsafeMutableBytes { unsafe pread(raw, $0.baseAddress, $0.count, 0) }
        return Array(head[..<max(0, count)])
    }

    /// SHA-256 of the file as 64 hexadecimal digits; free of charge where it has been read to its end before.
    package func sha256() throws(InputFault) -> String {
        try digest.value { () throws(InputFault) in
            do throws(SystemError) { return try SHA256.of(try file(), limit: octets).sha256 } catch {
                throw InputFault(displayName, "cannot be hashed", error)
            }
        }
    }

    package var knownSHA256: String? { digest.known }

    /// Not waiting for a writer, should the file have become a pipe.
    private func file() throws(SystemError) -> FileDescriptor { try FileDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY) }

    private func descriptor() throws(InputFault) -> FileDescriptor {
        do throws(SystemError) {
            let file = try file()
            let status = try file.status()
            guard status.kind == .file, status.identity == identity, status.size >= octets else { throw SystemError(ESTALE) }
            return file
        } catch {
            if error.number == ESTALE {
                throw InputFault(name: displayName, reason: "was replaced or truncated while siprecap was running; run again on a copy that nobody writes to")
            }
            throw InputFault(displayName, "cannot be opened", error)
        }
    }
}
