import Evidence

/// What a media section says, taken up line by line.
struct MediaSection: Sendable {
    let kind: String
    let port: UInt16
    let portCount: Int
    let transport: String
    let offset: Int
    let isSecure: Bool
    let isRTP: Bool
    /// Payload types of RTP, else what the protocol lists.
    private let formats: ArraySlice<UInt8>
    var connection: ConnectionData?
    private(set) var attributes: SDPAttributes
    /// Of the last direction attribute.
    private(set) var direction: MediaDirection?
    private(set) var cryptoLines: [CryptoAttribute] = []
    private(set) var payloadFormats: [PayloadFormat] = []

    /// - Parameters:
    ///   - line: the value of an `m=` line.
    ///   - text: the description that the line stands in.
    ///   - isReadable: false takes the port as 0: a media line that cannot be read still takes its place, as answers and labels count lines.
    init?(_ line: ArraySlice<UInt8>, in text: ArraySlice<UInt8>, at offset: Int, isReadable: Bool = true) {
        var fields = SDPFields(line)
        let kind = fields.next()
        let ports = fields.next()
        let transport = fields.next()
        if isReadable {
            guard transport != nil, let ports, let port = SDPText.number(ports.prefix { $0 != 0x2F }, UInt16.self) else { return nil }
            self.port = port
            let count = ports.drop { $0 != 0x2F }.dropFirst().prefix { $0 != 0x2F }
            portCount = SDPText.number(count, Int.self) ?? 1
        } else {
            port = 0
            portCount = 1
        }
        self.kind = kind.map { SDPText.text($0).lowercased() } ?? "unknown"
        self.transport = transport.map { SDPText.text($0) } ?? "unknown"
        formats = fields.rest
        self.offset = offset
        isSecure = self.transport.containsIgnoringCase("savp")
        isRTP = self.transport.containsIgnoringCase("rtp/")
        attributes = SDPAttributes(text)
    }

    var isRejected: Bool { port == 0 && !attributes.contains("bundle-only") }

    /// Takes a line `a=…`, a range of the description's octets.
    mutating func append(_ line: Range<Int>) {
        direction = MediaDirection(attributes.append(line)) ?? direction
    }

    /// Draws what needs more than one attribute, with remarks.
    ///
    /// - Parameter sessionHasKeying: whether a session-level attribute brings keys.
    mutating func complete(sessionHasKeying: Bool) -> [Remark] {
        var remarks: [Remark] = []
        for attribute in attributes.named("crypto") where cryptoLines.count < 64 {
            guard let line = CryptoAttribute(parsing: attribute.value ?? "", offset: attribute.offset) else {
                remarks.append(Remark(.sdp105, at: attribute.offset, "unreadable a=crypto line"))
                continue
            }
            if let need = line.expectedOctets, !line.fitsSuite {
                let found = line.keys.map { String($0.keyAndSalt.count) }.joined(separator: ", ")
                remarks.append(Remark(.sdp105, at: attribute.offset, "\(line.suite) needs \(need) bytes of key and salt, the line has \(found)"))
            }
            cryptoLines.append(line)
        }
        if isSecure, !isRejected, !attributes.bringKeys, !sessionHasKeying {
            remarks.append(Remark(.sdp104, at: offset, "m=\(kind) \(port) uses \(transport) but has no key"))
        }
        if isRTP { remarks += readFormats() }
        return remarks
    }

    /// What rtpmap and fmtp say of one payload type.
    private struct Mapping {
        let type: UInt8
        var format: (encoding: String, clockRate: Int, channels: Int)?
        var parameters: String?
    }

    /// The meaning of each payload type that the media line lists, each once: at most 128, which bounds every search here.
    private mutating func readFormats() -> [Remark] {
        var remarks: [Remark] = []
        let mappings = mappings(&remarks)
        let isRejected = isRejected
        for text in SDPFields(formats) {
            guard let type = SDPText.number(text, UInt8.self), type < 128 else {
                remarks.append(Remark(.sdp001, at: offset, "format \"\(SDPText.text(text).prefix(16))\" of m=\(kind) is not a payload type"))
                continue
            }
            guard !payloadFormats.contains(where: { $0.payloadType.value == type }) else { continue }
            let mapping = mappings.first { $0.type == type }
            let known = mapping?.format ?? StaticPayloads.format(type)
            if known == nil, !isRejected { remarks.append(Remark(.sdp103, at: offset, "payload type \(type) of m=\(kind) has no rtpmap")) }
            payloadFormats.append(
                PayloadFormat(
                    payloadType: PayloadType(type), encoding: known?.encoding ?? "", clockRate: known?.clockRate ?? 0, channels: known?.channels ?? 1,
                    parameters: mapping?.parameters, isImplied: mapping?.format == nil && known != nil))
        }
        return Array(remarks.prefix(256))
    }

    /// The first rtpmap and the first fmtp of each payload type.
    private func mappings(_ remarks: inout [Remark]) -> [Mapping] {
        var out: [Mapping] = []
        for attribute in attributes where attribute.isNamed("rtpmap") || attribute.isNamed("fmtp") {
            var fields = SDPFields(attribute.valueOctets ?? [])
            // One blank divides: what follows it is the value, be it of blanks only.
            guard let first = fields.next(), fields.rest.count > 1, let type = SDPText.number(first, UInt8.self), type < 128 else {
                remarks.append(Remark(.sdp001, at: attribute.offset, "a=\(attribute.name) has no payload type and value"))
                continue
            }
            let value = SDPText.trimmed(fields.rest.dropFirst())
            let index = out.firstIndex { $0.type == type } ?? out.count
            if index == out.count { out.append(Mapping(type: type)) }
            if attribute.isNamed("fmtp") {
                if out[index].parameters == nil { out[index].parameters = SDPText.text(value) }
                continue
            }
            let parts = value.split(separator: 0x2F, omittingEmptySubsequences: false).map { SDPText.trimmed($0) }
            let rate = parts.count > 1 ? SDPText.number(parts[1], Int.self).flatMap { ClockRate($0)?.hertz } : nil
            if rate == nil { remarks.append(Remark(.sdp001, at: attribute.offset, "a=rtpmap of payload type \(type) has no usable clock rate")) }
            let channels = parts.count > 2 ? SDPText.number(parts[2], Int.self) ?? 1 : 1
            if out[index].format == nil { out[index].format = (parts.first.map { SDPText.text($0) } ?? "", rate ?? 0, min(max(channels, 1), 255)) }
        }
        return out
    }
}

extension SDPAttributes {
    /// Whether any of them brings keys: SDES, DTLS, MIKEY, ZRTP.
    var bringKeys: Bool { contains("crypto") || contains("fingerprint") || contains("key-mgmt") || contains("zrtp-hash") }
}

extension MediaDirection {
    /// Nil for any other attribute.
    init?(_ attribute: SDPAttribute) {
        let name = attribute.nameOctets
        // All four have this length.
        guard name.count == 8 else { return nil }
        self.init(rawValue: SDPText.text(name))
    }
}
