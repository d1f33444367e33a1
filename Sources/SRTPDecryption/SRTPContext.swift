import Evidence
package import RTPSyntax

/// One master key at work: session keys derived once, cipher contexts reused for every packet (RFC 3711 section 3.2).
///
/// Knows no rollover counter and no history; those are `SRTPStream`'s. A class, because it owns C contexts. Not for two threads at once.
package final class SRTPContext {
    package let suite: SRTPSuite
    package let mki: [UInt8]?
    private let rtp: SRTPTransform
    // Asked with every packet.
    private let tagLength: Int
    private let mkiLength: Int
    private let isEncrypted: Bool
    /// For SRTCP; keys are derived on first use, since many streams have none. Nil when they were given, or could not be derived.
    private lazy var rtcp: SRTPTransform? = deriveRTCP()
    private let master: SRTPMasterKey?
    private let method: SRTPKeyDerivation.Method
    private let givenRTCP: SRTPSessionKeys?

    /// Nil only when libcrypto refuses the suite.
    package init?(_ master: SRTPMasterKey, by method: SRTPKeyDerivation.Method = .standard) {
        guard let keys = SRTPKeyDerivation.rtpKeys(of: master, by: method), let transform = SRTPTransform(suite: master.suite, keys: keys) else { return nil }
        suite = master.suite
        mki = master.mki
        rtp = transform
        tagLength = master.suite.tagLength
        mkiLength = master.mkiLength
        isEncrypted = master.isEncrypted
        self.master = master
        self.method = method
        givenRTCP = nil
    }

    /// From session keys, as published vectors give them.
    package init?(suite: SRTPSuite, rtp keys: SRTPSessionKeys, rtcp rtcpKeys: SRTPSessionKeys? = nil, mki: [UInt8]? = nil) {
        guard let transform = SRTPTransform(suite: suite, keys: keys) else { return nil }
        self.suite = suite
        self.mki = mki
        rtp = transform
        tagLength = suite.tagLength
        mkiLength = mki?.count ?? 0
        isEncrypted = true
        master = nil
        method = .standard
        givenRTCP = rtcpKeys
    }

    private func deriveRTCP() -> SRTPTransform? {
        (givenRTCP ?? master.flatMap { SRTPKeyDerivation.rtcpKeys(of: $0, by: method) }).flatMap { SRTPTransform(suite: suite, keys: $0) }
    }

    /// Where the parts of an SRTP packet lie (RFC 3711 section 3.1; RFC 7714 section 7 puts the tag before the identifier).
    private func layout(_ count: Int) -> (tag: Range<Int>, mki: Range<Int>, bodyEnd: Int) {
        if suite.isAEAD { return (count - mkiLength - tagLength..<count - mkiLength, count - mkiLength..<count, count - mkiLength - tagLength) }
        return (count - tagLength..<count, count - tagLength - mkiLength..<count - tagLength, count - tagLength - mkiLength)
    }

    /// Whether the packet is long enough for header, identifier and tag of this suite.
    package func fits(_ packet: RawSpan, header: RTPHeader) -> Bool {
        header.headerLength + tagLength + mkiLength <= packet.byteCount
    }

    /// Whether the packet's identifier names this key; true for a key without one. The packet must fit.
    package func mkiMatches(_ packet: RawSpan) -> Bool {
        guard mkiLength > 0, let mki else { return true }
        let range = layout(packet.byteCount).mki
        for (index, octet) in mki.enumerated() where packet.u8(range.lowerBound + index) != octet { return false }
        return true
    }

    /// Opens a whole SRTP packet, header included, under rollover counter `roc`.
    ///
    /// `out` becomes the payload in clear, RTP padding included. False, with `out` empty, when the packet does not fit, names another key, or its tag
    /// does not match: then nothing was decrypted, or it was wiped.
    package func open(_ packet: RawSpan, header: RTPHeader, roc: UInt32, into out: inout [UInt8]) -> Bool {
        guard fits(packet, header: header), mkiMatches(packet) else {
            out.removeAll(keepingCapacity: true)
            return false
        }
        let (tag, _, bodyEnd) = layout(packet.byteCount)
        let job = SRTPTransform.Job(
            ssrc: header.ssrc.value, index: UInt64(roc) << 16 | UInt64(header.sequence.value), clear: 0..<header.headerLength,
            body: header.headerLength..<bodyEnd, tag: tag, trailer: bodyEnd..<bodyEnd, suffix: roc, encrypted: isEncrypted)
        return rtp.open(packet, job, into: &out)
    }

    /// Opens a whole SRTCP packet (RFC 3711 section 3.4, RFC 7714 section 9); `out` becomes the RTCP compound in clear.
    ///
    /// The 31-bit SRTCP index; nil, with `out` empty, when the packet does not fit, names another key, or its tag does not match.
    package func openRTCP(_ packet: RawSpan, into out: inout [UInt8]) -> UInt32? {
        out.removeAll(keepingCapacity: true)
        let count = packet.byteCount
        let tagLength = suite.rtcpTagLength
        guard count >= 8 + tagLength + 4 + mkiLength, packet.u8(0) >> 6 == 2, let rtcp else { return nil }
        // CM: body | E and index | identifier | tag. AEAD: body | tag | E and index | identifier.
        let wordAt = count - mkiLength - 4 - (suite.isAEAD ? 0 : tagLength)
        let bodyEnd = suite.isAEAD ? wordAt - tagLength : wordAt
        let tag = suite.isAEAD ? bodyEnd..<wordAt : count - tagLength..<count
        if let mki { for (index, octet) in mki.enumerated() where packet.u8(wordAt + 4 + index) != octet { return nil } }
        let word = packet.be32(wordAt)
        let index = word & 0x7FFF_FFFF
        let job = SRTPTransform.Job(
            ssrc: packet.be32(4), index: UInt64(index), clear: 0..<8, body: 8..<bodyEnd, tag: tag, trailer: wordAt..<wordAt + 4, suffix: nil,
            encrypted: word >> 31 == 1)
        return rtcp.open(packet, job, keeping: 8, into: &out) ? index : nil
    }
}
