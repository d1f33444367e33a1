import Evidence
import RTPSyntax
import SRTPDecryption
import SRTPTestSupport
import TestSupport
import Testing

/// An RTP packet of version 2 with a given payload.
func rtp(_ sequence: UInt16, ssrc: UInt32 = 0x1234_5678, payload: [UInt8], csrcs: Int = 0, extensionWords: Int? = nil) -> [UInt8] {
    var packet: [UInt8] = [0x80 | UInt8(csrcs) | (extensionWords == nil ? 0 : 0x10), 0, UInt8(sequence >> 8), UInt8(sequence & 255)]
    packet += [0, 0, 0, 9] + (0..<4).map { UInt8(truncatingIfNeeded: ssrc >> UInt32(24 - 8 * $0)) }
    packet += [UInt8](repeating: 0xC5, count: 4 * csrcs)
    if let extensionWords { packet += [0xBE, 0xDE, 0, UInt8(extensionWords)] + [UInt8](repeating: 0xE7, count: 4 * extensionWords) }
    return packet + payload
}

/// A master key of the right size for `suite`, the same for the same seed.
func masterKey(_ suite: SRTPSuite, seed: UInt64 = 1, mki: [UInt8]? = nil) throws -> SRTPMasterKey {
    try #require(SRTPMasterKey(suite: suite, keyAndSalt: keyAndSalt(suite, seed: seed), mki: mki))
}

// The macros of Testing cannot hold a RawSpan, so each call has a form over an array here.

func header(of packet: [UInt8]) -> RTPHeader? { RTPHeader(parsing: packet.span.bytes, at: 0, count: packet.count) }

extension SRTPContext {
    func take(_ packet: [UInt8], roc: UInt32, into out: inout [UInt8]) -> Bool {
        guard let header = header(of: packet) else { return false }
        return open(packet.span.bytes, header: header, roc: roc, into: &out)
    }

    func takeRTCP(_ packet: [UInt8], into out: inout [UInt8]) -> UInt32? { openRTCP(packet.span.bytes, into: &out) }
}

extension SRTCPReceiver {
    func outcome(_ packet: [UInt8], into out: inout [UInt8]) -> SRTCPOutcome { open(packet.span.bytes, into: &out) }

    /// The index; nil for what was not opened.
    func take(_ packet: [UInt8], into out: inout [UInt8]) -> UInt32? {
        guard case .opened(let index) = open(packet.span.bytes, into: &out) else { return nil }
        return index
    }
}

extension SRTPStream {
    /// Opens an array of octets; the payload, or the outcome.
    func take(_ packet: [UInt8], into out: inout [UInt8]) -> SRTPOutcome {
        guard let header = header(of: packet) else { return .malformed }
        return open(packet.span.bytes, header: header, into: &out)
    }

    func take(_ packet: [UInt8]) -> SRTPOutcome {
        var out: [UInt8] = []
        return take(packet, into: &out)
    }
}
