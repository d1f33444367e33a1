public import Evidence
import NetworkLayers
public import RTPSyntax
import SIPSyntax

/// Tells what each datagram is. Every pass asks this and nothing else, so that all of them see the same packets.
///
/// A value with memory: what relays bind, and on which paths DTLS was seen. Passes that feed the same datagrams learn the same.
/// Bounds: those of `TURNTable`; 65,536 paths of DTLS.
@usableFromInline
package struct DatagramClassifier: Sendable {
    /// RTCP has 8 octets at least and RTP 12 (RFC 3550 sections 6.4.1 and 5.1), whose header does not read where there are fewer.
    @inlinable package static var shortest: Int { 8 }
    private static let pathLimit = 65_536

    @usableFromInline let forced: ForcedPorts
    private var relays = TURNTable()
    /// Paths on which DTLS was seen.
    private var secured: Set<NetworkPath> = []

    package init(_ rules: [DecodeRule]) { forced = ForcedPorts(rules) }

    /// The header of what is plainly RTP; nil where `content` has to tell. Asked first, it spares most packets a call and the value it returns.
    @inlinable @inline(__always)
    package func plainRTP(_ payload: RawSpan) -> RTPHeader? {
        guard payload.byteCount >= Self.shortest, forced.isEmpty, Self.isMedia(payload), !Self.isControl(payload) else { return nil }
        return RTPHeader(parsing: payload, at: 0, count: payload.byteCount)
    }

    /// `payload` is what was captured of the datagram, `declared` the octets that it had.
    @inline(never)
    package mutating func content(of payload: RawSpan, declared: Int, on path: NetworkPath) -> DatagramContent {
        guard payload.byteCount >= Self.shortest else { return .tooShort }
        if !forced.isEmpty {
            switch forced.kind(of: path) {
            case .sip: return .sip
            case .rtp: if let header = RTPHeader(parsing: payload, at: 0, count: payload.byteCount) { return .rtp(header) }
            case nil: break
            }
        }
        if Self.isMedia(payload) { return Self.media(payload) }
        if SIPMessage.looksLikeSIP(payload) { return .sip }
        switch relays.content(of: payload, declared: declared, on: path) {
        case .stun: return .stun
        case .inner(let inner, let range, let count): return .relayed(inner, range, declared: count)
        case nil: return unlike(payload, path)
        }
    }

    /// Version 2 in the first two bits (RFC 7983).
    @inlinable @inline(__always)
    static func isMedia(_ payload: RawSpan) -> Bool { payload.u8(0) & 0xC0 == 0x80 }

    /// RTCP by the second octet (RFC 5761 section 4).
    @inlinable @inline(__always)
    static func isControl(_ payload: RawSpan) -> Bool { payload.u8(1) >= 192 && payload.u8(1) <= 223 }

    private static func media(_ payload: RawSpan) -> DatagramContent {
        if isControl(payload) { return .rtcp }
        return RTPHeader(parsing: payload, at: 0, count: payload.byteCount).map { .rtp($0) } ?? .unknown
    }

    /// What a relay carried: taken out once, not again, and never signalling.
    @inline(never)
    package mutating func relayed(_ payload: RawSpan, on path: NetworkPath) -> DatagramContent {
        guard payload.byteCount >= Self.shortest else { return .tooShort }
        if Self.isMedia(payload) { return Self.media(payload) }
        return STUNMessage.looksLikeSTUN(payload) ? .stun : unlike(payload, path)
    }

    /// Neither SIP nor media nor of a relay.
    private mutating func unlike(_ payload: RawSpan, _ path: NetworkPath) -> DatagramContent {
        switch PacketKind.of(firstOctet: payload.u8(0)) {
        case .dtls where payload.byteCount >= 13 && payload.u8(0) <= 26 && payload.u8(1) == 0xFE:
            if secured.count < Self.pathLimit { secured.insert(path) }
            return .dtls
        case .dtls where payload.u8(0) & 0xE0 == 0x20 && (secured.contains(path) || secured.contains(path.reversed)):
            // The short head of DTLS 1.3 has no version: it is taken for DTLS only where a long one was seen.
            return .dtls
        case .stun where payload.byteCount >= 20 && Int(payload.be16(2)) + 20 == payload.byteCount && payload.be16(0) & 0x3EEF == 1:
            return .classicSTUN
        // RFC 6189 section 5: version 0, the extension bit, and the magic cookie where RTP has its timestamp.
        case _ where payload.byteCount >= 28 && payload.u8(0) >> 4 == 1 && payload.be32(4) == 0x5A52_5450: return .zrtp
        default: return DatagramContent.isBlank(payload) ? .keepAlive : .unknown
        }
    }
}
