import Evidence

/// A session description while its lines are read: what stands where in its octets, and no text that is not needed for that.
struct SessionDraft: Sendable {
    let text: ArraySlice<UInt8>
    /// The value of the first `o=` that can be read.
    private(set) var origin: Range<Int>?
    /// The value of `s=`.
    private(set) var name: Range<Int>?
    private(set) var connection: ConnectionData?
    private(set) var attributes: SDPAttributes
    /// Of the last session-level direction attribute.
    private(set) var direction: MediaDirection?
    private(set) var remarks: [Remark] = []
    private var media: [MediaSection] = []

    /// Bounds: lines read, and media sections opened.
    static let lineLimit = 50_000
    private static let mediaLimit = 1024

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        attributes = SDPAttributes(text)
    }

    /// False when no line looks like `v=`, `o=` or `m=`.
    mutating func read() -> Bool {
        var isDescription = false
        for (number, line) in DescriptionLines(text).enumerated() {
            guard number < Self.lineLimit else {
                remarks.append(Remark(.sdp001, at: offset(line), "more than \(Self.lineLimit) lines; the rest is not read"))
                break
            }
            if take(line) { isDescription = true }
        }
        return isDescription
    }

    /// The finished sections, which go out of the draft, and what is to be said of them.
    mutating func takeMedia(_ remarks: inout [Remark]) -> [MediaDescription] {
        let sessionHasKeying = attributes.bringKeys
        var sections = media
        media = []
        for index in sections.indices { remarks += sections[index].complete(sessionHasKeying: sessionHasKeying) }
        return sections.map { MediaDescription($0) }
    }

    private func offset(_ line: Range<Int>) -> Int { line.lowerBound - text.startIndex }

    /// Reads one line; true when it is one that only a session description has.
    private mutating func take(_ line: Range<Int>) -> Bool {
        guard let letter = DescriptionLines.letter(text[line]) else {
            if !SDPText.trimmed(text[line]).isEmpty { complain(line, "the line is not of the form letter=value") }
            return false
        }
        let value = line.lowerBound + 2..<line.upperBound
        switch letter {
        case 0x76: return true
        case 0x6F:
            if !SDPOrigin.fits(text[value]) {
                complain(line, "o= has fewer than six fields")
            } else if origin == nil {
                origin = value
            }
            return true
        case 0x73: if media.isEmpty, name == nil { name = value }
        case 0x63: takeConnection(line, text[value])
        case 0x61:
            if media.isEmpty {
                direction = MediaDirection(attributes.append(line)) ?? direction
            } else {
                media[media.count - 1].append(line)
            }
        case 0x6D:
            takeMedia(line, text[value])
            return true
        default: break
        }
        return false
    }

    private mutating func takeConnection(_ line: Range<Int>, _ value: ArraySlice<UInt8>) {
        guard let data = ConnectionData(value) else { return complain(line, "c= has no address") }
        if media.isEmpty {
            connection = connection ?? data
        } else if media[media.count - 1].connection == nil {
            media[media.count - 1].connection = data
        }
    }

    private mutating func takeMedia(_ line: Range<Int>, _ value: ArraySlice<UInt8>) {
        guard media.count < Self.mediaLimit else { return complain(line, "more than \(Self.mediaLimit) media lines; the rest is not read") }
        if let section = MediaSection(value, in: text, at: offset(line)) {
            media.append(section)
            return
        }
        complain(line, "unreadable m= line; its port is taken as 0")
        if let section = MediaSection(value, in: text, at: offset(line), isReadable: false) { media.append(section) }
    }

    private mutating func complain(_ line: Range<Int>, _ message: String) {
        if remarks.count < 256 { remarks.append(Remark(.sdp001, at: offset(line), message)) }
    }
}
