package import Evidence

/// A session description (RFC 8866), read leniently: every line is kept, what cannot be read is remarked upon.
package struct SessionDescription: Sendable, Equatable {
    package private(set) var origin: SDPOrigin?
    /// `s=`.
    package private(set) var name: String?
    /// Session-level `c=`.
    package private(set) var connection: ConnectionData?
    /// Session-level attributes in order.
    package private(set) var attributes: [SDPAttribute] = []
    package private(set) var media: [MediaDescription] = []
    package private(set) var lines: [SDPLine] = []
    package private(set) var remarks: [Remark] = []

    /// Bounds: lines kept, and media sections opened.
    private static let lineLimit = 50_000
    private static let mediaLimit = 1024

    /// Nil only when no line looks like `v=`, `o=` or `m=`. Line ends may be CRLF or LF.
    package init?(parsing octets: [UInt8]) {
        var position = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var isDescription = false
        while position < octets.count {
            var end = position
            while end < octets.count, octets[end] != 0x0A { end += 1 }
            var stop = end
            while stop > position, octets[stop - 1] == 0x0D { stop -= 1 }
            if stop > position, lines.count < Self.lineLimit {
                isDescription = take(octets[position..<stop], at: position) || isDescription
            } else if stop > position {
                remarks.append(Remark(.sdp001, at: position, "more than \(Self.lineLimit) lines, the rest is not read"))
                break
            }
            position = end + 1
        }
        guard isDescription else { return nil }
        let sessionHasKeying = attributes.contains { ["crypto", "fingerprint", "key-mgmt", "zrtp-hash"].contains($0.name) }
        for index in media.indices { remarks += media[index].complete(sessionHasKeying: sessionHasKeying) }
    }

    /// Keeps one line; true when it is one that only a session description has.
    private mutating func take(_ text: ArraySlice<UInt8>, at offset: Int) -> Bool {
        let isField = text.count >= 2 && text[text.startIndex + 1] == 0x3D && text[text.startIndex] >= 0x61 && text[text.startIndex] <= 0x7A
        guard isField, let letter = text.first else {
            let line = SDPLine(type: 0, value: String(decoding: text, as: UTF8.self), offset: offset)
            lines.append(line)
            if !SDPText.trim(line.value).isEmpty { complain(offset, "line is not of the form letter=value") }
            return false
        }
        let line = SDPLine(type: letter, value: String(decoding: text.dropFirst(2), as: UTF8.self), offset: offset)
        lines.append(line)
        switch letter {
        case 0x76: return true
        case 0x6F:
            origin = origin ?? SDPOrigin(line.value)
            if SDPOrigin(line.value) == nil { complain(offset, "o= has fewer than six fields") }
            return true
        case 0x73: if media.isEmpty, name == nil { name = line.value }
        case 0x63: takeConnection(line)
        case 0x61:
            if media.isEmpty { attributes.append(SDPAttribute(line)) } else { media[media.count - 1].attributes.append(SDPAttribute(line)) }
        case 0x6D:
            takeMedia(line)
            return true
        default: break
        }
        return false
    }

    private mutating func takeConnection(_ line: SDPLine) {
        guard let data = ConnectionData(line.value) else { return complain(line.offset, "c= has no address") }
        if media.isEmpty {
            connection = connection ?? data
        } else if media[media.count - 1].connection == nil {
            media[media.count - 1].connection = data
        }
    }

    /// A media line that cannot be read still takes its place: answers and labels count lines.
    private mutating func takeMedia(_ line: SDPLine) {
        guard media.count < Self.mediaLimit else { return complain(line.offset, "more than \(Self.mediaLimit) media lines, the rest is not read") }
        if let section = MediaDescription(line) {
            media.append(section)
            return
        }
        complain(line.offset, "m= is not readable, its port is taken as 0")
        let fields = SDPText.fields(line.value)
        let kind = fields.first ?? "unknown"
        let rest = fields.count > 2 ? fields[2...].joined(separator: " ") : "unknown"
        if let section = MediaDescription(SDPLine(type: line.type, value: "\(kind) 0 \(rest)", offset: line.offset)) { media.append(section) }
    }

    private mutating func complain(_ offset: Int, _ message: String) {
        if remarks.count < 256 { remarks.append(Remark(.sdp001, at: offset, message)) }
    }
}

extension SessionDescription {
    /// The session-level direction attribute; nil without one.
    package var direction: MediaDirection? {
        attributes.last { MediaDirection(rawValue: $0.name) != nil }.flatMap { MediaDirection(rawValue: $0.name) }
    }

    /// What `a=group` lines say of media lines that belong together, in order (RFC 5888 section 5).
    package var mediaGroups: [MediaGroup] {
        attributes.lazy.filter { $0.name == "group" }.prefix(Self.groupLimit).compactMap { MediaGroup($0.value ?? "") }
    }

    private static let groupLimit = 256

    /// The line whose address a line of a bundle has (RFC 9143 section 7.2): the first of its `a=group:BUNDLE`; nil outside any.
    package func bundleHead(of media: MediaDescription) -> MediaDescription? {
        guard let mid = media.mid else { return nil }
        for attribute in attributes.lazy.filter({ $0.name == "group" }).prefix(Self.groupLimit) {
            let fields = SDPText.fields(attribute.value ?? "")
            guard fields.count > 1, fields[0].uppercased() == "BUNDLE", fields.dropFirst().contains(mid) else { continue }
            return self.media.first { $0.mid == fields[1] && $0.port != 0 }
        }
        return nil
    }

    /// The direction of a media line with the session's default applied.
    package func direction(of media: MediaDescription) -> MediaDirection { media.direction(sessionDefault: direction) }

    /// The connection data of a media line: its own, else the session's.
    package func connection(of media: MediaDescription) -> ConnectionData? { media.connection ?? connection }

    /// Whether a media line is on hold the old way: address 0.0.0.0 or :: (RFC 2543 appendix B.5), and no ICE candidate to replace it.
    package func isHeldByAddress(_ media: MediaDescription) -> Bool {
        !media.hasAttribute("candidate") && connection(of: media)?.address?.isUnspecified ?? false
    }
}
