import Evidence

/// A record as it stands on the wire: type, version, and what its length covers (RFC 8446 section 5.1).
struct TLSRecord: Sendable {
    enum Kind {
        static let changeCipherSpec: UInt8 = 20
        static let alert: UInt8 = 21
        static let handshake: UInt8 = 22
        static let applicationData: UInt8 = 23
    }

    var type: UInt8
    var version: UInt16
    var fragment: [UInt8]
}

/// What came out of a record.
struct TLSPlaintext: Sendable {
    let type: UInt8
    let octets: [UInt8]
    /// Octets of the fragment before the first of content: explicit nonce or initial vector.
    let offset: Int
}

/// The keys of one direction and what goes with them: opens records, authenticated, by sequence number.
struct TLSRecordReader: Sendable {
    let suite: TLSCipherSuite
    /// 0x0301 to 0x0304, those of TLS also for DTLS.
    let version: UInt16
    let encryptThenMAC: Bool
    let key: SecretBytes
    let iv: SecretBytes
    let macKey: SecretBytes
    /// Traffic secret that the keys came from, in TLS 1.3: gives the next generation.
    let trafficSecret: SecretBytes?
    /// Where the secret was read that the keys came from.
    let source: TLSSecretSource
    /// Number of the next record.
    var sequence: UInt64 = 0
    private var rc4: RC4?
    /// Initial vector of the next CBC record in TLS 1.0: the last block of the one before.
    private var chain: [UInt8]

    /// Keys of TLS and DTLS up to 1.2 (RFC 5246 section 6.3).
    init(suite: TLSCipherSuite, version: UInt16, encryptThenMAC: Bool, master: TLSSecret, clientRandom: [UInt8], serverRandom: [UInt8], isClient: Bool) {
        let mac = suite.isAEAD ? 0 : suite.mac?.length ?? 0
        let count = 2 * (mac + suite.keyLength + suite.ivLength)
        let block = TLSKeySchedule.prf(
            version >= 0x0303 ? suite.hash : nil, master.octets, label: "key expansion", seed: serverRandom + clientRandom, count: count)
        var start = 0
        func both(_ length: Int) -> SecretBytes {
            defer { start += 2 * length }
            let own = isClient ? start : start + length
            return block.part(own..<own + length)
        }
        self.suite = suite
        self.version = version
        self.encryptThenMAC = encryptThenMAC && suite.protection == .cbc
        macKey = both(mac)
        key = both(suite.keyLength)
        iv = both(suite.ivLength)
        trafficSecret = nil
        source = master.source
        rc4 = suite.protection == .rc4 ? RC4(key: key.exposed) : nil
        chain = suite.protection == .cbc && version <= 0x0301 ? iv.exposed : []
    }

    /// Keys of TLS 1.3 from a traffic secret (RFC 8446 section 7.3).
    init(suite: TLSCipherSuite, trafficSecret: TLSSecret) {
        let secret = trafficSecret.octets
        source = trafficSecret.source
        self.suite = suite
        version = 0x0304
        encryptThenMAC = false
        key = TLSKeySchedule.expandLabel(suite.hash, secret, label: "key", count: suite.keyLength)
        iv = TLSKeySchedule.expandLabel(suite.hash, secret, label: "iv", count: 12)
        macKey = SecretBytes([])
        self.trafficSecret = secret
        rc4 = nil
        chain = []
    }

    /// The reader of the next generation after a KeyUpdate (RFC 8446 section 7.2); nil before TLS 1.3.
    var next: TLSRecordReader? {
        guard let trafficSecret else { return nil }
        let following = TLSKeySchedule.expandLabel(suite.hash, trafficSecret, label: "traffic upd", count: suite.hash.length)
        return TLSRecordReader(suite: suite, trafficSecret: TLSSecret(octets: following, source: source))
    }

    /// Whether records can be opened without those before them.
    var isSeekable: Bool { rc4 == nil }

    /// Opens a record as number `number`; on success the next one is expected to follow it. Nil unless it is authentic.
    mutating func open(_ record: TLSRecord, at number: UInt64) -> TLSPlaintext? {
        let plain: TLSPlaintext?
        var cipher = rc4
        if version >= 0x0304 {
            plain = open13(record, number)
        } else if suite.isAEAD {
            plain = openAEAD(record, number)
        } else if suite.protection == .cbc {
            plain = encryptThenMAC ? openEncryptThenMAC(record, number) : openCBC(record, number)
        } else {
            let text = cipher?.apply(record.fragment) ?? record.fragment
            plain = verified(text, record, number).map { TLSPlaintext(type: record.type, octets: $0, offset: 0) }
        }
        guard let plain, plain.octets.count <= 1 << 14 else { return nil }
        rc4 = cipher
        passed(record)
        sequence = number &+ 1
        return plain
    }

