import Glibc
import RecordingRecords

extension StagedFile {
    /// Writes one part; what it quotes is read block by block from `folder`.
    func write(_ part: FilePart, below folder: String) throws(SystemError) {
        switch part {
        case .octets(let octets): put(octets)
        case .content(let path): try insert(folder + "/" + path)
        case .sha512(let path): put(FilePart.base64url(try MessageDigest.of(file: folder + "/" + path, .sha512).digest))
        }
    }

    private func put(_ octets: [UInt8]) { unsafe octets.withUnsafeBytes { unsafe write($0) } }

    private func insert(_ path: String) throws(SystemError) {
        let source = try FileDescriptor(path, O_RDONLY | O_NOFOLLOW)
        // A multiple of three, so that blocks follow each other without padding between.
        var block = [UInt8](repeating: 0, count: 3 << 16)
        while true {
            let count = try source.fill(&block)
            put(FilePart.base64url(count == block.count ? block : Array(block[..<count])))
            if count < block.count { return }
        }
    }
}

extension FileDescriptor {
    /// Reads until `buffer` is full or the file ends; octets read.
    fileprivate func fill(_ buffer: inout [UInt8]) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            let start = done
            var fault: SystemError?
            let count: Int = unsafe buffer.withUnsafeMutableBytes { space in
                do throws(SystemError) { return unsafe try read(into: UnsafeMutableRawBufferPointer(rebasing: space[start...])) } catch {
                    fault = error
                    return 0
                }
            }
            if let fault { throw fault }
            if count == 0 { break }
            done += count
        }
        return done
    }
}
