import CaptureSurvey
import Evidence
import RTPSyntax
import RecordingPlan
import SRTPDecryption
import StreamMatching

/// Opens what a flow's sender encrypted: its keys, the search for a rollover counter, and the packets that wait for it.
struct FlowOpening: ~Copyable {
    /// What became of a packet.
    enum Outcome {
        /// `plain` holds its payload, `count` octets with padding. `isKeyNew`: another key than that of the packet before opened it.
        case opened(count: Int, isKeyNew: Bool)
        /// It was sent before the key agreement, as it is.
        case inClear
        case noKey
        case duplicate
        /// It waits with those before it.
        case held
        /// It and those before it are to be tried now: the rollover counter was found.
        case found
        /// Too many wait: they are given up.
        case full
    }

    private struct Trouble {
        var count: Int
        let first: Origin
        var last: Origin
    }

    /// Rollover counters searched upwards after a hole.
    private static let searchedCounters: UInt32 = 256

    let isSecure: Bool
    private let security: FlowKeys
    private let engine: SRTPEngine
    /// Made with the first packet.
    private var srtp: SRTPStream?
    private var clear: ClearPhase
    private var pending = PendingPackets()
    private var keyChanges = 0
    /// Times that the rollover counter was found anew.
    private var searches = 0
    private var searchOrigin = Origin(capture: 0, frame: 0)
    private var failures: Trouble?
    private var unopened: Trouble?
    /// What was opened last.
    var plain: [UInt8] = []

    init(_ planned: PlannedFlow, usesLibSRTPOnly: Bool) {
        isSecure = planned.isSecure
        security = planned.security
        engine = usesLibSRTPOnly ? .libsrtp2 : .libcrypto
        clear = planned.security.clear
    }

    var hasKeys: Bool { srtp != nil }
    /// Whether packets wait.
    var isHolding: Bool { !pending.isEmpty }

    /// The first packet is here: what opens packets is made.
    mutating func begin() {
        guard isSecure, !keys.isEmpty else { return }
        srtp = SRTPStream(keys: keys, initialROC: security.initialROC, engine: engine)
    }

    private var keys: [SRTPMasterKey] { (security.keys + security.spare).map(\.master) }

    @inline(__always)
    mutating func open(_ packet: ArrivedPacket) -> Outcome {
        if case .until(let moment) = clear, packet.time < moment { return .inClear }
        // Taken out while it works: a reference kept beside it would be counted up and down with every packet.
        guard let opener = srtp.take() else {
            Self.note(packet.origin, in: &unopened)
            return .noKey
        }
        let outcome = opener.open(packet.octets, header: packet.header, into: &plain)
        let changes = opener.keyChanges
        srtp = consume opener
        switch outcome {
        case .opened(let count):
            clear = .none
            defer { keyChanges = changes }
            return .opened(count: count, isKeyNew: changes != keyChanges)
        case .duplicate: return .duplicate
        case .failed, .malformed: return clear == .untilFirstOpened ? .inClear : hold(packet)
        }
    }

    /// Opens a packet of text, for which nothing waits.
    mutating func openAlone(_ packet: ArrivedPacket) -> Int? {
        guard let srtp, case .opened(let count) = srtp.open(packet.octets, header: packet.header, into: &plain) else { return nil }
        return count
    }

    /// Keeps a packet that did not open; after a hole of more than half the sequence space the rollover counter is another.
    private mutating func hold(_ packet: ArrivedPacket) -> Outcome {
        guard let srtp else { return .held }
        pending.add(packet)
        if pending.isSearchTime, srtp.authenticated > 0 {
            // Upwards from where the stream stood; 50 packets a second wrap in 22 minutes.
            let base = srtp.roc ?? 0
            let top = base > .max - Self.searchedCounters ? .max : base + Self.searchedCounters
            if srtp.searchROC(from: base, upTo: top, samples: pending.samples) != nil {
                if searches == 0 { searchOrigin = packet.origin }
                searches += 1
                return .found
            }
            pending.vainSearches += 1
        }
        return pending.isFull ? .full : .held
    }

    /// The packets that waited, which now get their place.
    mutating func release() -> [PendingPackets.Packet] { pending.take() }

    /// Tries a packet that waited once more; octets of `plain`, nil where it is given up.
    mutating func reopen(_ packet: PendingPackets.Packet) -> Int? {
        guard let srtp else { return nil }
        let octets = packet.octets
        guard case .opened(let count) = srtp.open(unsafe octets.span.bytes, header: packet.header, into: &plain) else { return nil }
        return count
    }

    /// A packet that waited was given up.
    mutating func giveUp(_ packet: PendingPackets.Packet) { Self.note(packet.origin, in: &failures) }

    /// Octets of the `count` in `plain` that are no padding.
    func unpadded(_ count: Int, _ header: RTPHeader) -> Int { min(header.unpadded(count, lastOctet: plain.last ?? 0) ?? 0, plain.count) }

    private static func note(_ origin: Origin, in trouble: inout Trouble?) {
        trouble = Trouble(count: (trouble?.count ?? 0) + 1, first: trouble?.first ?? origin, last: origin)
    }

    /// Tells what came of it, at the flow's end, and lets go of everything. `packets`: of the flow.
    mutating func finish(into result: inout FlowResult, packets: Int) {
        if let srtp {
            result.duplicates += srtp.duplicates
            result.security = FlowSecurity(
                suite: srtp.suite?.rawValue, keyID: srtp.keyIdentifier, mki: srtp.mki.map { Hex.encode($0) }, authenticated: srtp.authenticated,
                failed: failures?.count ?? 0, disagreements: srtp.crossCheckFailures, unknownMKI: srtp.unknownMKI, keyChanges: srtp.keyChanges)
        } else if let unopened {
            result.security = FlowSecurity(failed: unopened.count)
        }
        if let failures {
            let suites = keys.map(\.suite.rawValue)
            let names = suites.enumerated().filter { suites.firstIndex(of: $0.element) == $0.offset }.map(\.element).joined(separator: ", ")
            let words =
                srtp?.authenticated == 0
                ? "none of \(failures.count) packets tried authenticates with \(names): wrong key, wrong rollover counter or modified packets"
                : "\(failures.count) of \(packets) packets do not authenticate with \(names)"
            result.remarks.append((.srt001, words, failures.first, failures.last, failures.count))
        }
        if searches > 0 {
            result.remarks.append(
                (.srt009, "the rollover counter was found again by search after a gap", searchOrigin, searchOrigin, searches))
        }
        srtp = nil
        plain = []
    }
}
