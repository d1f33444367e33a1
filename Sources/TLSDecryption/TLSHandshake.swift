import Evidence

/// What one handshake told so far, and the secrets that follow from it.
struct TLSHandshake: Sendable {
    var client: TLSHello?
    var server: TLSHello?
    /// The server asked for another ClientHello, which refuses early data.
    var wasRetried = false
    /// Messages of each side for the extended master secret (RFC 7627 section 3); emptied when they grow too long.
    private var serverMessages: [UInt8] = []
    private var clientMessages: [UInt8] = []
    private var isServerDone = false
    private var encryptedPremaster: [UInt8]?
    private var tickets: [[UInt8]] = []
    private(set) var certificate: [UInt8]?
    private var isTranscriptWhole = true

    var version: UInt16 { server?.version ?? 0 }
    var isTLS13: Bool { version == 0x0304 || version == 0xFEFC }
    /// The number that the key schedule goes by: DTLS 1.0 is TLS 1.1.
    var scheduleVersion: UInt16 {
        switch version {
        case 0xFEFF: 0x0302
        case 0xFEFD: 0x0303
        case 0xFEFC: 0x0304
        default: version
        }
    }
    var suite: TLSCipherSuite? { server?.suites.first.flatMap { TLSCipherSuite($0) } }
    var hash: TLSHash? { scheduleVersion >= 0x0303 ? suite?.hash : nil }
    var hasCertificate: Bool { certificate != nil }
    var wasKeySent: Bool { encryptedPremaster != nil }

    /// Grows with what keys can be derived from.
    var progress: Int { (client == nil ? 0 : 1) + (server == nil ? 0 : 1) + (isServerDone ? 1 : 0) + (encryptedPremaster == nil ? 0 : 1) }

    /// Takes a message up to the one that ends the clear part. `digested` is how a digest of the handshake sees it.
    mutating func take(_ message: TLSMessage, isClient: Bool, digested: [UInt8]? = nil) {
        let whole = digested ?? message.whole
        switch message.type {
        case TLSMessage.Kind.certificate where !isClient:
            var reader = TLSReader(message.body)
            if let list = reader.vector24() {
                var inner = TLSReader(list)
                certificate = inner.vector24()
            }
        case TLSMessage.Kind.newSessionTicket where !isClient:
            if message.body.count > 6, tickets.count < 8 { tickets.append(Array(message.body.dropFirst(6))) }
            return
        case TLSMessage.Kind.clientKeyExchange where isClient:
            var reader = TLSReader(message.body)
            // SSL 3 has no length in front; nor have some clients of TLS 1.0.
            encryptedPremaster = reader.vector16().flatMap { reader.isAtEnd ? $0 : nil } ?? message.body
        default: break
        }
        let known = clientMessages.count + serverMessages.count
        guard known + whole.count <= TLSMessageBuffer.longest else {
            isTranscriptWhole = false
            return
        }
        if isClient {
            // CertificateVerify and Finished come after what is digested.
            if message.type == TLSMessage.Kind.clientHello { clientMessages = [] }
            if message.type != 15, message.type != TLSMessage.Kind.finished { clientMessages += whole }
        } else if !isServerDone {
            serverMessages += whole
            if message.type == TLSMessage.Kind.serverHelloDone { isServerDone = true }
        }
        if isClient, message.type == TLSMessage.Kind.clientHello { clientHelloLength = whole.count }
    }

    private var clientHelloLength = 0

