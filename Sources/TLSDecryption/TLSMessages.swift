import Evidence

/// A ClientHello or ServerHello (RFC 8446 sections 4.1.2 and 4.1.3); the same layout since TLS 1.0, with a cookie in DTLS.
struct TLSHello: Sendable, Equatable {
    let isClient: Bool
    let isDatagram: Bool
    /// As on the wire; 0x0303 also in TLS 1.3.
    let legacyVersion: UInt16
    let random: [UInt8]
    let session: [UInt8]
    /// Offered by the client, or the one that the server chose.
    let suites: [UInt16]
    let extensions: [UInt16: [UInt8]]

    /// The random of a HelloRetryRequest (RFC 8446 section 4.1.3).
    static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]

    /// Reads the body of the message, without its header; nil when it is malformed.
    init?(_ body: [UInt8], isClient: Bool, isDatagram: Bool) {
        var reader = TLSReader(body)
        guard let version = reader.u16(), let random = reader.take(32), let session = reader.vector8(), session.count <= 32 else { return nil }
        self.isClient = isClient
        self.isDatagram = isDatagram
        legacyVersion = version
        self.random = random
        self.session = session
        if isClient {
            if isDatagram, reader.vector8() == nil { return nil }
            guard let list = reader.vector16(), list.count % 2 == 0, reader.vector8() != nil else { return nil }
            suites = stride(from: 0, to: list.count, by: 2).map { UInt16(list[$0]) << 8 | UInt16(list[$0 + 1]) }
        } else {
            guard let suite = reader.u16(), reader.u8() != nil else { return nil }
            suites = [suite]
        }
        var found: [UInt16: [UInt8]] = [:]
        if !reader.isAtEnd {
            guard let list = reader.vector16() else { return nil }
            var inner = TLSReader(list)
            while !inner.isAtEnd {
                guard let type = inner.u16(), let data = inner.vector16() else { return nil }
                found[type] = data
            }
        }
        extensions = found
    }

    var isRetry: Bool { !isClient && random == Self.retryRandom }
    /// The version that a server chose, with `supported_versions` (43) above the field.
    var version: UInt16 {
        guard let chosen = extensions[43], chosen.count == 2 else { return legacyVersion }
        // A draft's number (RFC 8446 draft 28 section 4.2.1.1); NSS names DTLS 1.3 as draft 43 long after RFC 9147, which is the same.
        if chosen[0] == 0x7F { return isDatagram ? 0xFEFC : 0x0304 }
        return UInt16(chosen[0]) << 8 | UInt16(chosen[1])
    }
    var hasExtendedMaster: Bool { extensions[23] != nil }
    var hasEncryptThenMAC: Bool { extensions[22] != nil }
    var hasEarlyData: Bool { extensions[42] != nil }
    var ticket: [UInt8] { extensions[35] ?? [] }
    /// `connection_id` (RFC 9146).
    var connectionID: [UInt8]? { extensions[54].map { Array($0.dropFirst()) } }

    /// `use_srtp` (RFC 5764 section 4.1.1): profiles and master key identifier.
    var srtp: (profiles: [UInt16], mki: [UInt8])? { extensions[14].flatMap(Self.srtp) }

    static func srtp(_ data: [UInt8]) -> (profiles: [UInt16], mki: [UInt8])? {
        var reader = TLSReader(data)
        guard let list = reader.vector16(), list.count % 2 == 0 else { return nil }
        let profiles = stride(from: 0, to: list.count, by: 2).map { UInt16(list[$0]) << 8 | UInt16(list[$0 + 1]) }
        return (profiles, reader.vector8() ?? [])
    }
}

/// A cursor over a handshake message that gives nil at the end.
struct TLSReader {
    private let octets: [UInt8]
    private(set) var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var isAtEnd: Bool { position >= octets.count }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, octets.count - position >= count else { return nil }
        defer { position += count }
        return Array(octets[position..<position + count])
    }

    mutating func number(_ count: Int) -> Int? { take(count).map { $0.reduce(0) { $0 << 8 | Int($1) } } }
    mutating func u8() -> UInt8? { take(1)?.first }
    mutating func u16() -> UInt16? { number(2).map { UInt16(truncatingIfNeeded: $0) } }
    mutating func vector8() -> [UInt8]? { number(1).flatMap { take($0) } }
    mutating func vector16() -> [UInt8]? { number(2).flatMap { take($0) } }
    mutating func vector24() -> [UInt8]? { number(3).flatMap { take($0) } }
}

/// One handshake message with its type.
struct TLSMessage: Sendable {
    enum Kind {
        static let helloRequest: UInt8 = 0
        static let clientHello: UInt8 = 1
        static let serverHello: UInt8 = 2
        static let newSessionTicket: UInt8 = 4
        static let endOfEarlyData: UInt8 = 5
        static let encryptedExtensions: UInt8 = 8
        static let certificate: UInt8 = 11
        static let serverHelloDone: UInt8 = 14
        static let clientKeyExchange: UInt8 = 16
        static let finished: UInt8 = 20
        static let keyUpdate: UInt8 = 24
    }

    let type: UInt8
    let body: [UInt8]
    /// With the four octets of header, as a digest of the handshake wants it.
    var whole: [UInt8] { [type, UInt8(body.count >> 16 & 255), UInt8(body.count >> 8 & 255), UInt8(body.count & 255)] + body }
}

/// Puts handshake messages together that are spread over records.
struct TLSMessageBuffer: Sendable {
    private var octets: [UInt8] = []
    /// Octets of one message; a chain of certificates is the longest there is.
    static let longest = 1 << 18

    mutating func append(_ more: some Collection<UInt8>) { octets += more }
    mutating func clear() { octets = [] }
    var isEmpty: Bool { octets.isEmpty }

    /// The next whole message. Nil when none is there; `isMalformed` when none can come.
    mutating func next() -> TLSMessage? {
        guard octets.count >= 4 else { return nil }
        let count = Int(octets[1]) << 16 | Int(octets[2]) << 8 | Int(octets[3])
        guard octets.count >= 4 + count else { return nil }
        defer { octets.removeFirst(4 + count) }
        return TLSMessage(type: octets[0], body: Array(octets[4..<4 + count]))
    }

    var isMalformed: Bool {
        guard octets.count >= 4 else { return false }
        return octets[0] > 24 && octets[0] != 254 || (Int(octets[1]) << 16 | Int(octets[2]) << 8 | Int(octets[3])) > Self.longest
    }
}
