package import Evidence

/// One of the two directions of a connection; which one the client's is, the handshake tells.
package enum TLSSide: Sendable, Hashable {
    case forward, backward

    package var other: TLSSide { self == .forward ? .backward : .forward }
}

/// Clear octets of one record.
package struct TLSClear: Sendable {
    package let side: TLSSide
    package let octets: [UInt8]
    /// Maps the clear octets to the packets that carried their ciphertext.
    package let origins: OriginMap
    /// Above 0 when octets before these are missing.
    package let lostBefore: Int
}

/// Something that kept octets closed: reported by whoever knows the path.
package struct TLSFault: Sendable {
    package let rule: Rule
    package let message: String
    package let origin: Origin
}

/// What a derivation of keys had to go by: it is repeated only when that has grown.
struct TLSAttempt: Sendable, Equatable {
    let secrets: Int
    let progress: Int
}

/// Opens one TLS connection over TCP, from both directions' octets and the secrets that are known (RFC 5246, RFC 8446).
///
/// Nothing is given out that was not authenticated. What cannot be opened yet waits, up to a bound, for secrets that come later.
package struct TLSConnection: Sendable {
    /// Why the records of a direction are as they are.
    enum Cover: Sendable {
        case clear
        /// Encrypted under keys that are not derived yet.
        case needs(Stage)
        case keyed(Stage, [TLSRecordReader])
        /// Nothing more will be opened.
        case dead
    }

    enum Stage: Sendable, Equatable {
        /// TLS up to 1.2.
        case session
        case early, handshake, application
    }

    struct Direction: Sendable {
        var runs: [TLSRun] = []
        var cover = Cover.clear
        var messages = TLSMessageBuffer()
        /// Handshake of the keys that are in use or needed.
        var handshake = TLSHandshake()
        /// Records opened under the current keys.
        var opened = 0
        /// Octets of clear data that are missing before the next.
        var lost = 0
        /// How many records may have been missed since the last that was opened.
        var window: UInt64 = 0
        var failures = 0
        /// Octets missing before the run that is read, once they were taken into account.
        var hole = 0
        /// What was known at the last vain derivation of keys.
        var attempt: TLSAttempt?
        /// Whether records that fail may be early data which the server refused.
        var mayRefuse = false
        var waiting: Int { runs.reduce(0) { $0 + $1.count } }
    }

    let limits: Limits
    let secrets: TLSSecrets
    var forward = Direction()
    var backward = Direction()
    var current = TLSHandshake()
    var clientSide: TLSSide?
    var searchesLeft = 400_000
    var out: [TLSClear] = []
    /// Octets of records that could not be opened.
    package internal(set) var unopened = 0
    /// Octets of application data given out.
    package internal(set) var openedOctets = 0
    var handshakes = 0
    var firstRandom: [UInt8]?
    private var sources: [TLSSecretSource] = []
    private var firstFault: TLSFault?
    private var faults: [TLSFault] = []
    private var said: Set<String> = []

    package init(secrets: TLSSecrets, limits: Limits = Limits()) {
        self.secrets = secrets
        self.limits = limits
    }

    /// Whether nothing more will be opened.
    package var isHopeless: Bool {
        guard case .dead = forward.cover, case .dead = backward.cover else { return false }
        return true
    }

    /// What kept octets closed since the last call.
    package mutating func takeFaults() -> [TLSFault] {
        defer { faults = [] }
        return faults
    }

    /// Takes octets of one direction, after `lostBefore` that are missing, and gives what they and those that waited become.
    package mutating func feed(_ side: TLSSide, _ octets: [UInt8], origins: OriginMap, lostBefore: Int) -> [TLSClear] {
        change(side) { direction, connection in
            if case .dead = direction.cover {
                connection.unopened += octets.count
                return
            }
            if direction.runs.isEmpty || lostBefore > 0 { direction.runs.append(TLSRun(lostBefore: lostBefore)) }
            direction.runs[direction.runs.count - 1].append(octets, origins)
            // With no secret at all nothing is worth waiting for but the other side's Hello.
            let bound = connection.secrets.isEmpty ? min(connection.limits.tlsPendingOctets, 1 << 14) : connection.limits.tlsPendingOctets
            if direction.waiting > bound {
                if case .needs = direction.cover, direction.handshake.client != nil {
                    let why = direction.handshake.missing(connection.secrets)
                    connection.say(why.rule, why.message, at: origins.origin(at: 0))
                    connection.bury(&direction)
                    return
                }
                connection.say(.tls007, "\(connection.current.label): more than \(bound) bytes are waiting for a key", at: origins.origin(at: 0))
                connection.bury(&direction)
            }
        }
        return process()
    }

    /// The connection or the capture is over: a last try, and what stays closed is said.
    package mutating func finish() -> [TLSClear] {
        let last = process()
        for side in [TLSSide.forward, .backward] {
            change(side) { direction, connection in
                guard let origin = direction.runs.first?.origin, direction.waiting > 0 else { return }
                if case .needs = direction.cover {
                    let handshake = direction.handshake.client == nil ? connection.current : direction.handshake
                    let why = handshake.missing(connection.secrets)
                    connection.say(why.rule, why.message, at: origin)
                } else if case .clear = direction.cover {
                    if connection.current.client == nil || connection.current.server == nil { connection.sayMidConnection(at: origin) }
                }
                connection.bury(&direction)
            }
        }
        return last
    }

    /// What became of the connection up to now.
    package var summary: TLSSummary {
        TLSSummary(
            label: current.label, clientRandom: firstRandom, clientSide: clientSide, handshakes: handshakes, sources: sources, openedOctets: openedOctets,
            unopenedOctets: unopened, fault: firstFault)
    }

    mutating func say(_ rule: Rule, _ message: String, at origin: Origin) {
        guard faults.count < 64, said.count < 256, said.insert(rule.code + message).inserted else { return }
        let fault = TLSFault(rule: rule, message: message, origin: origin)
        if firstFault == nil { firstFault = fault }
        faults.append(fault)
    }

    /// Remembers a secret that opened something.
    mutating func note(_ source: TLSSecretSource) {
        if sources.count < 64, !sources.contains(source) { sources.append(source) }
    }

    mutating func sayMidConnection(at origin: Origin) {
        let part = current.client == nil ? (current.server == nil ? "no handshake" : "no ClientHello") : "no ServerHello"
        say(.tls003, "the capture contains \(part) of this connection, so no secret can be found for it", at: origin)
    }

    /// Gives a direction up, with all that waits.
    mutating func bury(_ direction: inout Direction) {
        unopened += direction.waiting
        direction.runs = []
        direction.messages.clear()
        direction.cover = .dead
    }

    /// Works on one direction, taken out so that its arrays are changed in place.
    mutating func change(_ side: TLSSide, _ body: (inout Direction, inout TLSConnection) -> Void) {
        var direction = Direction()
        if side == .forward { swap(&direction, &forward) } else { swap(&direction, &backward) }
        body(&direction, &self)
        if side == .forward { swap(&direction, &forward) } else { swap(&direction, &backward) }
    }

    /// Reads both directions until neither gets any further.
    private mutating func process() -> [TLSClear] {
        var moved = true
        while moved {
            moved = false
            for side in clientSide == .backward ? [TLSSide.backward, .forward] : [.forward, .backward] {
                change(side) { direction, connection in
                    while connection.step(side, &direction) { moved = true }
                    if !direction.runs.isEmpty { direction.runs[0].compact() }
                }
            }
        }
        defer { out = [] }
        return out
    }
}
