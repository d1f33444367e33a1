import Evidence

/// `vcon.json`, in parts: the files of the recording that it holds or vouches for stand in their places.
package enum VConFile {
    package static let fileName = "vcon.json"
    package static let mediaType = "application/vcon"

    /// Nil where the record has no start that can be read, or `sha1` no digest.
    package static func parts(of record: RecordingRecord, _ request: VConRequest, sha1: @escaping Digest) -> [FilePart]? {
        var builder = VConBuilder(record, request, sha1: sha1)
        guard let container = builder.build(), let json = try? RecordJSON.octets(of: container) else { return nil }
        return parts(json[...], files: builder.files)
    }

    /// What stands before a mark in the text. A quotation mark inside a string is escaped, so no text of somebody else can look like these.
    private static let contentKey = Array("\"body\" : \"".utf8)
    private static let hashKey = Array("\"content_hash\" : \"sha512-".utf8)

    /// Cuts the text at its marks.
    private static func parts(_ json: ArraySlice<UInt8>, files: [String]) -> [FilePart]? {
        var out: [FilePart] = []
        var from = json.startIndex
        var at = from
        while let mark = json[at...].firstRange(of: VCon.FileMark.word) {
            let digits = json[mark.upperBound...].prefix { $0.isASCIIDigit }
            at = digits.endIndex
            let isContent = json[..<mark.lowerBound].hasSuffix(contentKey)
            guard isContent || json[..<mark.lowerBound].hasSuffix(hashKey) else { continue }
            guard let number = Int(String(decoding: digits, as: UTF8.self)), files.indices.contains(number) else { return nil }
            out += [.octets(Array(json[from..<mark.lowerBound])), isContent ? .content(of: files[number]) : .sha512(of: files[number])]
            from = at
        }
        return out.count == 2 * files.count ? out + [.octets(Array(json[from...]))] : nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ octets: [UInt8]) -> Bool { suffix(octets.count).elementsEqual(octets) }
}
