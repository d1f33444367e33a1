import CaptureCarve
import Glibc
package import RecordingRecords

/// A capture file being written: it has its name only once it is whole.
package final class CaptureFile: CarveOutput {
    private let path: String
    private let staged: StagedFile
    private var isFinished = false

    /// Refuses a path where something is already: it may be evidence.
    package init(path: String) throws(OutputFault) {
        self.path = path
        if (try? FileStatus(path: path, followsLinks: false)) != nil {
            throw OutputFault(path: path, reason: "already exists; remove it first or choose another name")
        }
        do throws(SystemError) {
            try? Folder.remove(path + ".part")
            staged = try StagedFile(path: path + ".part", capacity: 64 << 10)
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    package func write(_ octets: [UInt8]) throws(OutputFault) {
        unsafe octets.withUnsafeBytes { unsafe staged.write($0) }
        if let fault = staged.fault { throw OutputFault(path, "cannot be written", fault) }
    }

    /// Gives the file its name.
    package func finish() throws(OutputFault) {
        do throws(SystemError) {
            try staged.close()
            // A link does not replace what somebody may have put there meanwhile.
            guard unsafe link(path + ".part", path) == 0 else { throw SystemError.last }
            isFinished = true
            try Folder.remove(path + ".part")
        } catch { throw OutputFault(path, "cannot be written", error) }
    }

    deinit { if !isFinished { try? Folder.remove(path + ".part") } }
}
