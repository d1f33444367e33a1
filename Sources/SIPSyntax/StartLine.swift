import Evidence

/// First line of a message (RFC 3261 sections 7.1 and 7.2).
package enum StartLine: Sendable, Equatable {
    case request(method: String, uri: String)
    /// `status` in 100...999.
    case response(status: Int, reason: String)
}

extension StartLine {
    /// Longest first line that is looked at.
    static let longestLine = 16_384
    static let longestMethod = 64

    /// Reads one line without its end; nil when it is not SIP. Several blanks, a missing reason and another SIP version are let pass.
    init?(_ line: ArraySlice<UInt8>) {
        if let afterVersion = Self.version(line, at: line.startIndex) {
            var index = afterVersion
            guard index < line.endIndex, line[index].isBlank else { return nil }
            while index < line.endIndex, line[index].isBlank { index += 1 }
            guard index + 3 <= line.endIndex, line[index..<index + 3].allSatisfy(\.isASCIIDigit) else { return nil }
            let status = line[index..<index + 3].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            index += 3
            guard status >= 100, index == line.endIndex || line[index].isBlank else { return nil }
            while index < line.endIndex, line[index].isBlank { index += 1 }
            self = .response(status: status, reason: String(decoding: line[index...], as: UTF8.self))
            return
        }
        var index = line.startIndex
        while index < line.endIndex, line[index].isTokenOctet { index += 1 }
        let method = line[line.startIndex..<index]
        guard !method.isEmpty, method.count <= Self.longestMethod, index < line.endIndex, line[index].isBlank else { return nil }
        var end = line.endIndex
        while end > index, line[end - 1].isBlank { end -= 1 }
        var versionStart = end
        while versionStart > index, !line[versionStart - 1].isBlank { versionStart -= 1 }
        guard Self.version(line, at: versionStart) == end else { return nil }
        while index < versionStart, line[index].isBlank { index += 1 }
        while versionStart > index, line[versionStart - 1].isBlank { versionStart -= 1 }
        guard index < versionStart else { return nil }
        self = .request(method: String(decoding: method, as: UTF8.self), uri: String(decoding: line[index..<versionStart], as: UTF8.self))
    }

    /// The index after `SIP/` digits `.` digits at `start`.
    private static func version(_ line: ArraySlice<UInt8>, at start: Int) -> Int? {
        let name: [UInt8] = [0x73, 0x69, 0x70, 0x2F]
        guard start + 7 <= line.endIndex else { return nil }
        for (step, octet) in name.enumerated() where line[start + step].asciiLowercased != octet { return nil }
        var index = start + 4
        let major = index
        while index < line.endIndex, line[index].isASCIIDigit { index += 1 }
        guard index > major, index < line.endIndex, line[index] == 0x2E else { return nil }
        index += 1
        let minor = index
        while index < line.endIndex, line[index].isASCIIDigit { index += 1 }
        return index > minor ? index : nil
    }
}
