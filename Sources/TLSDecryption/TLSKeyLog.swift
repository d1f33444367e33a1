package import Evidence

/// A key log in the format that NSS began (draft-ietf-tls-keylogfile): one secret a line, found by the client's random.
package struct TLSKeyLog: Sendable {
    /// What a secret is.
    package enum Label: Hashable, Sendable {
        /// Master secret, up to TLS and DTLS 1.2.
        case master
        case clientHandshake, serverHandshake
        /// Traffic secret of this generation, 0 at first.
        case clientTraffic(Int), serverTraffic(Int)
        case clientEarly
        case exporter, earlyExporter

        init?(_ name: Substring) {
            switch name {
            case "CLIENT_RANDOM": self = .master
            case "CLIENT_HANDSHAKE_TRAFFIC_SECRET": self = .clientHandshake
            case "SERVER_HANDSHAKE_TRAFFIC_SECRET": self = .serverHandshake
            case "CLIENT_EARLY_TRAFFIC_SECRET": self = .clientEarly
            case "EXPORTER_SECRET": self = .exporter
            case "EARLY_EXPORTER_SECRET": self = .earlyExporter
            default:
                let client = "CLIENT_TRAFFIC_SECRET_"
                let server = "SERVER_TRAFFIC_SECRET_"
                guard name.hasPrefix(client) || name.hasPrefix(server), let number = Int(name.dropFirst(client.count)), number >= 0 else { return nil }
                self = name.hasPrefix(client) ? .clientTraffic(number) : .serverTraffic(number)
            }
        }
    }

    /// How an entry is found in a handshake.
    package enum Selector: Hashable, Sendable {
        case clientRandom([UInt8], Label)
        /// The first eight octets of the encrypted premaster secret; the secret is the premaster one.
        case encryptedPremaster([UInt8])
        /// The secret is the master secret.
        case sessionID([UInt8])
    }

    package struct Entry: Sendable {
        package let selector: Selector
        package let secret: SecretBytes
        /// One-based.
        package let line: Int
    }

    package private(set) var entries: [Entry] = []
    /// One-based numbers of the first lines that could not be read, at most 16.
    package private(set) var malformedLines: [Int] = []
    package private(set) var malformed = 0
    /// Lines with secrets that follow from earlier ones: OpenSSL logs each key update with `N` for a number.
    package private(set) var derivable = 0
    /// Lines with a label that is not used here, by label; at most 16 labels.
    package private(set) var unknownLabels: [String: Int] = [:]
    package private(set) var unknown = 0
    /// Lines beyond the bound, not read.
    package private(set) var beyond = 0

    /// Reads any octets; what is no line of a key log is counted and skipped.
    package init(parsing octets: [UInt8], limits: Limits = Limits()) {
        var number = 0
        for line in octets.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            var line = line
            if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
            while let last = line.last, last <= 0x20 { line.removeLast() }
            line = line.drop { $0 <= 0x20 }
            if line.isEmpty || line.first == 0x23 { continue }
            guard entries.count < limits.keyLogEntries else {
                beyond += 1
                continue
            }
            read(line, number)
        }
    }

    // The word with the secret stays a slice of what was handed in: a string would be a copy that nothing wipes.
    private mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) {
        guard line.count <= 2048 else { return reject(number) }
        let words = line.split { $0 == 0x20 || $0 == 0x09 }
        guard words.count == 3 else { return reject(number) }
        let name = String(decoding: words[0], as: UTF8.self)
        if name == "RSA" { return readRSA(words, number) }
        guard name.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }) else { return reject(number) }
        guard let random = Hex.decode(octets: words[1]), random.count == 32, var secret = Hex.decode(octets: words[2]) else { return reject(number) }
        defer { LibCrypto.wipe(&secret) }
        guard let label = Label(Substring(name)) else {
            if name == "CLIENT_TRAFFIC_SECRET_N" || name == "SERVER_TRAFFIC_SECRET_N" {
                derivable += 1
                return
            }
            unknown += 1
            if unknownLabels[name] != nil || unknownLabels.count < 16 { unknownLabels[name, default: 0] += 1 }
            return
        }
        guard label == .master ? secret.count == 48 : [32, 48, 64].contains(secret.count) else { return reject(number) }
        entries.append(Entry(selector: .clientRandom(random, label), secret: SecretBytes(secret), line: number))
    }

    private mutating func readRSA(_ words: [ArraySlice<UInt8>], _ number: Int) {
        var selector: Selector?
        var text = words[2]
        let session = Array("Session-ID:".utf8)
        let master = Array("Master-Key:".utf8)
        if words[1].starts(with: session), text.starts(with: master) {
            selector = Hex.decode(octets: words[1].dropFirst(session.count)).flatMap { $0.isEmpty ? nil : .sessionID($0) }
            text = text.dropFirst(master.count)
        } else if let prefix = Hex.decode(octets: words[1]), prefix.count == 8 {
            selector = .encryptedPremaster(prefix)
        }
        guard let selector, var secret = Hex.decode(octets: text) else { return reject(number) }
        guard secret.count == 48 else {
            LibCrypto.wipe(&secret)
            return reject(number)
        }
        entries.append(Entry(selector: selector, secret: SecretBytes(secret), line: number))
        LibCrypto.wipe(&secret)
    }

    /// Whether a file begins like a key log: its first line that is not a comment has a label and a random.
    package static func looksLikeKeyLog(_ octets: [UInt8]) -> Bool {
        for line in octets.prefix(1 << 14).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) where line.first != 0x23 {
            let words = line.split { $0 == 0x20 || $0 == 0x09 }
            guard words.count >= 2 else { return false }
            if words[0].elementsEqual("RSA".utf8) { return true }
            return words[0].allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F } && Hex.decode(octets: words[1]) != nil
        }
        return false
    }

    private mutating func reject(_ number: Int) {
        malformed += 1
        if malformedLines.count < 16 { malformedLines.append(number) }
    }
}