    /// Master secrets of a handshake up to version 1.2: from a log, from the premaster secret, or of the session that is resumed.
    func masters(_ secrets: TLSSecrets) -> [TLSSecret] {
        guard let client, let server else { return [] }
        var found = secrets.secrets(.master, random: client.random)
        if found.isEmpty, let text = encryptedPremaster, suite?.isRSAKeyTransport == true, isServerDone || !server.hasExtendedMaster {
            var premasters = text.count >= 8 ? secrets.lookup(.encryptedPremaster(Array(text.prefix(8)))) : []
            premasters += secrets.premasters(text, version: client.legacyVersion)
            var digest: [UInt8]?
            if server.hasExtendedMaster {
                guard isTranscriptWhole else { return [] }
                let messages = clientMessages.prefix(clientHelloLength) + serverMessages + clientMessages.dropFirst(clientHelloLength)
                digest = TLSKeySchedule.sessionHash(hash, Array(messages))
            }
            found = premasters.map { premaster in
                let master = TLSKeySchedule.master(
                    hash, premaster: premaster.octets, clientRandom: client.random, serverRandom: server.random, sessionHash: digest)
                return TLSSecret(octets: master, source: premaster.source)
            }
        }
        if found.isEmpty, encryptedPremaster == nil {
            if !server.session.isEmpty { found += secrets.lookup(.sessionID(server.session)) }
            for session in [server.session, client.ticket] where !session.isEmpty {
                if let master = secrets.master(ofSession: session) { found.append(master) }
            }
        }
        if let only = found.first, found.count == 1 {
            for session in tickets + [server.session] { secrets.remember(session, only) }
        }
        return found
    }

    /// Readers for the records of one side up to version 1.2; empty while no secret is known.
    func readers(_ secrets: TLSSecrets, isClient: Bool) -> [TLSRecordReader] {
        guard let client, let server, let suite else { return [] }
        return masters(secrets).map {
            TLSRecordReader(
                suite: suite, version: scheduleVersion, encryptThenMAC: server.hasEncryptThenMAC, master: $0, clientRandom: client.random,
                serverRandom: server.random, isClient: isClient)
        }
    }

    /// Readers under a traffic secret of TLS 1.3.
    func readers13(_ secrets: TLSSecrets, _ label: TLSKeyLog.Label) -> [TLSRecordReader] {
        guard let client else { return [] }
        let found = secrets.secrets(label, random: client.random)
        // Early data is under the suite of the session before, which no clear message names.
        let suites = label == .clientEarly ? TLSCipherSuite.ofTLS13.compactMap { TLSCipherSuite($0) } : [suite].compactMap(\.self)
        return found.flatMap { secret in
            suites.filter { $0.hash.length == secret.octets.count && $0.isAEAD }.map { TLSRecordReader(suite: $0, trafficSecret: secret) }
        }
    }

    /// How findings name it.
    var label: String {
        let name: String
        switch version {
        case 0x0300: name = "SSL 3.0"
        case 0x0301...0x0304: name = "TLS 1.\(version - 0x0301)"
        case 0xFEFF: name = "DTLS 1.0"
        case 0xFEFD: name = "DTLS 1.2"
        case 0xFEFC: name = "DTLS 1.3"
        default: name = "TLS"
        }
        guard let number = server?.suites.first else { return name }
        return "\(name) with \(suite?.name ?? "suite 0x" + Hex.encode([UInt8(number >> 8), UInt8(number & 255)]))"
    }

    /// Why there is no secret.
    func missing(_ secrets: TLSSecrets) -> (rule: Rule, message: String) {
        let random = client.map { Hex.encode($0.random) } ?? "unknown"
        if let suite, !isTLS13, suite.isRSAKeyTransport, secrets.hasRSAKeys, wasKeySent {
            return (.tls004, "\(label): no RSA key matches, client random \(random)")
        }
        if let suite, !isTLS13, suite.isRSAKeyTransport, secrets.hasRSAKeys {
            let reason = "it resumes a session whose original handshake was not decrypted, so no RSA key can decrypt it"
            return (.tls001, "\(label): \(reason); no secret for client random \(random)")
        }
        if secrets.hasRSAKeys, suite?.isRSAKeyTransport != true || isTLS13 {
            return (.tls005, "\(label): an RSA key cannot decrypt forward secrecy, a key log is needed for client random \(random)")
        }
        return (.tls001, "\(label): no secret for client random \(random)")
    }
}
