import Foundation

/// What the streams of one recording session carry.
enum MediaKind: String, CaseIterable {
    case pcmu, opus, srtp, g729

    /// The sample's signalling, which offers PCMU, with this kind in its place. Keys are places that each session fills for itself.
    func signalling(_ message: [UInt8]) -> [UInt8] {
        guard self != .pcmu else { return message }
        var line = 0
        let side = message.starts(with: Array("SIP/2.0".utf8)) ? "answer" : "offer"
        let lines = String(decoding: message, as: UTF8.self).components(separatedBy: "\r\n").flatMap { text -> [String] in
            switch (self, text) {
            case (.srtp, "a=rtpmap:0 PCMU/8000"):
                line += 1
                return [text, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:\(Self.keyPlace(side, line - 1))"]
            case (.opus, "a=rtpmap:0 PCMU/8000"): return ["a=rtpmap:111 opus/48000/2"]
            case (.g729, "a=rtpmap:0 PCMU/8000"): return ["a=rtpmap:18 G729/8000", "a=fmtp:18 annexb=no"]
            default:
                guard text.hasPrefix("m=audio "), text.hasSuffix(" RTP/AVP 0") else { return [text] }
                return [text.dropLast(9) + (self == .srtp ? "RTP/SAVP 0" : "RTP/AVP \(payloadType)")]
            }
        }
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Stands in the signalling for the key of the m-line with this number.
    static func keyPlace(_ side: String, _ line: Int) -> String { "@key-\(side)-\(line)@" }

    var payloadType: UInt8 {
        switch self {
        case .pcmu, .srtp: 0
        case .opus: 111
        case .g729: 18
        }
    }

    /// RTP clock units in 20 ms (RFC 7587: Opus counts at 48 kHz).
    var clockStep: Int { self == .opus ? 960 : 160 }
}
