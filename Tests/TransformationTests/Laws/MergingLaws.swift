import TestSupport
import Testing

/// Calls that have nothing to do with one another stay what each of them is alone.
@Suite(.serialized) struct MergingLaws {
    /// Two captures in one.
    struct Pair: Sendable, CustomTestStringConvertible {
        let first: Sample
        let second: Sample
        let seed: UInt64
        var testDescription: String { "\(first.name) with \(second.name), seed \(seed)" }
        var trial: Trial { Trial(sample: Sample(name: "\(first.name) with \(second.name)", path: ""), seed: seed) }
    }

    private static func pairs(_ usual: [(String, String)]) -> [Pair] {
        func sample(_ name: String) -> [Sample] { Sample.all.filter { $0.name.hasPrefix(name) } }
        let named = usual.flatMap { names in sample(names.0).flatMap { first in sample(names.1).map { (first, $0) } } }
        var random = SeededRandom(seed: Setting.firstSeed)
        let all = Setting.corpus.isEmpty ? named : zip(Sample.all, Sample.all.shuffled(using: &random)).filter { $0.0.path != $0.1.path }
        return all.flatMap { pair in (0..<Setting.seeds).map { Pair(first: pair.0, second: pair.1, seed: Setting.firstSeed + $0) } }
    }

    private static let anyTwo = pairs([("01-", "11-"), ("06-", "12-"), ("05-", "13-"), ("14-", "23-"), ("16-", "24-"), ("50-", "01-"), ("faults/F05", "50-")])
    private static let calls = pairs([("01-", "11-"), ("01-", "12-"), ("11-", "24-"), ("14-", "15-"), ("16-", "01-"), ("faults/F05", "faults/F16")])

    private static let comparison = Comparison(ignoring: ["findings"])

    private func check(_ law: String, _ pair: Pair, _ first: Capture, _ second: Capture, merged: Capture, offset: Int64) async throws {
        let law = Law(name: law, comparison: Self.comparison)
        let alone = try await Outcome([first], origin: first.start)
        let other = try await Outcome([second.shifted(by: first.start + offset - second.start)], origin: first.start)
        let both = try await Outcome([merged], origin: first.start)
        try await law.holds(pair.trial) { law.expect(pair.trial, law.comparison.differences(alone.union(other), both)) }
    }

    private func load(_ pair: Pair) throws -> (Capture, Capture, Int64)? {
        var random = SeededRandom(seed: pair.seed)
        let (first, second) = (try pair.first.load(), try pair.second.load())
        guard first.linkType == second.linkType, !first.frames.isEmpty, !second.frames.isEmpty else { return nil }
        return (first, second, Int64.random(in: 0...5_000_000_000, using: &random))
    }

    @Test("two captures at once", arguments: anyTwo)
    func together(pair: Pair) async throws {
        guard let (first, second, offset) = try load(pair) else { return }
        try await check("together", pair, first, second, merged: first.merged(with: second, offset: offset), offset: offset)
    }

    /// Both clients announce the same private sockets; NATs give their packets sockets of their own.
    @Test("two calls at once that announce the same private sockets", arguments: calls)
    func behindNATs(pair: Pair) async throws {
        guard let (first, second, offset) = try load(pair), first.hasOnlyUDP, second.hasOnlyUDP else { return }
        let (caller, other) = (first.client, second.client)
        guard let caller, let other, caller.count == 4, other.count == 4 else { return }
        let ports = (first.mediaPorts()[caller] ?? [], second.mediaPorts()[other] ?? [])
        let names = Dictionary(zip(ports.1, ports.0).filter { String($0.0).count == String($0.1).count }) { name, _ in name }
        let shared = [UInt8]([10, 10, 10, 10])
        func announced(_ capture: Capture, _ client: [UInt8], natted: [UInt8]) -> Capture {
            AddressRenaming([client: shared]).inTexts(capture, packets: [client: natted])
        }
        let left = announced(first, caller, natted: [198, 51, 100, 7])
        let right = announced(PortRenaming(names: names, isOfPackets: false).applied(to: second), other, natted: [198, 51, 100, 8])
        try await check("behind NATs", pair, left, right, merged: left.merged(with: right, offset: offset), offset: offset)
    }

    /// A client uses the sockets of its first call again for its second, as soon as that is over.
    @Test("a call after another on the same sockets", arguments: calls)
    func oneAfterAnother(pair: Pair) async throws {
        guard let (first, second, _) = try load(pair), first.hasOnlyUDP, second.hasOnlyUDP else { return }
        guard let ends = first.ends, let own = second.ends, ends.0.count == 4, own.0.count == 4 else { return }
        var names: [Int: Int] = [:]
        for (old, new) in [(own.0, ends.0), (own.1, ends.1)] {
            let ports = (second.mediaPorts()[old] ?? [], first.mediaPorts()[new] ?? [])
            for (from, to) in zip(ports.0, ports.1) where String(from).count == String(to).count { names[from] = to }
        }
        // In one capture all has one name: a port that is taken by what is not renamed would join two streams.
        let others = Set(second.mediaPorts().values.joined()).subtracting(names.keys)
        guard Set(names.values).count == names.count, others.isDisjoint(with: names.values) else { return }
        let addresses = [own.0: ends.0, own.1: ends.1]
        let moved = PortRenaming(names: names).applied(to: AddressRenaming(addresses).inTexts(second, packets: addresses))
        let offset = (first.frames.map(\.time).max() ?? 0) - first.start + 500 * Capture.millisecond
        try await check("one after another", pair, first, moved, merged: first.merged(with: moved, offset: offset), offset: offset)
    }
}

extension Capture {
    /// Who sent the first request, and to whom.
    fileprivate var ends: ([UInt8], [UInt8])? {
        for frame in frames {
            guard let packet = Packet(frame.octets, linkType: linkType), packet.proto == 17, !packet.isFragment else { continue }
            let words = String(decoding: frame.octets[packet.payload].prefix(7), as: UTF8.self)
            if words.hasPrefix("INVITE ") { return (packet.source.address, packet.destination.address) }
        }
        return nil
    }

    fileprivate var client: [UInt8]? { ends?.0 }
}
