/// A bound of `Limits` under the name by which users set it (`--limit NAME=N`).
package struct LimitName: Sendable {
    private enum Place: Sendable {
        case count(any WritableKeyPath<Limits, Int> & Sendable)
        case seconds(any WritableKeyPath<Limits, Double> & Sendable)
    }

    package let name: String
    /// What is counted, in words that follow "at most N".
    package let words: String
    private let place: Place

    private init(_ name: String, _ words: String, _ path: any WritableKeyPath<Limits, Int> & Sendable) {
        self.name = name
        self.words = words
        place = .count(path)
    }

    private init(_ name: String, seconds words: String, _ path: any WritableKeyPath<Limits, Double> & Sendable) {
        self.name = name
        self.words = words
        place = .seconds(path)
    }

    /// The value in use, as text.
    package func value(in limits: Limits) -> String {
        switch place {
        case .count(let path): "\(limits[keyPath: path])"
        case .seconds(let path): limits[keyPath: path] == limits[keyPath: path].rounded() ? "\(Int(limits[keyPath: path]))" : "\(limits[keyPath: path])"
        }
    }

    /// All of them, in the order of `Limits`.
    package static let all: [LimitName] = [
        LimitName("datagram-octets", "octets of one reassembled IP datagram", \.datagramOctets),
        LimitName("fragment-trains", "IP datagrams being reassembled at once", \.fragmentTrains),
        LimitName("fragment-seconds", seconds: "seconds of capture that an incomplete datagram is kept", \.fragmentSeconds),
        LimitName("tcp-streams", "TCP directions followed at once", \.tcpStreams),
        LimitName("tcp-pending-octets", "octets of one TCP direction that wait for missing ones", \.tcpPendingOctets),
        LimitName("sip-message-octets", "octets of one SIP message", \.sipMessageOctets),
        LimitName("sip-headers", "header fields of one SIP message", \.sipHeaders),
        LimitName("multipart-depth", "multipart bodies inside one another", \.multipartDepth),
        LimitName("multipart-parts", "parts of one multipart body", \.multipartParts),
        LimitName("metadata-octets", "octets of one metadata document", \.metadataOctets),
        LimitName("metadata-depth", "elements inside one another in a metadata document", \.metadataDepth),
        LimitName("metadata-elements", "elements of one metadata document", \.metadataElements),
        LimitName("inflaters", "directions of WebSockets with compression at once", \.inflaters),
        LimitName("dialogs", "Call-IDs held", \.dialogs),
        LimitName("messages-per-dialog", "SIP messages held for one Call-ID", \.messagesPerDialog),
        LimitName("flows", "RTP flows held", \.flows),
        LimitName("watched-flows", "RTP flows at once whose repeated packets are compared", \.watchedFlows),
        LimitName("tracks", "audio files of one recording", \.tracks),
        LimitName("encapsulation-depth", "link layers and tunnels inside one another", \.encapsulationDepth),
        LimitName("gap-seconds", seconds: "seconds of one gap in a stream", \.gapSeconds),
    ]

    /// Why an assignment could not be taken, with what to write instead.
    package struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
        package let description: String
    }
}

extension Limits {
    /// Takes `NAME=N` as users write it; N is at least 1.
    package mutating func set(_ assignment: String) throws(LimitName.Fault) {
        let halves = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw LimitName.Fault(description: "'\(assignment)' is not NAME=N, for example flows=100000") }
        guard let entry = LimitName.all.first(where: { $0.name == halves[0] }) else {
            throw LimitName.Fault(description: "there is no limit '\(halves[0])'; the names are \(LimitName.all.map(\.name).joined(separator: ", "))")
        }
        guard let number = Int(halves[1]), number >= 1, number <= 1 << 40 else {
            throw LimitName.Fault(description: "\(entry.name) takes a whole number from 1 on, for example \(entry.name)=\(entry.value(in: Limits()))")
        }
        entry.assign(number, to: &self)
    }

    /// `name=value` of every bound that is not at its default, in the order of `LimitName.all`.
    package var changed: [String] {
        let standard = Limits()
        return LimitName.all.filter { $0.value(in: self) != $0.value(in: standard) }.map { "\($0.name)=\($0.value(in: self))" }
    }

    /// Least memory that a budget may name: 64 MiB.
    package static let leastMemory = 64 << 20

    /// Lowers the bounds of what grows with a capture so that their tables together keep within `octets`; never raises one.
    ///
    /// A quarter each for flows, for signalling and for reassembly; the rest is for buffers, decoders and the plan. What one item takes is
    /// the order of its size in memory, rounded up: a flow 768 octets, a Call-ID with its messages 32 KiB, a TCP direction 4 KiB.
    package mutating func fit(memory octets: Int) {
        let quarter = max(octets, Self.leastMemory) / 4
        flows = min(flows, max(1024, quarter / 768))
        dialogs = min(dialogs, max(256, quarter / (32 << 10)))
        tcpStreams = min(tcpStreams, max(64, quarter / 4 / (4 << 10)))
        fragmentTrains = min(fragmentTrains, max(16, quarter / 4 / (64 << 10)))
        tcpPendingOctets = min(tcpPendingOctets, max(64 << 10, quarter / 64))
        inflaters = min(inflaters, max(16, quarter / 4 / (48 << 10)))
        watchedFlows = min(watchedFlows, max(64, quarter / 4 / (4 << 10)))
    }
}

extension LimitName {
    fileprivate func assign(_ number: Int, to limits: inout Limits) {
        switch place {
        case .count(let path): limits[keyPath: path] = number
        case .seconds(let path): limits[keyPath: path] = Double(number)
        }
    }
}