    /// Keeps what the next record needs of one that was not opened.
    mutating func passed(_ record: TLSRecord) {
        // With encrypt_then_mac the code stands behind the last block.
        let text = encryptThenMAC ? record.fragment.dropLast(macKey.count) : record.fragment[...]
        if !chain.isEmpty, text.count >= chain.count { chain = Array(text.suffix(chain.count)) }
    }

    private static func octets(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) } }

    private func nonce(_ number: UInt64) -> [UInt8] {
        var out = iv.exposed
        guard out.count == 12 else { return out }
        for (index, octet) in Self.octets(number).enumerated() { out[4 + index] ^= octet }
        return out
    }

    private func header(_ record: TLSRecord, _ number: UInt64, count: Int) -> [UInt8] {
        Self.octets(number) + [record.type, UInt8(record.version >> 8), UInt8(record.version & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    private func unseal(_ nonce: [UInt8], _ associated: [UInt8], _ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count >= suite.tagLength else { return nil }
        var isCCM = false
        if case .ccm = suite.protection { isCCM = true }
        return LibCrypto.open(
            cipher: suite.cipher, isCCM: isCCM, key: key, nonce: nonce, associated: associated, text: Array(text.dropLast(suite.tagLength)),
            tag: Array(text.suffix(suite.tagLength)))
    }

    private func open13(_ record: TLSRecord, _ number: UInt64) -> TLSPlaintext? {
        guard record.type == TLSRecord.Kind.applicationData else { return nil }
        let count = record.fragment.count
        let associated = [record.type, UInt8(record.version >> 8), UInt8(record.version & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
        guard var inner = unseal(nonce(number), associated, record.fragment[...]) else { return nil }
        // Content, its type, and padding of zeros (RFC 8446 section 5.4).
        while inner.last == 0 { inner.removeLast() }
        guard let type = inner.popLast() else { return nil }
        return TLSPlaintext(type: type, octets: inner, offset: 0)
    }

    private func openAEAD(_ record: TLSRecord, _ number: UInt64) -> TLSPlaintext? {
        let explicit = suite.explicitNonceLength
        guard record.fragment.count >= explicit + suite.tagLength else { return nil }
        let associated = header(record, number, count: record.fragment.count - explicit - suite.tagLength)
        let nonce = explicit > 0 ? iv.exposed + record.fragment.prefix(explicit) : nonce(number)
        return unseal(nonce, associated, record.fragment[explicit...]).map { TLSPlaintext(type: record.type, octets: $0, offset: explicit) }
    }

    private func mac(_ content: [UInt8], _ record: TLSRecord, _ number: UInt64) -> [UInt8] {
        guard let hash = suite.mac else { return [] }
        return LibCrypto.hmac(hash, key: macKey, header(record, number, count: content.count) + content)
    }

    /// The content of `text` without its code at the end.
    private func verified(_ text: [UInt8], _ record: TLSRecord, _ number: UInt64) -> [UInt8]? {
        guard macKey.count > 0, text.count >= macKey.count else { return nil }
        let content = Array(text.dropLast(macKey.count))
        return LibCrypto.isEqual(mac(content, record, number), text.suffix(macKey.count)) ? content : nil
    }

    private func blocks(_ text: ArraySlice<UInt8>) -> (text: [UInt8], offset: Int)? {
        let offset = version >= 0x0302 ? suite.blockLength : 0
        let vector = offset > 0 ? Array(text.prefix(offset)) : chain
        guard text.count > offset, (text.count - offset) % suite.blockLength == 0, vector.count == suite.blockLength else { return nil }
        guard var out = LibCrypto.decryptCBC(cipher: suite.cipher, key: key, iv: vector, text: Array(text.dropFirst(offset))) else { return nil }
        guard let padding = out.last, out.count > Int(padding) else { return nil }
        guard out.suffix(Int(padding) + 1).allSatisfy({ $0 == padding }) else { return nil }
        out.removeLast(Int(padding) + 1)
        return (out, offset)
    }

    private func openCBC(_ record: TLSRecord, _ number: UInt64) -> TLSPlaintext? {
        guard let (text, offset) = blocks(record.fragment[...]), let content = verified(text, record, number) else { return nil }
        return TLSPlaintext(type: record.type, octets: content, offset: offset)
    }

    /// RFC 7366 section 3.
    private func openEncryptThenMAC(_ record: TLSRecord, _ number: UInt64) -> TLSPlaintext? {
        guard let covered = verified(record.fragment, record, number), let (text, offset) = blocks(covered[...]) else { return nil }
        return TLSPlaintext(type: record.type, octets: text, offset: offset)
    }
}
