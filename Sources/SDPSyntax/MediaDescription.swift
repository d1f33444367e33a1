package import Evidence

/// One `m=` section (RFC 8866 section 5.14).
package struct MediaDescription: Sendable {
    /// What was read, behind one reference: sections are looked at and handed on far more often than they are made.
    private final class Reading: Sendable {
        let section: MediaSection

        init(_ section: MediaSection) { self.section = section }
    }

    private let reading: Reading

    init(_ section: MediaSection) { reading = Reading(section) }

    /// `audio`, `video`, `text`, `message`, `image`, …, lower-case.
    package var kind: String { reading.section.kind }
    /// Where the writer receives; 0 refuses the line, or waits for its bundle.
    package var port: UInt16 { reading.section.port }
    package var portCount: Int { reading.section.portCount }
    /// For example `RTP/SAVP`.
    package var transport: String { reading.section.transport }
    package var connection: ConnectionData? { reading.section.connection }
    /// In order, unknown ones too.
    package var attributes: SDPAttributes { reading.section.attributes }
    /// Octets from the start of the description to the `m=` line.
    package var offset: Int { reading.section.offset }
    /// `a=crypto` lines that follow the grammar, whatever the length of their keys.
    package var cryptoLines: [CryptoAttribute] { reading.section.cryptoLines }
    package var payloadFormats: [PayloadFormat] { reading.section.payloadFormats }

    /// The trimmed value of the first attribute of this name.
    package func attribute(_ name: String) -> String? { reading.section.attributes.first(name)?.trimmedValue }
    package func hasAttribute(_ name: String) -> Bool { reading.section.attributes.contains(name) }

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
    package var isSecure: Bool { reading.section.isSecure }
    package var isRTP: Bool { reading.section.isRTP }
    /// Port 0, which with `a=bundle-only` is no refusal (RFC 9143 section 6).
    package var isRejected: Bool { reading.section.isRejected }
    /// Any attribute that brings keys: SDES, DTLS, MIKEY, ZRTP.
    package var hasKeying: Bool { reading.section.attributes.bringKeys }

    /// The direction attribute of this section, else the session's, else sendrecv (RFC 8866 section 6.7).
    package func direction(sessionDefault: MediaDirection?) -> MediaDirection { ownDirection ?? sessionDefault ?? .sendrecv }

    /// The direction attribute of this section itself; the last one where there are several.
    package var ownDirection: MediaDirection? { reading.section.direction }

    /// Local identifiers of RTP header extensions by their URIs (RFC 8285 section 5): the first of each URI.
    package var headerExtensions: [String: UInt8] { Self.headerExtensions(attributes) }

    /// Addresses for RTP over UDP that `a=candidate` offers besides that of the line (RFC 8839 section 5.1), in order; names of hosts are left out.
    package var candidates: [Endpoint] {
        var out: [Endpoint] = []
        for attribute in attributes.named("candidate") where out.count < 64 {
            let fields = SDPText.fields(attribute.value ?? "")
            guard fields.count >= 6, fields[1] == "1", fields[2].lowercased() == "udp", let address = IPAddress(fields[4]),
                let port = SDPText.number(fields[5], UInt16.self), port > 9
            else { continue }
            let endpoint = Endpoint(address, port)
            if !out.contains(endpoint) { out.append(endpoint) }
        }
        return out
    }

    /// URI of the header extension that names a packet's line by its `a=mid` (RFC 9143 section 15).
    package static let identificationURI = "urn:ietf:params:rtp-hdrext:sdes:mid"

    static func headerExtensions(_ attributes: SDPAttributes) -> [String: UInt8] {
        var out: [String: UInt8] = [:]
        for attribute in attributes.named("extmap") where out.count < 256 {
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
        for attribute in attributes.named("ssrc") where out.count < 1024 {
            guard let first = SDPText.fields(attribute.value ?? "").first, let value = SDPText.number(first, UInt32.self) else { continue }
            if out.last != SSRC(value), !out.contains(SSRC(value)) { out.append(SSRC(value)) }
        }
        return out
    }

    /// What `a=ssrc-group` lines say of sources that belong together, in order (RFC 5576 section 4.2).
    package var sourceGroups: [SourceGroup] {
        attributes.named("ssrc-group").prefix(Self.groupLimit).compactMap { SourceGroup($0.value ?? "") }
    }

    private static let groupLimit = 256
}

/// Keys must not reach a log by way of a mirror.
extension MediaDescription: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "m=\(kind) \(port) \(transport)\n\(attributes)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["media": description, "offset": offset]) }
}
