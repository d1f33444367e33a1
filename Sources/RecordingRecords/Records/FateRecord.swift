package import MediaPlayout

/// How many packets met which fate. Every packet has one, so the numbers add up to the packets they are of.
package struct FateRecord: Codable, Sendable, Equatable {
    package var heard = 0
    package var repair = 0
    package var copy = 0
    package var paused = 0
    package var notOpened = 0
    package var notDecodable = 0
    package var refused = 0
    package var late = 0
    package var contradicted = 0
    package var notWanted = 0
    package var limit = 0

    package init() {}

    package init(_ ledger: FateLedger) { for fate in PacketFate.allCases { self[fate] = ledger[fate] } }

    package subscript(fate: PacketFate) -> Int {
        get { self[keyPath: Self.path(fate)] }
        set { self[keyPath: Self.path(fate)] = newValue }
    }

    private static func path(_ fate: PacketFate) -> WritableKeyPath<Self, Int> {
        switch fate {
        case .heard: \.heard
        case .repair: \.repair
        case .copy: \.copy
        case .paused: \.paused
        case .notOpened: \.notOpened
        case .notDecodable: \.notDecodable
        case .refused: \.refused
        case .late: \.late
        case .contradicted: \.contradicted
        case .notWanted: \.notWanted
        case .limit: \.limit
        }
    }

    package var total: Int { PacketFate.allCases.reduce(0) { $0 &+ self[$1] } }
    /// Packets of which something may be missing.
    package var unexcused: Int { PacketFate.allCases.reduce(0) { $0 &+ ($1.isExcused ? 0 : self[$1]) } }

    /// Those that are not 0, as `12 late`.
    package var counts: [String] { PacketFate.allCases.compactMap { self[$0] > 0 ? "\(self[$0]) \($0.word)" : nil } }

    package static func += (sum: inout FateRecord, more: FateRecord) { for fate in PacketFate.allCases { sum[fate] &+= more[fate] } }

    /// Payloads that a decoder may refuse before something counts as missing: senders make mistakes that nobody hears.
    package static let toleratedRefusals = 0.02

    /// Fates of packets that are missing from what is heard, with their numbers.
    package var missing: [(fate: PacketFate, packets: Int)] {
        PacketFate.allCases.compactMap { fate in
            guard !fate.isExcused, self[fate] > 0 else { return nil }
            if fate == .refused, Double(refused) <= Self.toleratedRefusals * Double(heard &+ refused) { return nil }
            return (fate, self[fate])
        }
    }
}

/// Packets in a row that were not heard, and why.
package struct UnheardRecord: Codable, Sendable, Equatable {
    /// As a key of `fates`.
    package var fate: String
    /// What the fate leaves open.
    package var ground: FateGround
    package var packets: Int
    package var first: PlaceRecord
    package var last: PlaceRecord
    /// The packet that was used instead of the first; absent where it is not known.
    package var original: PlaceRecord?

    package init(_ run: FateLedger.Run, captureNames: [String]) {
        fate = run.fate.word
        ground = run.ground
        packets = run.packets
        first = PlaceRecord(run.first, captureNames: captureNames)
        last = PlaceRecord(run.last, captureNames: captureNames)
        original = run.original.map { PlaceRecord($0, captureNames: captureNames) }
        first.offset = nil
        last.offset = nil
        original?.offset = nil
    }
}

/// A span of the recording.
package struct SpanRecord: Codable, Sendable, Equatable {
    /// Seconds from the recording's start.
    package var offset: Seconds
    package var duration: Seconds

    package init(offset: Seconds, duration: Seconds) {
        self.offset = offset
        self.duration = duration
    }

    package var end: Double { offset.value + duration.value }
}
