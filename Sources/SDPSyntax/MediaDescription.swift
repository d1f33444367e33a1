package import Evidence

/// One `m=` section (RFC 8866 section 5.14).
package struct MediaDescription: Sendable, Equatable {
    /// `audio`, `video`, `text`, `message`, `image`, …, lower-case.
    package let kind: String
    /// Where the writer receives; 0 refuses the line, or waits for its bundle.
    package let port: UInt16
    package let portCount: Int
    /// For example `RTP/SAVP`.
    package let transport: String
    /// Payload types of RTP as text, else what the protocol lists.
    package let formats: [String]
    package internal(set) var connection: ConnectionData?
    /// In order, unknown ones too.
    package internal(set) var attributes: [SDPAttribute] = []
    /// Octets from the start of the description to the `m=` line.
    package let offset: Int
    /// `a=crypto` lines that follow the grammar, whatever the length of their keys.
    package internal(set) var cryptoLines: [CryptoAttribute] = []
    package internal(set) var payloadFormats: [PayloadFormat] = []

    init?(_ line: SDPLine) {
        let fields = SDPText.fields(line.value)
        guard fields.count >= 3 else { return nil }
        let ports = fields[1].split(separator: "/", omittingEmptySubsequences: false)
        guard let first = ports.first, let port = SDPText.number(first, UInt16.self) else { return nil }
        kind = fields[0].lowercased()
        self.port = port
        portCount = ports.count > 1 ? SDPText.number(ports[1], Int.self) ?? 1 : 1
        transport = fields[2]
        formats = Array(fields[3...])
        offset = line.offset
    }

    /// The trimmed value of the first attribute of this name.
    package func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.trimmedValue }
    package func hasAttribute(_ name: String) -> Bool { attributes.contains { $0.name == name } }

    /// `a=label` (RFC 4574).
    package var label: String? { attribute("label").flatMap { $0.isEmpty ? nil : $0 } }
    /// `a=mid` (RFC 5888).
    package var mid: String? { attribute("mid") }
    /// `a=content` (RFC 4796).
    package var content: String? { attribute("content") }
    /// `a=ptime` in milliseconds.
    package var ptime: Double? { attribute("ptime").flatMap { Double($0) }.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
    package var rtcp: RTCPAddress? { attribute("rtcp").flatMap { RTCPAddress($0) } }
    /// `a=rtcp-mux` (RFC 5761).
    package var hasRTCPMux: Bool { hasAttribute("rtcp-mux") || hasAttribute("rtcp-mux-only") }
    /// RTP/SAVP, RTP/SAVPF and their DTLS forms.
    package var isSecure: Bool { transport.containsIgnoringCase("savp") }
    package var isRTP: Bool { transport.containsIgnoringCase("rtp/") }
    /// Port 0, which with `a=bundle-only` is no refusal (RFC 9143 section 6).
    package var isRejected: Bool { port == 0 && !hasAttribute("bundle-only") }
    /// Any attribute that brings keys: SDES, DTLS, MIKEY, ZRTP.
    package var hasKeying: Bool { ["crypto", "fingerprint", "key-mgmt", "zrtp-hash"].contains(where: hasAttribute) }

    /// The direction attribute of this section, else the session's, else sendrecv (RFC 8866 section 6.7).
    package func direction(sessionDefault: MediaDirection?) -> MediaDirection { ownDirection ?? sessionDefault ?? .sendrecv }

    /// The direction attribute of this section itself; the last one where there are several.
    package var ownDirection: MediaDirection? { attributes.last { MediaDirection(rawValue: $0.name) != nil }.flatMap { MediaDirection(rawValue: $0.name) } }

    /// Local identifiers of RTP header extensions by their URIs (RFC 8285 section 5): the first of each URI.
    package var headerExtensions: [String: UInt8] { Self.headerExtensions(attributes) }

    /// Addresses for RTP over UDP that `a=candidate` offers besides that of the line (RFC 8839 section 5.1), in order; names of hosts are left out.
    package var candidates: [Endpoint] {
        var out: [Endpoint] = []
        for attribute in attributes where attribute.name == "candidate" && out.count < 64 {
            let fields = SDPText.fields(attribute.value ?? "")
            guard fields.count >= 6, fields[1] == "1", fields[2].lowercased() == "udp", let address = IPAddress(fields[4]),
                let port = SDPText.number(fields[5][...], UInt16.self), port > 9
            else { continue }
            let endpoint = Endpoint(address, port)
            if !out.contains(endpoint) { out.append(endpoint) }
        }
        return out
    }

    /// URI of the header extension that names a packet's line by its `a=mid` (RFC 9143 section 15).
    package static let identificationURI = "urn:ietf:params:rtp-hdrext:sdes:mid"

    static func headerExtensions(_ attributes: [SDPAttribute]) -> [String: UInt8] {
        var out: [String: UInt8] = [:]
        for attribute in attributes where attribute.name == "extmap" && out.count < 256 {
            let fields = SDPText.fields(attribute.value ?? "")
            // `1/sendonly`: the direction does not matter to who only looks on.
            guard fields.count >= 2, let id = SDPText.number(fields[0].prefix { $0 != "/" }, UInt8.self), out[fields[1]] == nil else { continue }
            out[fields[1]] = id
        }
        return out
    }

    /// Sources that `a=ssrc` announces, in order (RFC 5576).
    package var ssrcs: [SSRC] {
        var out: [SSRC] = []
        for attribute in attributes where attribute.name == "ssrc" && out.count < 1024 {
            guard let first = SDPText.fields(attribute.value ?? "").first, let value = SDPText.number(first, UInt32.self) else { continue }
            if out.last != SSRC(value), !out.contains(SSRC(value)) { out.append(SSRC(value)) }
        }
        return out
    }

    /// What `a=ssrc-group` lines say of sources that belong together, in order (RFC 5576 section 4.2).
    package var sourceGroups: [SourceGroup] {
        attributes.lazy.filter { $0.name == "ssrc-group" }.prefix(Self.groupLimit).compactMap { SourceGroup($0.value ?? "") }
    }

    private static let groupLimit = 256
}
