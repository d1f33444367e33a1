import Foundation
import Siprecap
import TestSupport
import Testing

/// The transformations do what they say, and a comparison sees what is not the same.
@Suite struct TransformationSelfTests {
    private func sample(_ name: String) throws -> Capture {
        let capture = try Sample(name: name, path: Sample.root.appendingPathComponent("SamplePcaps/\(name)/capture.pcap").path).load()
        #expect(capture.frames.count > 100)
        return capture
    }

    @Test func whatIsWrittenIsRead() throws {
        let capture = try sample("01-basic-pcmu-udp")
        #expect(try Capture(parsing: capture.pcap()) == capture)
        let blocks = try Sample(
            name: "", path: Sample.root.appendingPathComponent("SamplePcaps/50-plain-call-sdes-opus/capture.pcapng").path
        ).load()
        #expect(blocks.frames.count > 1000 && blocks.linkType == 1)
    }

    @Test func checksumsAreThoseOfTheSenders() throws {
        for name in ["01-basic-pcmu-udp", "05-tcp-big-metadata"] {
            let capture = try sample(name)
            for frame in capture.frames {
                guard let packet = Packet(frame.octets, linkType: 1) else { continue }
                // The sums of loopback are left to a card that is not there: only the header's is right.
                #expect(frame.withChecksums(packet.network).octets[..<packet.transport] == frame.octets[..<packet.transport])
                let once = frame.withChecksums(packet.network)
                #expect(once.withChecksums(packet.network) == once)
            }
        }
    }

    @Test func aRenamingIsUndoneByItsInverse() throws {
        var random = SeededRandom(seed: 7)
        let capture = try sample("01-basic-pcmu-udp")
        let addresses = AddressRenaming(capture, &random)
        let renamed = addresses.applied(to: capture)
        let sums = Capture(
            linkType: 1, frames: capture.frames.map { frame in Packet(frame.octets, linkType: 1).map { frame.withChecksums($0.network) } ?? frame })
        let name = try #require(capture.flows().first).flow.source.address.map(String.init).joined(separator: ".")
        #expect(capture.contains(name) && !renamed.contains(name))
        let inverse = AddressRenaming(Dictionary(addresses.names.map { ($0.value, $0.key) }) { first, _ in first })
        #expect(inverse.applied(to: renamed) == sums)
        let sources = SSRCRenaming(capture, &random)
        let other = sources.applied(to: capture)
        #expect(Set(other.flows().map(\.flow.ssrc)) == Set(capture.flows().compactMap { sources.names[$0.flow.ssrc] }))
        #expect(Set(other.flows().map(\.flow.ssrc)).isDisjoint(with: capture.flows().map(\.flow.ssrc)))
    }

    @Test func filesHoldEveryFrameOnce() throws {
        var random = SeededRandom(seed: 3)
        let capture = try sample("11-hold-resume")
        for files in [capture.cut(into: 5, &random), capture.dealt(into: 3, &random)] {
            #expect(files.count > 2)
            #expect(Capture(linkType: 1, frames: files.flatMap(\.frames)).sorted().frames.count == capture.frames.count)
        }
        #expect(capture.doubled().frames.count == 2 * capture.frames.count)
        #expect(capture.disordered(within: 200 * Capture.millisecond, &random) != capture)
        #expect(capture.disordered(within: 200 * Capture.millisecond, &random).sorted().frames.map(\.time) == capture.sorted().frames.map(\.time))
    }

    @Test func aStallKeepsTheOrderAndEnds() throws {
        let capture = try LongCall.capture(seconds: 60)
        let flow = capture.flows()[0]
        let stalled = try #require(capture.stalled(flow.frames, from: 500, seconds: 6, rate: 1.5))
        let before = flow.frames.map { capture.frames[$0] }
        let after = try #require(stalled.flows().first { $0.flow == flow.flow }).frames.map { stalled.frames[$0] }
        #expect(before.map(\.octets) == after.map(\.octets))
        let delays = zip(before, after).map { $1.time - $0.time }
        #expect(delays.max() == 6 * Capture.second && delays[499] == 0 && delays[500] == 6 * Capture.second)
        // 6 s are caught up in 12 s at half a second each: 900 packets came late.
        #expect((890...910).contains(delays.count { $0 > 0 }))
        #expect(capture.stalled(flow.frames, from: 2500, seconds: 6, rate: 1.5) == nil)
    }

    @Test func aDifferenceIsSeen() async throws {
        let capture = try sample("01-basic-pcmu-udp")
        let outcome = try await Outcome([capture], origin: capture.start)
        #expect(Comparison.strict.differences(outcome, outcome).isEmpty)
        let flow = try #require(capture.flows().first)
        let lost = try await Outcome([capture.without([flow.frames[100]])], origin: capture.start)
        let lines = Comparison.strict.differences(outcome, lost)
        #expect(lines.contains { $0.contains("gaps") } && lines.contains { $0.contains(".wav") } && lines.contains { $0.contains("complete") })
        let later = try await Outcome([capture.delayed(by: 300 * Capture.millisecond) { $0 == flow.flow }], origin: capture.start)
        #expect(!Comparison(ignoring: ["findings"], tolerance: 0.01).differences(outcome, later).isEmpty)
        #expect(!Comparison.strict.differences(outcome, Outcome(recordings: [])).isEmpty)
    }
}
