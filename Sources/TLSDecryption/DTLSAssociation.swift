package import Evidence

/// Follows the DTLS handshakes of one path, both directions, for the keys of SRTP (RFC 5764, RFC 6347, RFC 9147).
///
/// Fed with every datagram that begins like DTLS; keys are derived at the end, when all secrets are known.
package struct DTLSAssociation: Sendable {
    private struct Exchange: Sendable {
        var handshake = TLSHandshake()
        /// From the client.
        var path: NetworkPath
        var time: CaptureTime
        var origin: Origin
        var clientCertificate: [UInt8]?
        /// Handshake records of each side, under epochs above 0 of this handshake.
        var clientSealed: [(record: DTLSRecord, time: CaptureTime, origin: Origin)] = []
        var serverSealed: [(record: DTLSRecord, time: CaptureTime, origin: Origin)] = []
    }

    private let path: NetworkPath
    private var forward = DTLSFragments()
    private var backward = DTLSFragments()
    private var exchanges: [Exchange] = []
    /// Handshakes that one path may have, and sealed records kept of each.
    private static let most = 64

    /// `path` in either direction.
    package init(path: NetworkPath) { self.path = path }

    /// Whether a datagram begins like a record of DTLS: content type and version, or the unified header of 1.3 (RFC 7983, RFC 9443).
    package static func looksLikeDTLS(_ datagram: RawSpan) -> Bool {
        guard datagram.byteCount >= 13 else { return false }
        let type = datagram.u8(0)
        return type >= 20 && type <= 26 && datagram.u8(1) == 0xFE && (datagram.u8(2) == 0xFF || datagram.u8(2) == 0xFD)
    }

    /// Handshakes seen.
    package var count: Int { exchanges.count }

    /// Takes one datagram that was sent on `path` or its reverse.
    package mutating func feed(_ datagram: [UInt8], on sent: NetworkPath, time: CaptureTime, origin: Origin) {
        let isForward = sent == path
        for record in DTLSRecord.all(datagram) where record.type == TLSRecord.Kind.handshake {
            if record.epoch > 0 {
                keep(record, sent, time, origin)
                continue
            }
            let whole = isForward ? forward.add(record.fragment, time: time, origin: origin) : backward.add(record.fragment, time: time, origin: origin)
            for item in whole { Self.take(item, sent, into: &exchanges) }
        }
    }

    private mutating func keep(_ record: DTLSRecord, _ sent: NetworkPath, _ time: CaptureTime, _ origin: Origin) {
        guard !exchanges.isEmpty else { return }
        let last = exchanges.count - 1
        if sent == exchanges[last].path {
            if exchanges[last].clientSealed.count < Self.most { exchanges[last].clientSealed.append((record, time, origin)) }
        } else if exchanges[last].serverSealed.count < Self.most {
            exchanges[last].serverSealed.append((record, time, origin))
        }
    }

    private static func take(_ item: DTLSFragments.Whole, _ sent: NetworkPath, into exchanges: inout [Exchange]) {
        let message = item.message
        if message.type == TLSMessage.Kind.clientHello {
            guard let hello = TLSHello(message.body, isClient: true, isDatagram: true) else { return }
            if var last = exchanges.last, last.path == sent, last.handshake.server == nil || last.handshake.client?.random == hello.random {
                // Again with the cookie, or a copy: the last one is what counts.
                if last.handshake.server == nil {
                    last.handshake.client = hello
                    last.handshake.take(message, isClient: true, digested: item.digested)
                    exchanges[exchanges.count - 1] = last
                }
                return
            }
            guard exchanges.count < most else { return }
            var fresh = Exchange(path: sent, time: item.time, origin: item.origin)
            fresh.handshake.client = hello
            fresh.handshake.take(message, isClient: true, digested: item.digested)
            exchanges.append(fresh)
            return
        }
        guard var last = exchanges.popLast() else { return }
        defer { exchanges.append(last) }
        let isClient = sent == last.path
        if message.type == TLSMessage.Kind.serverHello {
            guard !isClient, last.handshake.server == nil, let hello = TLSHello(message.body, isClient: false, isDatagram: true) else { return }
            if hello.isRetry {
                last.handshake.wasRetried = true
                return
            }
            last.handshake.server = hello
            last.time = item.time
            last.origin = item.origin
        }
        // HelloVerifyRequest is not digested (RFC 6347 section 4.2.1).
        guard message.type != 3 else { return }
        // What comes after the client's key has come is sent again.
        if isClient, last.handshake.wasKeySent { return }
        if isClient, message.type == TLSMessage.Kind.certificate {
            var reader = TLSReader(message.body)
            if let list = reader.vector24() {
                var inner = TLSReader(list)
                last.clientCertificate = inner.vector24()
            }
        }
        last.handshake.take(message, isClient: isClient, digested: item.digested)
    }

    /// What the handshakes agreed, by the secrets that are known now.
    package func resolve(_ secrets: TLSSecrets) -> [DTLSReport] {
        var pending = exchanges
        var out: [DTLSReport] = []
        while !pending.isEmpty, out.count < Self.most {
            let exchange = pending.removeFirst()
            out.append(report(exchange, secrets))
            pending.insert(contentsOf: renegotiated(exchange, secrets), at: 0)
        }
        return out
    }

    private func report(_ exchange: Exchange, _ secrets: TLSSecrets) -> DTLSReport {
        let keys = keys(exchange, secrets)
        var missing: TLSFault?
        let handshake = exchange.handshake
        let isForSRTP = handshake.client?.srtp != nil && handshake.server != nil && (handshake.isTLS13 || handshake.server?.srtp != nil)
        if keys.isEmpty, isForSRTP {
            let why = handshake.missing(secrets)
            missing = TLSFault(rule: why.rule, message: why.message, origin: exchange.origin)
        }
        return DTLSReport(
            path: exchange.path, time: exchange.time, origin: exchange.origin, label: handshake.label, clientRandom: handshake.client?.random,
            isForSRTP: isForSRTP, profiles: isForSRTP ? ((handshake.server?.srtp ?? handshake.client?.srtp)?.profiles ?? []).map(DTLSProfile.name) : [],
            clientFingerprints: Self.fingerprints(exchange.clientCertificate),
            serverFingerprints: Self.fingerprints(exchange.handshake.certificate), keys: keys, missing: missing)
    }

    private static func fingerprints(_ certificate: [UInt8]?) -> [String: [UInt8]] {
        guard let certificate else { return [:] }
        let names: [(String, TLSHash)] = [("sha-1", .sha1), ("sha-224", .sha224), ("sha-256", .sha256), ("sha-384", .sha384), ("sha-512", .sha512)]
        return Dictionary(names.map { ($0.0, LibCrypto.digest($0.1, certificate)) }) { first, _ in first }
    }

    private func keys(_ exchange: Exchange, _ secrets: TLSSecrets) -> [DTLSExport] {
        let handshake = exchange.handshake
        guard let client = handshake.client, let server = handshake.server else { return [] }
        let label = "EXTRACTOR-dtls_srtp"
        if handshake.isTLS13 {
            guard let hash = handshake.suite?.hash else { return [] }
            let offered = server.srtp ?? client.srtp
            let exporters = secrets.secrets(.exporter, random: client.random)
            return exporters.filter { $0.octets.count == hash.length }.flatMap { secret in
                (offered?.profiles ?? []).compactMap { DTLSProfile($0) }.prefix(16).flatMap { profile in
                    // Implementations differ in the prefix of the label: RFC 9147 section 5.9 has `dtls13`.
                    ["dtls13", "tls13 "].map { prefix in
                        let block = TLSKeySchedule.export13(
                            hash, exporterSecret: secret.octets, label: label, count: 2 * (profile.keyLength + profile.saltLength), prefix: prefix)
                        return make(exchange, profile, block, mki: offered?.mki ?? [], isCandidate: true, source: secret.source)
                    }
                }
            }
        }
        guard let agreed = server.srtp, let profile = agreed.profiles.first.flatMap({ DTLSProfile($0) }) else { return [] }
        return handshake.masters(secrets).map { master in
            let block = TLSKeySchedule.export12(
                handshake.hash, master: master.octets, label: label, clientRandom: client.random, serverRandom: server.random,
                count: 2 * (profile.keyLength + profile.saltLength))
            return make(exchange, profile, block, mki: agreed.mki, isCandidate: false, source: master.source)
        }
    }

    /// Cuts the exported octets: client key, server key, client salt, server salt.
    private func make(
        _ exchange: Exchange, _ profile: DTLSProfile, _ block: SecretBytes, mki: [UInt8], isCandidate: Bool, source: TLSSecretSource
    ) -> DTLSExport {
        let key = profile.keyLength
        let salt = profile.saltLength
        let client = SecretBytes(joining: block.part(0..<key), block.part(2 * key..<2 * key + salt))
        let server = SecretBytes(joining: block.part(key..<2 * key), block.part(2 * key + salt..<2 * (key + salt)))
        return DTLSExport(
            path: exchange.path, time: exchange.time, origin: exchange.origin, suite: profile.suite, isCandidate: isCandidate, client: client,
            server: server, mki: mki, label: exchange.handshake.label, source: source)
    }

    /// Handshakes that ran under the keys of this one (RFC 5246 section 7.4.1.1).
    private func renegotiated(_ exchange: Exchange, _ secrets: TLSSecrets) -> [Exchange] {
        guard !exchange.handshake.isTLS13, exchange.handshake.suite?.isSupported == true else { return [] }
        var clientFragments = DTLSFragments()
        var serverFragments = DTLSFragments()
        let clientReaders = exchange.handshake.readers(secrets, isClient: true)
        let serverReaders = exchange.handshake.readers(secrets, isClient: false)
        guard clientReaders.count == 1, serverReaders.count == 1, var clientReader = clientReaders.first, var serverReader = serverReaders.first else {
            return []
        }
        var found: [Exchange] = []
        let sealed = exchange.clientSealed.map { ($0, true) } + exchange.serverSealed.map { ($0, false) }
        for (item, isClient) in sealed.sorted(by: { $0.0.origin < $1.0.origin }) {
            let record = TLSRecord(type: item.record.type, version: item.record.version, fragment: item.record.fragment)
            let number = UInt64(item.record.epoch) << 48 | item.record.sequence
            guard let plain = isClient ? clientReader.open(record, at: number) : serverReader.open(record, at: number) else {
                // Of the next epoch: under keys of what was found, which may renegotiate again.
                if !found.isEmpty {
                    let last = found.count - 1
                    if isClient { found[last].clientSealed.append(item) } else { found[last].serverSealed.append(item) }
                }
                continue
            }
            let whole =
                isClient
                ? clientFragments.add(plain.octets, time: item.time, origin: item.origin)
                : serverFragments.add(plain.octets, time: item.time, origin: item.origin)
            for message in whole where message.message.type != TLSMessage.Kind.finished || !found.isEmpty {
                Self.take(message, isClient ? exchange.path : exchange.path.reversed, into: &found)
            }
        }
        return found
    }
}
