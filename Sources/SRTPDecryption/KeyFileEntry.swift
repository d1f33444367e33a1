package import Evidence

/// One key of a key file (contract section 2) with what it is said to open. No text form of it shows a key.
package struct KeyFileEntry: Sendable {
    /// File name without its folders.
    package let file: String
    /// Line in the file, from 1.
    package let line: Int
    /// One for each suite that the key can be of: one where the suite is given, else all that fit its length.
    package let keys: [SRTPMasterKey]
    /// Key and salt in the other order, tried for diagnosis only.
    package let swapped: [SRTPMasterKey]
    /// Rollover counter to start with.
    package let roc: UInt32?
    package let callID: String?
    package let label: String?
    package let ssrc: SSRC?
    package let source: Endpoint?
    package let destination: Endpoint?
    /// What was odd about a key that can be used.
    package let note: String?

    /// Whether anything says which stream it is for.
    package var hasSelectors: Bool { callID != nil || label != nil || ssrc != nil || source != nil || destination != nil }

    /// Whether every selector agrees with the flow.
    package func selects(path: NetworkPath, ssrc: SSRC, callIDs: [String], labels: [String]) -> Bool {
        guard fits(path: path, ssrc: ssrc) else { return false }
        if let callID, !callIDs.contains(callID) { return false }
        if let label, !labels.contains(label) { return false }
        return true
    }

    /// Whether the selectors that packets answer agree; a flow that no signalling describes has no Call-ID and no label to compare.
    package func fits(path: NetworkPath, ssrc: SSRC) -> Bool {
        if let wanted = self.ssrc, wanted != ssrc { return false }
        if let source, source != path.source { return false }
        if let destination, destination != path.destination { return false }
        return true
    }
}

/// What is wrong with a line of a key file. Never holds a key.
package struct KeyFileProblem: Sendable, Equatable {
    package let file: String
    /// Line in the file, from 1; 0 for the file as a whole.
    package let line: Int
    package let message: String

    package init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }
}

/// All that a key file held.
package struct KeyFileContents: Sendable {
    package var entries: [KeyFileEntry] = []
    package var problems: [KeyFileProblem] = []
    /// Names of files that others than the owner may read.
    package var readableByOthers: [String] = []
    /// Names of files that could not be read at all.
    package var unreadable: [String] = []

    package init() {}
}

/// One entry as text, before its values are understood.
package struct KeyFileFields: Sendable {
    package var line: Int
    package var suite: String?
    package var key: String?
    package var mki: String?
    package var roc: String?
    package var callID: String?
    package var label: String?
    package var ssrc: String?
    package var source: String?
    package var destination: String?

    package init(line: Int) { self.line = line }
}

extension KeyFileEntry {
    /// Understands the fields; nil, with problems added, where they make no key.
    package init?(_ fields: KeyFileFields, file: String, problems: inout [KeyFileProblem]) {
        func problem(_ message: String) { problems.append(KeyFileProblem(file: file, line: fields.line, message: message)) }
        guard let text = fields.key else {
            problem("an entry without a key")
            return nil
        }
        var suites: [SRTPSuite] = []
        if let name = fields.suite {
            guard let suite = SRTPSuite(sdesName: name.filter { !$0.isWhitespace }) else {
                problem(
                    "crypto suite \(name.prefix(40).description.printable) is not supported; known are \(SRTPSuite.allCases.map(\.rawValue).joined(separator: ", "))"
                )
                return nil
            }
            suites = [suite]
        }
        var mki = fields.mki.flatMap { $0.isEmpty ? nil : $0 }.flatMap { Hex.decode($0.lowercased().hasPrefix("0x") ? $0.dropFirst(2) : $0[...]) }
        if let given = fields.mki, !given.isEmpty, mki == nil || mki?.count ?? 0 > 128 {
            problem("mki is not 1 to 128 bytes in hexadecimal")
            mki = nil
        }
        let octets: [UInt8]
        switch SRTPKeyText.read(text) {
        case .unreadable(let why):
            problem(why)
            return nil
        case .octets(let read, let note):
            octets = read
            self.note = note
        }
        if suites.isEmpty {
            suites = SRTPSuite.fitting(octets.count)
            if suites.isEmpty {
                problem("\(octets.count) bytes of key and salt fit no suite; suites have 28, 30, 38, 44 or 46")
                return nil
            }
        }
        if let suite = suites.first, octets.count != suite.keyLength + suite.saltLength {
            problem(SRTPKeyText.lengthProblem(octets.count, suite: suite))
            return nil
        }
        keys = suites.compactMap { SRTPMasterKey(suite: $0, keyAndSalt: octets, mki: mki) }
        swapped = suites.compactMap { suite in
            SRTPMasterKey(suite: suite, keyAndSalt: octets[suite.saltLength...] + octets[..<suite.saltLength], mki: mki)
        }
        roc = fields.roc.flatMap { UInt32($0) }
        if let given = fields.roc, roc == nil { problem("roc \(given.prefix(20).description.printable) is no number from 0 to 4294967295") }
        callID = fields.callID
        label = fields.label
        ssrc = fields.ssrc.flatMap(Self.number).map { SSRC($0) }
        if fields.ssrc != nil, ssrc == nil {
            problem("ssrc is not a 32-bit number such as 0x1234abcd")
            return nil
        }
        source = fields.source.flatMap(Self.endpoint)
        destination = fields.destination.flatMap(Self.endpoint)
        if (fields.source != nil && source == nil) || (fields.destination != nil && destination == nil) {
            problem("source and destination must be address:port, IPv6 as [address]:port")
            return nil
        }
        self.file = file
        line = fields.line
    }

    private static func number(_ text: String) -> UInt32? {
        text.lowercased().hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text) ?? UInt32(text, radix: 16)
    }

    private static func endpoint(_ text: String) -> Endpoint? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return IPAddress(host).map { Endpoint($0, port) }
    }
}
