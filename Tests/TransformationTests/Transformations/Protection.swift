import Foundation
import SRTPDecryption
import SRTPTestSupport
import TestSupport

extension Capture {
    /// RTP and RTCP protected by libsrtp2, all with one master key.
    func protected(_ suite: SRTPSuite, seed: UInt64) throws -> Capture {
        var senders: [MediaFlow: Protector] = [:]
        var changed = self
        for (index, frame) in frames.enumerated() {
            guard let (packet, media) = frame.media(linkType) else { continue }
            let flow: MediaFlow
            let isRTCP: Bool
            switch media {
            case .rtp(let found): (flow, isRTCP) = (found, false)
            case .rtcp(let found): (flow, isRTCP) = (found, true)
            }
            let sender = try senders[flow] ?? Protector(suite, seed: seed, ssrc: UInt32(flow.ssrc))
            senders[flow] = sender
            let payload = Array(frame.octets[packet.payload])
            changed.frames[index] = frame.replacingPayload(packet, with: try isRTCP ? sender.protectRTCP(payload) : sender.protect(payload))
        }
        return changed
    }

    /// The key in all session descriptions of SIP over UDP (RFC 4568): `a=crypto` in each section of audio and video.
    func signallingKey(_ suite: SRTPSuite, name: String, seed: UInt64) -> Capture {
        let inline = Data(keyAndSalt(suite, seed: seed)).base64EncodedString()
        return Capture(
            linkType: linkType,
            frames: frames.map { frame in
                guard let packet = Packet(frame.octets, linkType: linkType), packet.proto == 17, !packet.isFragment,
                    let text = String(bytes: frame.octets[packet.payload], encoding: .utf8), text.contains(" RTP/AVP"),
                    let head = text.range(of: "\r\n\r\n")
                else { return frame }
                let body = text[head.upperBound...].components(separatedBy: "\r\n").flatMap { line in
                    line.hasPrefix("m=") ? [line.replacingOccurrences(of: " RTP/AVP", with: " RTP/SAVP"), "a=crypto:1 \(name) inline:\(inline)"] : [line]
                }.joined(separator: "\r\n")
                return frame.replacingPayload(packet, with: SIPText.withLength(Array((String(text[..<head.upperBound]) + body).utf8)))
            })
    }
}

enum SIPText {
    /// A message whose Content-Length is that of its body.
    static func withLength(_ message: [UInt8]) -> [UInt8] {
        let text = String(decoding: message, as: UTF8.self)
        guard let head = text.range(of: "\r\n\r\n") else { return message }
        let length = text[head.upperBound...].utf8.count
        let lines = text[..<head.lowerBound].components(separatedBy: "\r\n").map { line in
            line.lowercased().hasPrefix("content-length:") || line.hasPrefix("l:") ? "Content-Length: \(length)" : line
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + text[head.upperBound...]).utf8)
    }
}
