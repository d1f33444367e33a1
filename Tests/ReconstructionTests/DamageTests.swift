import CaptureFormat
import CaptureSurvey
import Evidence
import Glibc
import PacketInput
import RecordingPlan
import RecordingRecords
import RecordingRender
import TestSupport
import Testing

/// A capture that was cut or of which one bit is wrong, through a whole reconstruction: nothing crashes, and what stands before the damage is
/// recovered as if there were none.
///
/// The first frames of the sample and its end, so that 2,500 runs take seconds. `SIPRECAP_DAMAGE_WHOLE=1` (`make test-damage`) takes all of it.
struct DamageTests {
    /// The capture undamaged, and what its frames are, found by this test itself.
    private struct Reference {
        let octets: [UInt8]
        /// Where each frame's record ends in the file.
        let ends: [Int]
        /// Octets of each frame.
        let frames: [[UInt8]]
        /// Source and samples of each frame that is RTP.
        let sounds: [(source: UInt32, samples: [Int16])?]
        /// The file of each source as it is without damage.
        var audio: [UInt32: [Int16]] = [:]

        init(_ head: [UInt8], _ records: [[UInt8]]) {
            octets = head + records.flatMap(\.self)
            var ends: [Int] = []
            for record in records { ends.append((ends.last ?? head.count) + record.count) }
            self.ends = ends
            frames = records.map { Array($0[16...]) }
            sounds = frames.map(Self.sound)
        }

        /// Frames whose records lie wholly before octet `offset`.
        func framesBefore(_ offset: Int) -> Int { ends.prefix { $0 <= offset }.count }

        /// Whether a bit of the file changes a frame's time by a second at most: its micro- or nanoseconds, and the lowest bit of its seconds.
        func shiftsLittle(_ bit: Int, of frame: Int) -> Bool {
            let seconds = ends[frame] - frames[frame].count - 16
            return bit == seconds * 8 || (seconds + 4..<seconds + 8).contains(bit / 8)
        }

        /// RTP in UDP in IPv4 in Ethernet, of PCMU.
        private static func sound(_ frame: [UInt8]) -> (source: UInt32, samples: [Int16])? {
            guard frame.count >= 54, frame[42] == 0x80, frame[43] & 0x7F == 0 else { return nil }
            return (frame[50..<54].reduce(0) { $0 << 8 | UInt32($1) }, frame[54...].map(ToneSource.linear))
        }
    }

    /// Packets by which playout finds where a source stands on the timeline: while they last, a wrong time or timestamp moves all of them.
    private static let anchoringPackets = 16

    private static func reference() async throws -> Reference {
        let capture = try SampleCapture("01-basic-pcmu-udp")
        let isWhole = unsafe getenv("SIPRECAP_DAMAGE_WHOLE") != nil
        var reference = Reference(capture.head, isWhole ? capture.records : capture.records.prefix(44) + capture.records.suffix(2))
        let run = await Reconstructed.run(reference.octets)
        for (source, files) in files(of: run) { reference.audio[source] = files.first }
        try #require(reference.audio.count == 2)
        return reference
    }

    /// The files of the stream that each source is in.
    private static func files(of run: Reconstructed) -> [UInt32: [[Int16]]] {
        var out: [UInt32: [[Int16]]] = [:]
        for recording in run.recordings {
            for stream in recording.record?.streams ?? [] {
                for flow in stream.flows {
                    guard let source = UInt32(flow.ssrc.dropFirst(2), radix: 16) else { continue }
                    out[source, default: []] += stream.files.compactMap { recording.audio[$0]?.voiced }
                }
            }
        }
        return out
    }

    /// What the capture's reader gives.
    private static func frames(_ octets: [UInt8]) -> [[UInt8]] {
        var parser = CaptureParser(format: .pcap)
        var frames: [[UInt8]] = []
        var position = 0
        while true {
            switch parser.next(in: octets.span.bytes, from: position, fileOffset: 0, isFinal: true) {
            case .frame(let frame, let next):
                frames.append(Array(octets[frame.bodyStart..<frame.bodyStart + frame.capturedLength]))
                position = next
            case .skip(let next): position = next
            case .needMore, .end: return frames
            }
        }
    }

