package import Evidence

/// One leaf of a message's body: a MIME part, or the whole body where it is no multipart (RFC 5621, RFC 2046 section 5.1).
package struct BodyPart: Sendable {
    /// What siprecap can do with a part.
    package enum Kind: Sendable, Equatable { case sdp, recordingMetadata, other }

    /// Lower-case `type/subtype`; empty where none was given.
    package let contentType: String
    /// Of Content-Type.
    package let parameters: [SIPParameter]
    /// Disposition type of Content-Disposition, lower-case.
    package let disposition: String?
    /// After base64, quoted-printable, gzip or deflate was undone; those of the message itself, and no copy, where nothing had to be.
    package let octets: ArraySlice<UInt8>
    /// Octets from the start of the message to the content.
    package internal(set) var offset: Int
    /// Whether an encoding was undone: then octet `n` of the content is not octet `offset + n` of the message.
    package internal(set) var isTransferDecoded: Bool
    /// False when the message ends before the part does.
    package let isComplete: Bool
    package let kind: Kind
    /// Offsets count from the start of the message.
    package internal(set) var remarks: [Remark]

    /// - Parameter isUnpacked: Content-Encoding was undone before.
    init(fields: HeaderFields, raw: [UInt8], content: Range<Int>, isComplete: Bool, isUnpacked: Bool, remarks: [Remark], limits: Limits) {
        let type = MediaType(fields)
        contentType = type.name
        parameters = type.parameters
        disposition = fields.content(.contentDisposition).flatMap { value in
            var pieces = HeaderPieces(value, at: 0x3B)
            return pieces.next().flatMap { $0.isEmpty ? nil : HeaderText.lowercased($0) }
        }
        offset = content.lowerBound
        self.isComplete = isComplete
        var found = remarks
        var decoded = raw[content]
        var isDecoded = false
        let encoding = Self.word(fields, .contentTransferEncoding)
        if let plain = TransferEncoding.decode(decoded, encoding: encoding) {
            decoded = plain[...]
            isDecoded = true
        } else if !["", "7bit", "8bit", "binary"].contains(encoding) {
            found.append(Remark(.sip008, at: content.lowerBound, "content is not valid \(encoding)"))
        }
        let coding = isUnpacked ? "" : Self.word(fields, .contentEncoding)
        if !ContentEncoding.isIdentity(coding) {
            do {
                decoded = try ContentEncoding.decode(Array(decoded), coding: coding, limit: limits.sipMessageOctets)[...]
                isDecoded = true
            } catch {
                let problem =
                    switch error {
                    case .tooLarge: "content decompresses to more than \(limits.sipMessageOctets) bytes and is left compressed"
                    case .damaged: "content is not valid \(coding)"
                    case .unknown: "unknown content coding \(coding)"
                    }
                found.append(Remark(error == .tooLarge ? .sip006 : .sip008, at: content.lowerBound, problem))
            }
        }
        octets = decoded
        isTransferDecoded = isDecoded
        self.remarks = found
        kind = BodyKind.of(type.name, octets)
    }

    /// A header value that is one word: without parameters, quotes and case. Empty where there is no such field.
    static func word(_ fields: HeaderFields, _ name: HeaderName) -> String {
        guard let value = fields.content(name) else { return "" }
        var pieces = HeaderPieces(value, at: 0x3B)
        return pieces.next().map { HeaderText.unquoted(HeaderText.text($0)).lowercased() } ?? ""
    }
}

/// `type/subtype;parameters` (RFC 2045 section 5.1).
struct MediaType {
    let name: String
    let parameters: [SIPParameter]

    init(_ fields: HeaderFields) {
        guard let value = fields.content(.contentType) else {
            name = ""
            parameters = []
            return
        }
        var pieces = HeaderPieces(value, at: 0x3B)
        let word = pieces.next() ?? []
        name = HeaderText.lowercased(word.contains(where: \.isBlank) ? word.filter { !$0.isBlank }[...] : word)
        parameters = pieces.parameters()
    }

