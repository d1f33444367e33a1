import Evidence
import Glibc

/// Writes a vCon with the content of other files in it, block by block.
struct VConFile {
    /// The container as JSON, with a mark for each file.
    let json: [UInt8]
    /// Where the files are, by the numbers of their marks.
    let paths: [String]

    /// A quotation mark inside a string is escaped, and base64 has no colon, so no text can look like this.
    private static let mark = Array("\"body\" : \"file:".utf8)

    func write(to file: StagedFile) throws(SystemError) {
        var from = json.startIndex
        var found = 0
        while let place = next(after: from) {
            put(json[from..<place.number.lowerBound - 5], file)
            guard paths.indices.contains(place.value) else { throw SystemError(EINVAL) }
            try insert(paths[place.value], file)
            from = place.number.upperBound
            found += 1
        }
        guard found == paths.count else { throw SystemError(EINVAL) }
        put(json[from...], file)
        try file.close()
    }

    /// The number in the next mark.
    private func next(after start: Int) -> (number: Range<Int>, value: Int)? {
        guard let place = json[start...].firstRange(of: Self.mark) else { return nil }
        let digits = json[place.upperBound...].prefix { $0.isASCIIDigit }
        guard let value = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        return (digits.startIndex..<digits.endIndex, value)
    }

    private func put(_ octets: ArraySlice<UInt8>, _ file: StagedFile) { unsafe octets.withUnsafeBytes { unsafe file.write($0) } }

    private func insert(_ path: String, _ file: StagedFile) throws(SystemError) {
        let source = try FileDescriptor(path, O_RDONLY | O_NOFOLLOW)
        // A multiple of three, so that blocks of base64 follow each other without padding between.
        var block = [UInt8](repeating: 0, count: 3 << 16)
        while true {
            let count = try source.fill(&block)
            put(ArraySlice(VConBuilder.base64url(count == block.count ? block : Array(block[..<count])).utf8), file)
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
