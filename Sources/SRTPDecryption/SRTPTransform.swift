import Evidence

/// Session keys ready for use: authenticates and decrypts one kind of packet, SRTP or SRTCP, under given lengths.
///
/// Order of trust: with HMAC the tag is compared before anything is decrypted; with AEAD output of a packet whose tag does not match is wiped.
@safe final class SRTPTransform {
    // Either the first two or the third.
    private let counter: AESCounterMode?
    private let authentication: HMACSHA1?
    private let galois: AESGCM?
    /// The first two, without being counted up and down with every packet.
    private let common: (counter: Unmanaged<AESCounterMode>, authentication: Unmanaged<HMACSHA1>)?
    private let saltHigh: UInt64
    private let saltLow: UInt64

    init?(suite: SRTPSuite, keys: SRTPSessionKeys) {
        (saltHigh, saltLow) = keys.salt.counterWords
        if suite.isAEAD {
            galois = AESGCM(key: keys.encryption)
            counter = nil
            authentication = nil
            unsafe common = nil
            if galois == nil { return nil }
        } else {
            galois = nil
            guard let cipher = AESCounterMode(key: keys.encryption) else { return nil }
            let code = HMACSHA1(key: keys.authentication)
            counter = cipher
            authentication = code
            unsafe common = (Unmanaged.passUnretained(cipher), Unmanaged.passUnretained(code))
        }
    }

    /// One packet to open, as ranges of its octets.
    struct Job {
        let ssrc: UInt32
        /// ROC and SEQ, 48 bits, or the 31-bit SRTCP index.
        let index: UInt64
        /// Header octets that stay clear.
        let clear: Range<Int>
        let body: Range<Int>
        let tag: Range<Int>
        /// Octets that are authenticated behind the body (the E flag and index of SRTCP); empty for SRTP.
        let trailer: Range<Int>
        /// Authenticated behind everything but not sent (ROC); nil for SRTCP.
        let suffix: UInt32?
        let encrypted: Bool
    }

    /// Replaces `out` by what `body` holds in clear, after `keeping` octets of the packet's beginning. False, with `out` empty, unless the tag matches.
    func open(_ packet: RawSpan, _ job: Job, keeping: Int = 0, into out: inout [UInt8]) -> Bool {
        if let common = unsafe common {
            guard unsafe packet.withUnsafeBytes({ unsafe Self.isAuthentic($0, job, common.authentication) }) else {
                out.removeAll(keepingCapacity: true)
                return false
            }
            Self.fit(&out, keeping + job.body.count)
            let opened = unsafe packet.withUnsafeBytes { bytes in
                unsafe out.withUnsafeMutableBytes { unsafe decrypt(bytes, job, keeping: keeping, common.counter, into: $0) }
            }
            if !opened { wipe(&out) }
            return opened
        }
        let opened = unsafe packet.withUnsafeBytes { bytes in unsafe openGalois(bytes, job, keeping: keeping, into: &out) }
        // What an AEAD cipher wrote before it knew the tag is not to be seen by anybody; capacity stays.
        if !opened { wipe(&out) }
        return opened
    }

    /// Makes `out` so long; what it holds is written over. Packets of a stream are mostly of one length, so there is mostly nothing to do.
    @inline(__always)
    private static func fit(_ out: inout [UInt8], _ count: Int) {
        if out.count == count { return }
        if out.count > count { out.removeLast(out.count - count) } else { out.append(contentsOf: repeatElement(0, count: count - out.count)) }
    }

    private func wipe(_ out: inout [UInt8]) {
        for index in out.indices { out[index] = 0 }
        out.removeAll(keepingCapacity: true)
    }

    private static func isAuthentic(_ bytes: UnsafeRawBufferPointer, _ job: Job, _ authentication: Unmanaged<HMACSHA1>) -> Bool {
        let tag = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.tag])
        let end = job.trailer.isEmpty ? job.body.upperBound : job.trailer.upperBound
        let message = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.clear.lowerBound..<end])
        return unsafe authentication._withUnsafeGuaranteedRef { unsafe $0.matches(tag, message: message, suffix: job.suffix) }
    }

    /// Writes the clear octets to `out`, which has as many as there are.
    private func decrypt(
        _ bytes: UnsafeRawBufferPointer, _ job: Job, keeping: Int, _ counter: Unmanaged<AESCounterMode>, into out: UnsafeMutableRawBufferPointer
    ) -> Bool {
        if keeping > 0 { unsafe out.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[0..<keeping])) }
        let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.body])
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: out[keeping...])
        guard job.encrypted else {
            unsafe target.copyMemory(from: body)
            return true
        }
        // IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16), RFC 3711 section 4.1.1.
        let start = CipherBlock(high: saltHigh ^ UInt64(job.ssrc), low: saltLow ^ job.index << 16)
        return unsafe counter._withUnsafeGuaranteedRef { unsafe $0.apply(from: start, body, to: target) }
    }

    private func openGalois(_ bytes: UnsafeRawBufferPointer, _ job: Job, keeping: Int, into out: inout [UInt8]) -> Bool {
        guard let galois else { return false }
        out.removeAll(keepingCapacity: true)
        let tag = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.tag])
        unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[0..<keeping]))
        unsafe out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[job.body]))
        // IV = (00 00 | SSRC | ROC | SEQ) XOR salt, RFC 7714 section 8.1; SRTCP has 00 00 | index in place of ROC | SEQ, section 9.1.
        let nonce = CipherBlock(high: saltHigh ^ UInt64(job.ssrc) << 16 ^ job.index >> 32, low: saltLow ^ job.index << 32)
        let empty = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        let trailer = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.trailer])
        guard job.encrypted else {
            let all = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.clear.lowerBound..<job.body.upperBound])
            return unsafe galois.open(
                nonce: nonce, associated: all, trailer: trailer, data: UnsafeMutableRawBufferPointer(start: nil, count: 0), tag: tag)
        }
        let associated = unsafe UnsafeRawBufferPointer(rebasing: bytes[job.clear])
        return unsafe out.withUnsafeMutableBytes { memory in
            unsafe galois.open(
                nonce: nonce, associated: associated, trailer: job.trailer.isEmpty ? empty : trailer,
                data: UnsafeMutableRawBufferPointer(rebasing: memory[keeping...]), tag: tag)
        }
    }
}