    var isMultipart: Bool { name.hasPrefix("multipart/") }
}

/// What a part is: by its type, else by its first octets, because products type SDP and metadata in many ways.
enum BodyKind {
    private static let metadataRoots = ["recording", "recording_metadata", "recording-metadata", "requestsnapshot"]

    /// The content goes before the type: a session description typed as metadata is a session description all the same.
    static func of(_ type: String, _ octets: ArraySlice<UInt8>) -> BodyPart.Kind {
        let sniffed = sniff(octets)
        if sniffed != .other { return sniffed }
        if type == "application/sdp" { return .sdp }
        return ["application/rs-metadata+xml", "application/rs-metadata", "application/rs-metadata-request"].contains(type) ? .recordingMetadata : .other
    }

    /// Octets at the beginning that are looked at where the content is UTF-16.
    private static let wideOctets = 2048

    private static func sniff(_ content: ArraySlice<UInt8>) -> BodyPart.Kind {
        var octets = content
        let head = Array(content.prefix(4))
        if head.count == 4, head[0] == 0xFE && head[1] == 0xFF || head[0] == 0xFF && head[1] == 0xFE || head[0] == 0 || head[1] == 0 {
            octets = content.prefix(wideOctets).filter { $0 != 0 && $0 < 0xFE }[...]
        }
        var index = octets.startIndex + (octets.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        func skipBlank() { while index < octets.endIndex, octets[index].isBlank || octets[index] == 0x0D || octets[index] == 0x0A { index += 1 } }
        skipBlank()
        if octets[index...].starts(with: [0x76, 0x3D, 0x30]) { return .sdp }
        // Declarations and comments before the root element; a document that hides its root behind many is left alone.
        for _ in 0..<16 {
            guard index + 1 < octets.endIndex, octets[index] == 0x3C else { return .other }
            guard octets[index + 1] == 0x3F || octets[index + 1] == 0x21 else { break }
            guard let close = octets[index...].firstIndex(of: 0x3E) else { return .other }
            index = close + 1
            skipBlank()
        }
        guard index < octets.endIndex, octets[index] == 0x3C else { return .other }
        let name = octets[(index + 1)...].prefix(128).prefix { !$0.isBlank && $0 != 0x3E && $0 != 0x2F && $0 != 0x0D && $0 != 0x0A }
        let local = name.lastIndex(of: 0x3A).map { name[($0 + 1)...] } ?? name
        return metadataRoots.contains(String(decoding: local, as: UTF8.self).lowercased()) ? .recordingMetadata : .other
    }
}

/// Content-Transfer-Encoding (RFC 2045 section 6).
enum TransferEncoding {
    /// Nil for encodings that change nothing and for content that does not decode.
    static func decode(_ octets: ArraySlice<UInt8>, encoding: String) -> [UInt8]? {
        switch encoding {
        case "base64": Base64.decode(String(decoding: octets.filter { !$0.isBlank && $0 != 0x0D && $0 != 0x0A }, as: UTF8.self))
        case "quoted-printable": quotedPrintable(octets)
        default: nil
        }
    }

    private static func quotedPrintable(_ octets: ArraySlice<UInt8>) -> [UInt8]? {
        var out: [UInt8] = []
        var index = octets.startIndex
        while index < octets.endIndex {
            guard octets[index] == 0x3D else {
                out.append(octets[index])
                index += 1
                continue
            }
            var next = index + 1
            while next < octets.endIndex, octets[next].isBlank { next += 1 }
            if next < octets.endIndex, octets[next] == 0x0D || octets[next] == 0x0A {
                index = next + 1
                if octets[next] == 0x0D, index < octets.endIndex, octets[index] == 0x0A { index += 1 }
            } else if index + 2 < octets.endIndex, let value = Hex.decode(String(decoding: octets[(index + 1)...(index + 2)], as: UTF8.self)) {
                out += value
                index += 3
            } else {
                return nil
            }
        }
        return out
    }
}
