package import Evidence

/// Datagrams that went from one place to another in one go.
package struct DatagramTally: Sendable, Equatable {
    package internal(set) var packets: Int
    package let first: CaptureTime
    package internal(set) var last: CaptureTime
    package let firstOrigin: Origin
    package internal(set) var lastOrigin: Origin

    /// Both together; `other` came later.
    package func joined(with other: DatagramTally) -> DatagramTally {
        DatagramTally(packets: packets + other.packets, first: first, last: other.last, firstOrigin: firstOrigin, lastOrigin: other.lastOrigin)
    }
}

/// Datagrams that may be UDPTL, the transport of fax over IP (ITU-T T.38 section 9.1): they say nothing of themselves, so signalling has to tell.
///
/// Bound: 16,384 paths, 64 runs each; what comes after these is counted with the last one.
package struct FaxDatagrams: Sendable {
    private var paths: [NetworkPath: [DatagramTally]] = [:]
    private var bySource: [Endpoint: [NetworkPath]] = [:]
    private var byDestination: [Endpoint: [NetworkPath]] = [:]
    private static let pathLimit = 16_384
    private static let runLimit = 64
    /// Seconds of silence after which a datagram begins a new run: ports are used again by later calls.
    private static let pause = 5.0

    /// Sequence number, length of the primary packet, and at least an octet of each: ITU-T T.38 section 9.1.
    static func isPossible(_ payload: RawSpan, declared: Int) -> Bool {
        guard payload.byteCount >= 4 else { return false }
        let length = Int(payload.u8(2))
        return length > 0 && length < 128 && 3 + length <= declared
    }

    mutating func add(_ path: NetworkPath, at time: CaptureTime, origin: Origin) {
        guard var runs = paths[path] else {
            guard paths.count < Self.pathLimit else { return }
            bySource[path.source, default: []].append(path)
            byDestination[path.destination, default: []].append(path)
            paths[path] = [DatagramTally(packets: 1, first: time, last: time, firstOrigin: origin, lastOrigin: origin)]
            return
        }
        // The list is written back alone, so that it is not copied.
        paths[path] = nil
        let last = runs.count - 1
        if time.seconds(since: runs[last].last) <= Self.pause || runs.count == Self.runLimit {
            runs[last].packets += 1
            runs[last].last = max(runs[last].last, time)
            runs[last].lastOrigin = origin
        } else {
            runs.append(DatagramTally(packets: 1, first: time, last: time, firstOrigin: origin, lastOrigin: origin))
        }
        paths[path] = runs
    }

    /// What went to `destination`, or else came from `source`, and began between two moments.
    package func tally(from source: Endpoint?, to destination: Endpoint?, after: CaptureTime, before: CaptureTime) -> DatagramTally? {
        func runs(_ ways: [NetworkPath]?) -> [DatagramTally] {
            (ways ?? []).prefix(Self.runLimit).flatMap { paths[$0] ?? [] }.filter { $0.first >= after && $0.first <= before }
        }
        var found: [DatagramTally] = []
        if let source, let destination { found = runs([NetworkPath(source: source, destination: destination)]) }
        // Behind a translator one of the two addresses is another.
        if found.isEmpty, let destination { found = runs(byDestination[destination]) }
        if found.isEmpty, let source { found = runs(bySource[source]) }
        let sorted = found.sorted { ($0.first, $0.firstOrigin) < ($1.first, $1.firstOrigin) }
        return sorted.dropFirst().reduce(sorted.first) { $0?.joined(with: $1) }
    }
}