    /// In words which sound of packets in frames before `frame` is not there, or not where it is without damage.
    private func difference(_ run: Reconstructed, _ reference: Reference, before frame: Int) -> String? {
        let files = Self.files(of: run)
        for (source, undamaged) in reference.audio.sorted(by: { $0.key < $1.key }) {
            let packets = reference.sounds[..<frame].compactMap { $0?.source == source ? $0?.samples : nil }
            let samples = packets.flatMap(\.self)
            if samples.isEmpty { continue }
            guard let found = files[source] else { return "source \(source) with \(packets.count) packets before frame \(frame) is missing" }
            if packets.count < Self.anchoringPackets {
                if !found.contains(where: { $0.contains(samples) }) { return "the \(packets.count) packets of \(source) before frame \(frame) are not heard" }
            } else {
                guard let start = undamaged.firstRange(of: samples)?.lowerBound else { return "the reference lacks \(source)" }
                let end = start + samples.count
                if !found.contains(where: { $0.count >= end && $0[..<end] == undamaged[..<end] }) { return "\(source) differs before frame \(frame)" }
            }
        }
        return nil
    }

    private func survived(_ run: Reconstructed) -> Bool {
        run.rendered.count == run.plan.recordings.count && run.rendered.allSatisfy { $0.fault == nil } && run.output.finished.count == run.output.begun
    }

    @Test("a capture that was cut anywhere sounds the same up to the cut", .timeLimit(.minutes(10)))
    func cuts() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        let reference = try await Self.reference()
        for _ in 0..<500 {
            let cut = Int.random(in: 0...reference.octets.count, using: &random)
            let octets = Array(reference.octets[..<cut])
            let before = reference.framesBefore(cut)
            #expect(Self.frames(octets).elementsEqual(reference.frames[..<before]), "seed \(seed), cut \(cut)")
            let run = await Reconstructed.run(octets)
            #expect(survived(run), "seed \(seed), cut \(cut)")
            let difference = difference(run, reference, before: before)
            #expect(difference == nil, "seed \(seed), cut \(cut)")
        }
    }

    @Test("one of 2,000 wrong bits changes nothing before the frame that it is in", .timeLimit(.minutes(10)), arguments: 0..<4)
    func flips(quarter: Int) async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        let reference = try await Self.reference()
        var unheard: [String] = []
        for _ in 0..<500 {
            let bit = Int.random(in: 0..<reference.octets.count * 8, using: &random)
            var octets = reference.octets
            octets[bit / 8] ^= 1 << UInt8(bit % 8)
            let run = await Reconstructed.run(octets)
            #expect(survived(run), "seed \(seed), bit \(bit)")
            // Before the file header there is nothing.
            guard bit / 8 >= 24 else { continue }
            let hit = reference.framesBefore(bit / 8)
            let frames = Self.frames(octets)
            #expect(frames.starts(with: reference.frames[..<hit]), "seed \(seed), bit \(bit)")
            #expect(frames.count >= reference.frames.count - 1, "seed \(seed), bit \(bit)")
            // What signalling says goes for all media, also for that before it; a time that is wrong by a second or less is like jitter, which
            // decides where a source stands.
            guard reference.sounds[hit] != nil, !reference.shiftsLittle(bit, of: hit) else { continue }
            if let difference = difference(run, reference, before: hit) { unheard.append("bit \(bit): \(difference)") }
        }
        // Of two or three packets nobody can say whose timestamp is the wrong one: such a bit may cost them.
        #expect(unheard.count <= 5, "seed \(seed): \(unheard)")
    }
}

extension MemoryAudio {
    /// Samples up to a minute, without what comes after: a damaged time may stand hours later.
    fileprivate var voiced: [Int16] {
        var out: [Int16] = []
        for part in parts where part.start < 480_000 {
            out += [Int16](repeating: 0, count: max(0, Int(part.start) - out.count))
            out += part.samples
        }
        return out
    }
}

extension [Int16] {
    fileprivate func contains(_ other: [Int16]) -> Bool { firstRange(of: other) != nil }

    fileprivate func firstRange(of other: [Int16]) -> Range<Int>? {
        guard let head = other.first, count >= other.count else { return nil }
        for start in 0...(count - other.count) where self[start] == head && self[start..<start + other.count].elementsEqual(other) {
            return start..<start + other.count
        }
        return nil
    }
}
