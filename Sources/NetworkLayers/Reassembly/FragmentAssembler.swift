package import Evidence

/// Puts fragmented IP datagrams together (RFC 791 section 3.2, RFC 8200 section 4.5).
///
/// Fragments may come in any order, repeated and overlapping. **Policy: the octet that arrived first wins**; a later one that differs is
/// NET002. Identical repetitions of a datagram just completed (a mirror port that shows each packet twice) are dropped.
///
/// Bounds: `limits.fragmentTrains` datagrams at once, `octetLimit` octets in all, `pieceLimit` pieces and `limits.datagramOctets` octets of one
/// datagram, `limits.fragmentSeconds` of capture time. What is given up is NET001, and NET004 when a bound was the reason.
package struct FragmentAssembler: Sendable {
    private struct Completed: Sendable {
        let time: CaptureTime
        let prints: [FragmentPrint]
    }

    private let limits: Limits
    private var trains: [FragmentKey: FragmentTrain] = [:]
    /// In order of creation; an entry whose train is gone or newer is stale.
    private var order: [(key: FragmentKey, serial: UInt64)] = []
    private var orderHead = 0
    private var completed: [FragmentKey: Completed] = [:]
    private var completedOrder: [FragmentKey] = []
    private var completedHead = 0
    private var held = 0
    private var nextSerial: UInt64 = 0

    /// Octets held for all incomplete datagrams: 64 MiB.
    package static var octetLimit: Int { 64 << 20 }
    /// Pieces of one datagram.
    package static var pieceLimit: Int { 2048 }
    private static var completedLimit: Int { 1024 }

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// Datagrams that wait for fragments.
    package var pendingCount: Int { trains.count }

    /// Adds one fragment; the datagram, if this completes it. `origin` is that of the start of the frame that `bytes` is.
    package mutating func add(
        _ fragment: IPFragment, of bytes: RawSpan, origin: Origin, time: CaptureTime, findings: inout FindingLog
    ) -> ReassembledDatagram? {
        let key = FragmentKey(fragment)
        evictAged(at: time, findings: &findings)
        let subject = FindingSubject(flow: .hosts(key.source, key.destination))
        guard fragment.offset >= 0, fragment.payloadCount >= 0, fragment.payloadStart >= 0,
            fragment.payloadCount <= bytes.byteCount - fragment.payloadStart
        else { return nil }
        guard fragment.offset + fragment.declaredCount <= limits.datagramOctets else {
            findings.report(
                .net004, "a fragment would end at byte \(fragment.offset + fragment.declaredCount) of its datagram", at: origin, subject: subject)
            return nil
        }
        if trains[key] == nil {
            if let done = completed[key], time.nanoseconds &- done.time.nanoseconds < ageLimit,
                done.prints.contains(FragmentPrint(fragment, of: bytes))
            {
                return nil
            }
            makeRoom(findings: &findings)
            trains[key] = FragmentTrain(serial: nextSerial, started: time, first: origin)
            order.append((key, nextSerial))
            nextSerial += 1
        }
        let before = trains[key]?.octets.count ?? 0
        let agrees = trains[key]?.add(fragment, of: bytes, origin: origin, time: time) ?? true
        guard let train = trains[key] else { return nil }
        held += train.octets.count - before
        if !agrees, !train.disagrees {
            trains[key]?.disagrees = true
            findings.report(.net002, "fragment at byte \(fragment.offset), identification \(key.identification)", at: origin, subject: subject)
        }
        if train.isComplete, let proto = train.proto {
            remove(key)
            remember(key, Completed(time: time, prints: train.prints))
            return ReassembledDatagram(
                source: key.source, destination: key.destination, proto: proto, octets: train.octets, origins: train.origins, time: time)
        }
        if train.prints.count > Self.pieceLimit { abandon(key, because: "of more than \(Self.pieceLimit) pieces", isBound: true, findings: &findings) }
        while held > Self.octetLimit, evictOldest(findings: &findings) {}
        return nil
    }

    /// Gives up what is incomplete, at the end of all input.
    package mutating func finish(findings: inout FindingLog) {
        while let key = oldest() { abandon(key, because: "the capture ended", isBound: false, findings: &findings) }
        completed = [:]
        completedOrder = []
        completedHead = 0
    }

    private var ageLimit: Int64 {
        let seconds = limits.fragmentSeconds
        return seconds > 0 && seconds < 9e9 ? Int64(seconds * 1e9) : .max
    }

    private mutating func evictAged(at time: CaptureTime, findings: inout FindingLog) {
        while let key = oldest(), let train = trains[key] {
            let (age, over) = time.nanoseconds.subtractingReportingOverflow(train.started.nanoseconds)
            guard over ? time > train.started : age > ageLimit else { return }
            abandon(key, because: "no more arrived for \(limits.fragmentSeconds) s", isBound: false, findings: &findings)
        }
    }

    private mutating func makeRoom(findings: inout FindingLog) {
        while trains.count >= max(1, limits.fragmentTrains), evictOldest(findings: &findings) {}
    }

    private mutating func evictOldest(findings: inout FindingLog) -> Bool {
        guard let key = oldest() else { return false }
        abandon(key, because: "too many datagrams were incomplete at once", isBound: true, findings: &findings)
        return true
    }

    /// The longest-waiting train's key; drops stale entries of the queue on the way.
    private mutating func oldest() -> FragmentKey? {
        while orderHead < order.count {
            let entry = order[orderHead]
            if trains[entry.key]?.serial == entry.serial { return entry.key }
            orderHead += 1
        }
        order = []
        orderHead = 0
        return nil
    }

    private mutating func abandon(_ key: FragmentKey, because reason: String, isBound: Bool, findings: inout FindingLog) {
        guard let train = trains[key] else { return }
        let subject = FindingSubject(flow: .hosts(key.source, key.destination))
        let of = train.total.map { " of \($0)" } ?? ""
        let missing = train.proto == nil ? ", the first fragment is missing" : train.total == nil ? ", the last fragment is missing" : ""
        findings.report(
            .net001, "identification \(key.identification): \(train.covered)\(of) bytes seen\(missing); \(reason)", at: train.first, subject: subject)
        if isBound { findings.report(.net004, "an incomplete datagram was discarded: \(reason)", at: train.first, subject: subject) }
        remove(key)
    }

    private mutating func remove(_ key: FragmentKey) {
        if let gone = trains.removeValue(forKey: key) { held -= gone.octets.count }
        // Keeps the queue as short as the table, give or take.
        if order.count > 64, order.count > 4 * trains.count {
            order = order[orderHead...].filter { trains[$0.key]?.serial == $0.serial }
            orderHead = 0
        }
    }

    private mutating func remember(_ key: FragmentKey, _ done: Completed) {
        if completed.updateValue(done, forKey: key) == nil { completedOrder.append(key) }
        while completed.count > Self.completedLimit, completedHead < completedOrder.count {
            completed[completedOrder[completedHead]] = nil
            completedHead += 1
        }
        if completedHead > Self.completedLimit {
            completedOrder.removeFirst(completedHead)
            completedHead = 0
        }
    }
}
