/// What a TLS cipher suite protects records with, read off its registered name (RFC 5246 appendix C, RFC 8446 appendix B.4).
package struct TLSCipherSuite: Sendable, Equatable, CustomStringConvertible {
    enum Protection: Sendable, Equatable {
        /// Encryption and authentication in one; `tag` in octets.
        case gcm(tag: Int)
        case ccm(tag: Int)
        case chacha
        case cbc
        case rc4
        case null
    }

    /// As registered with IANA, such as `TLS_AES_128_GCM_SHA256`.
    package let name: String
    package let number: UInt16
    let protection: Protection
    /// As libcrypto calls the cipher; empty for RC4 and NULL.
    let cipher: String
    let keyLength: Int
    /// Octets of a cipher block, for CBC; 1 otherwise.
    let blockLength: Int
    /// The record's code, for CBC, RC4 and NULL.
    let mac: TLSHash?
    /// Of the key schedule, from TLS 1.2 on.
    let hash: TLSHash
    /// The client sends the premaster secret under the server's RSA key, so that this key opens everything.
    package let isRSAKeyTransport: Bool

    /// Nil for a number that is not known; `isSupported` says whether a known one can be opened.
    package init?(_ number: UInt16) {
        guard let known = TLSCipherSuiteNames.byNumber[number] else { return nil }
        self.number = number
        name = "TLS_" + known
        var words = known.split(separator: "_").map(String.init)
        isRSAKeyTransport = known.hasPrefix("RSA_WITH_")
        if let with = words.firstIndex(of: "WITH") { words.removeSubrange(...with) }
        let has = { (word: String) in words.contains(word) }
        let algorithm = words.first ?? ""
        let bits = words.count > 1 ? Int(words[1]) ?? 0 : 0
        hash = words.last == "SHA384" ? .sha384 : .sha256
        switch words.last {
        case "MD5": mac = .md5
        case "SHA": mac = .sha1
        case "SHA384": mac = .sha384
        default: mac = .sha256
        }
        keyLength = algorithm == "CHACHA20" ? 32 : algorithm == "3DES" ? 24 : algorithm == "NULL" ? 0 : bits > 0 ? bits / 8 : 16
        blockLength = has("CBC") ? (algorithm == "3DES" || algorithm == "IDEA" ? 8 : 16) : 1
        if has("GCM") {
            protection = .gcm(tag: 16)
            cipher = "\(algorithm)-\(bits)-GCM"
        } else if has("CCM") {
            protection = .ccm(tag: has("8") ? 8 : 16)
            cipher = "\(algorithm)-\(bits)-CCM"
        } else if algorithm == "CHACHA20" {
            protection = .chacha
            cipher = "ChaCha20-Poly1305"
        } else if has("CBC") {
            protection = .cbc
            cipher = algorithm == "3DES" ? "DES-EDE3-CBC" : bits > 0 ? "\(algorithm)-\(bits)-CBC" : "\(algorithm)-CBC"
        } else if algorithm == "RC4" {
            protection = .rc4
            cipher = ""
        } else {
            protection = .null
            cipher = ""
        }
    }

    /// Encryption and authentication are one operation.
    var isAEAD: Bool {
        switch protection {
        case .gcm, .ccm, .chacha: true
        case .cbc, .rc4, .null: false
        }
    }

    /// Octets of the fixed part of the nonce in TLS 1.2, or of the initial vector of CBC in TLS 1.0.
    var ivLength: Int {
        switch protection {
        case .gcm, .ccm: 4
        case .chacha: 12
        case .cbc: blockLength
        case .rc4, .null: 0
        }
    }

    /// Octets of the nonce that each record carries in TLS 1.2 (RFC 5288 section 3); none for ChaCha20 (RFC 7905).
    var explicitNonceLength: Int {
        switch protection {
        case .gcm, .ccm: 8
        case .chacha, .cbc, .rc4, .null: 0
        }
    }

    var tagLength: Int {
        switch protection {
        case .gcm(let tag), .ccm(let tag): tag
        case .chacha: 16
        case .cbc, .rc4, .null: 0
        }
    }

    /// One of TLS 1.3, which no other version can use.
    var isFor13: Bool { number >> 8 == 0x13 }

    /// Whether the installed libcrypto can open it.
    package var isSupported: Bool { cipher.isEmpty || LibCrypto.has(cipher: cipher) }

    package var description: String { name }

    /// The suites of TLS 1.3.
    static let ofTLS13: [UInt16] = [0x1301, 0x1302, 0x1303, 0x1304, 0x1305]
}
