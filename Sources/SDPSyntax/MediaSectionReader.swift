import Evidence

/// Draws what needs more than one attribute from a finished media section, with remarks.
extension MediaDescription {
    /// - Parameter sessionHasKeying: whether a session-level attribute brings keys.
    mutating func complete(sessionHasKeying: Bool) -> [Remark] {
        var remarks: [Remark] = []
        for attribute in attributes where attribute.name == "crypto" && cryptoLines.count < 64 {
            guard let line = CryptoAttribute(parsing: attribute.value ?? "", offset: attribute.offset) else {
                remarks.append(Remark(.sdp105, at: attribute.offset, "a=crypto line is not readable"))
                continue
            }
            if let need = line.expectedOctets, !line.fitsSuite {
                let found = line.keys.map { String($0.keyAndSalt.count) }.joined(separator: ", ")
                remarks.append(Remark(.sdp105, at: attribute.offset, "\(line.suite) needs \(need) octets of key and salt, the line has \(found)"))
            }
            cryptoLines.append(line)
        }
        if isSecure, !isRejected, !hasKeying, !sessionHasKeying {
            remarks.append(Remark(.sdp104, at: offset, "m=\(kind) \(port) uses \(transport) but carries no key"))
        }
        if isRTP { remarks += readFormats() }
        return remarks
    }

    private mutating func readFormats() -> [Remark] {
        var remarks: [Remark] = []
        var maps: [UInt8: (encoding: String, clockRate: Int, channels: Int)] = [:]
        var parameters: [UInt8: String] = [:]
        for attribute in attributes where attribute.name == "rtpmap" || attribute.name == "fmtp" {
            let fields = SDPText.fields(attribute.value ?? "", maxSplits: 1)
            guard fields.count == 2, let type = SDPText.number(fields[0], UInt8.self), type < 128 else {
                remarks.append(Remark(.sdp001, at: attribute.offset, "a=\(attribute.name) has no payload type and value"))
                continue
            }
            if attribute.name == "fmtp" {
                if parameters[type] == nil { parameters[type] = SDPText.trim(fields[1]) }
                continue
            }
            let parts = SDPText.trim(fields[1]).split(separator: "/", omittingEmptySubsequences: false).map { SDPText.trim($0) }
            let rate = parts.count > 1 ? SDPText.number(parts[1], Int.self).flatMap { ClockRate($0)?.hertz } : nil
            if rate == nil { remarks.append(Remark(.sdp001, at: attribute.offset, "a=rtpmap of payload type \(type) has no usable clock rate")) }
            let channels = parts.count > 2 ? SDPText.number(parts[2], Int.self) ?? 1 : 1
            if maps[type] == nil { maps[type] = (parts.first ?? "", rate ?? 0, min(max(channels, 1), 255)) }
        }
        var seen: Set<UInt8> = []
        for text in formats {
            guard let type = SDPText.number(text, UInt8.self), type < 128 else {
                remarks.append(Remark(.sdp001, at: offset, "format \"\(text.prefix(16))\" of m=\(kind) is not a payload type"))
                continue
            }
            guard seen.insert(type).inserted else { continue }
            let mapped = maps[type]
            let known = mapped ?? StaticPayloads.format(type)
            if known == nil, !isRejected { remarks.append(Remark(.sdp103, at: offset, "payload type \(type) of m=\(kind) has no rtpmap")) }
            payloadFormats.append(
                PayloadFormat(
                    payloadType: PayloadType(type), encoding: known?.encoding ?? "", clockRate: known?.clockRate ?? 0, channels: known?.channels ?? 1,
                    parameters: parameters[type], isImplied: mapped == nil && known != nil))
        }
        return Array(remarks.prefix(256))
    }
}
