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
        guard let layout = Layout(line) else { return nil }
        self.init(layout, in: line)
    }

    init(_ layout: Layout, in line: ArraySlice<UInt8>) {
        let text = HeaderText.text(line[layout.text])
        if let status = layout.status {
            self = .response(status: status, reason: text)
        } else {
            self = .request(method: HeaderText.text(line[layout.method]), uri: text)
        }
    }

    /// Where the parts of a first line stand.
    struct Layout: Sendable {
        /// Empty in a response.
        let method: Range<Int>
        /// Nil in a request.
        let status: Int?
        /// The URI of a request, the reason of a response.
        let text: Range<Int>

        init?(_ line: ArraySlice<UInt8>) {
            if let afterVersion = StartLine.version(line, at: line.startIndex) {
                var index = afterVersion
                guard index < line.endIndex, line[index].isBlank else { return nil }
                while index < line.endIndex, line[index].isBlank { index += 1 }
                guard index + 3 <= line.endIndex, line[index..<index + 3].allSatisfy(\.isASCIIDigit) else { return nil }
                let status = line[index..<index + 3].reduce(0) { $0 * 10 + Int($1 - 0x30) }
                index += 3
                guard status >= 100, index == line.endIndex || line[index].isBlank else { return nil }
                while index < line.endIndex, line[index].isBlank { index += 1 }
                method = line.startIndex..<line.startIndex
                self.status = status
                text = index..<line.endIndex
                return
            }
            var index = line.startIndex
            while index < line.endIndex, line[index].isTokenOctet { index += 1 }
            let method = line.startIndex..<index
            guard !method.isEmpty, method.count <= StartLine.longestMethod, index < line.endIndex, line[index].isBlank else { return nil }
            var end = line.endIndex
            while end > index, line[end - 1].isBlank { end -= 1 }
            var versionStart = end
            while versionStart > index, !line[versionStart - 1].isBlank { versionStart -= 1 }
            guard StartLine.version(line, at: versionStart) == end else { return nil }
            while index < versionStart, line[index].isBlank { index += 1 }
            while versionStart > index, line[versionStart - 1].isBlank { versionStart -= 1 }
            guard index < versionStart else { return nil }
            self.method = method
            status = nil
            text = index..<versionStart
        }
    }

    /// The index after `SIP/` digits `.` digits at `start`.
    fileprivate static func version(_ line: ArraySlice<UInt8>, at start: Int) -> Int? {
        guard start + 7 <= line.endIndex, line[start..<start + 4].equalsIgnoringCase("SIP/") else { return nil }
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
