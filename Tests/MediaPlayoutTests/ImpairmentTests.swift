import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport
import Testing

/// Loss, reordering, duplicates and jitter together, against what really happened.
struct ImpairmentTests {
    @Test(arguments: 0..<12 as Range<UInt64>) func everyPacketStandsAtItsPlaceAndEveryLossIsListed(seed: UInt64) {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let count = 600
        let first = Int.random(in: 0..<65_536, using: &random)
        let base = Int.random(in: 0..<Int(UInt32.max), using: &random)
        var lost: Set<Int> = []
        // Losses alone and in bursts of up to four; the ends stay, as nobody can know of what was lost there.
        var index = 20
        while index < count - 20 {
            if Int.random(in: 0..<100, using: &random) < 5 {
                let burst = Int.random(in: 1...4, using: &random)
                for number in index..<index + burst { lost.insert(number) }
                index += burst
            }
            index += 1
        }
        var arrivals: [(at: Double, index: Int)] = []
        var duplicates = 0
        for number in 0..<count where !lost.contains(number) {
            // Up to 5 ms of jitter keeps the order; every 20th packet or so is 25 to 90 ms late and overtaken.
            var at = Double(number) * 20 + Double(Int.random(in: 0..<500, using: &random)) / 100
            if number > 20, number < count - 20, Int.random(in: 0..<20, using: &random) == 0 { at += Double(Int.random(in: 25...90, using: &random)) }
            arrivals.append((at, number))
            if number > 0, Int.random(in: 0..<50, using: &random) == 0 {
                arrivals.append((at + 0.5 + Double(Int.random(in: 0..<60, using: &random)), number))
                duplicates += 1
            }
        }
        arrivals.sort { ($0.at, $0.index) < ($1.at, $1.index) }
        var bench = Bench()
        var highest = -1
        var seen: Set<Int> = []
        var reordered = 0
        for packet in arrivals {
            if seen.insert(packet.index).inserted, packet.index < highest { reordered += 1 }
            highest = max(highest, packet.index)
            bench.push(first + packet.index, base + 160 * packet.index, at: packet.at, tag: packet.index)
        }
        bench.finish()
        // One packet anchors all: whatever its place, every other is an exact distance away.
        let shift = Int(bench.sink.runs.first?.position ?? 0)
        #expect(shift <= 40)
        #expect(bench.sink.starts == (0..<count).filter { !lost.contains($0) }.map { [160 * $0 + shift, $0] })
        #expect(bench.statistics.lost == lost.count)
        #expect(bench.statistics.duplicates == duplicates)
        #expect(bench.statistics.late == 0)
        var gaps: [[Int]] = []
        for number in lost.sorted() {
            if let last = gaps.last, last[0] + last[1] == number { gaps[gaps.count - 1][1] += 1 } else { gaps.append([number, 1]) }
        }
        #expect(bench.sink.gaps.map { [Int((($0.start.seconds(since: Bench.start) * 8000).rounded() - Double(shift)) / 160), $0.packets ?? -1] } == gaps)
        #expect(bench.sink.gaps.allSatisfy { $0.cause == .networkLoss })
        #expect(bench.statistics.quality.pattern.lost == lost.count)
        #expect(bench.statistics.reordered == reordered)
    }

    /// RFC 7198: each packet is sent twice, here 60 ms apart; what is lost of one comes with the other.
    @Test func delayedDuplicatesFillLosses() {
        var bench = Bench()
        var packets: [(at: Int, index: Int)] = []
        for index in 0..<100 where index % 10 != 5 { packets.append((index * 20, index)) }
        for index in 0..<100 where index % 10 != 6 { packets.append((index * 20 + 61, index)) }
        for packet in packets.sorted(by: { $0.at < $1.at }) { bench.push(packet.index, packet.index * 160, at: Double(packet.at), tag: packet.index) }
        bench.finish()
        #expect(bench.sink.starts.count == 100)
        #expect(bench.sink.gaps.isEmpty && bench.statistics.lost == 0)
        #expect(bench.statistics.duplicates == 80)
    }

    @Test func packetsOfAPauseAreLeftOutAndListed() {
        var bench = Bench { $0.pauses = [PlayoutPause(from: Bench.time(990), until: Bench.time(2010), cause: .pause)] }
        bench.run(0..<200)
        bench.finish()
        #expect(bench.sink.starts.map { $0[1] } == Array(0..<50) + Array(101..<200))
        #expect(bench.sink.gaps.map(GapRow.init) == [GapRow(1000, 1020, 51, .pause)])
    }

    @Test func packetSizesMayChange() {
        var bench = Bench()
        bench.run(0..<50)
        for index in 0..<50 { bench.push(50 + index, 8000 + index * 480, at: 1000 + Double(index) * 60, payload: Bench.payload(tag: 50 + index, frames: 480)) }
        bench.finish()
        #expect(bench.sink.frames == 8000 + 24_000 && bench.sink.gaps.isEmpty)
    }
}

/// What is made of loss.
struct QualityTests {
    @Test func singleLossesAreNoBurst() {
        var pattern = LossPattern()
        for _ in 0..<10 {
            for _ in 0..<99 { pattern.received() }
            pattern.lost(1)
        }
        #expect(pattern.lost == 10 && pattern.runs == 10 && pattern.bursts == nil)
        #expect(pattern.burstRatio(of: 1000) == 1)
    }

    @Test func clustersAreBursts() throws {
        var pattern = LossPattern()
        for _ in 0..<5 {
            for _ in 0..<200 { pattern.received() }
            for _ in 0..<5 {
                pattern.lost(2)
                for _ in 0..<2 { pattern.received() }
            }
        }
        let bursts = try #require(pattern.bursts)
        #expect(bursts.burstDensity > 0.4 && bursts.burstDensity < 0.65)
        #expect(bursts.gapDensity == 0 && bursts.gapPackets > 150)
        #expect(pattern.burstRatio(of: 1100) > 1.8)
    }

    /// G.107 with G.113 appendix I: 93.2 is 4.41; G.711 with 5 % loss is Ie,eff 15.8; G.729A without loss is 82.2.
    @Test(arguments: [("PCMU", 0.0, 4.41), ("PCMA", 0.05, 3.94), ("G729", 0, 4.1)])
    func scoresAreThoseOfTheModel(encoding: String, loss: Double, expected: Double) throws {
        #expect(abs(try #require(QualityModel.meanOpinionScore(encoding: encoding, loss: loss, burstRatio: 1)) - expected) < 0.02)
    }

    @Test func unlistedCodecsAreNotJudged() { #expect(QualityModel.meanOpinionScore(encoding: "OPUS", loss: 0, burstRatio: 1) == nil) }

    @Test func hoursStayBounded() {
        var bench = Bench()
        for index in 0..<40_000 { bench.push(index, index * 8000, at: Double(index) * 1000, payload: [0, 1]) }
        bench.finish()
        #expect(bench.statistics.quality.spans.count <= 361)
        #expect(bench.statistics.quality.spans.reduce(0) { $0 + $1.received } == 40_000)
    }

    @Test func soundIsTimedAndSilenceIsNot() {
        var meter = TalkMeter(sampleRate: 8000)
        let loud = [Int16](repeating: 1000, count: 8000)
        let soft = [Int16](repeating: 20, count: 8000)
        for second in 0..<6 { meter.add(second % 3 == 1 ? loud.span : soft.span, channels: 1, at: Int64(second * 8000)) }
        let spans = meter.finish()
        #expect(spans.map(\.from) == [50, 200] && spans.map(\.until) == [100, 250])
        #expect(TalkMeter.overlap(spans, [(60, 210)]) == 50)
        #expect(TalkMeter.union(spans, [(90, 120)]).map(\.until) == [120, 250])
    }

    /// Beside a meter that looks at one sample after the other: pieces of any length at any place, channels, rates and the extremes.
    @Test(arguments: 0..<8 as Range<UInt64>) func soundIsFoundHoweverItComesInPieces(seed: UInt64) {
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        let channels = Int.random(in: 1...3, using: &random)
        let rate = [8000, 11_025, 48_000].randomElement(using: &random) ?? 8000
        var meter = TalkMeter(sampleRate: rate)
        // By frame of 20 ms: the sum of magnitudes and how many; a frame that is left and entered again counts anew.
        var runs: [(frame: Int64, sum: Int, count: Int)] = []
        var position: Int64 = 0
        for piece in 0..<600 {
            if piece % 50 == 49 { position += Int64.random(in: 1...20_000, using: &random) }
            let level = Int16([0, 125, 135, 3000, 32_767].randomElement(using: &random) ?? 0)
            var samples = (0..<Int.random(in: 1...700, using: &random) * channels).map { _ in Int16.random(in: -level...level, using: &random) }
            if piece % 7 == 0 { samples = samples.map { _ in Int16.min } }
            meter.add(samples.span, channels: channels, at: position)
            var index = 0
            while index < samples.count / channels {
                let frame = (position + Int64(index)) / Int64(rate / 50)
                if runs.last?.frame != frame { runs.append((frame, 0, 0)) }
                var isTaken = true
                while index < samples.count / channels, (position + Int64(index)) / Int64(rate / 50) == frame {
                    if isTaken {
                        runs[runs.count - 1].sum += Int(samples[index * channels].magnitude)
                        runs[runs.count - 1].count += 1
                    }
                    isTaken.toggle()
                    index += 1
                }
            }
            position += Int64(samples.count / channels)
        }
        let loud = runs.filter { $0.sum >= 130 * $0.count }.map(\.frame)
        var spans: [(from: Int64, until: Int64)] = []
        for frame in loud {
            if let last = spans.last, frame - last.until <= 15 { spans[spans.count - 1].until = frame + 1 } else { spans.append((frame, frame + 1)) }
        }
        let found = meter.finish()
        let expected = spans.filter { $0.until - $0.from >= 5 }
        #expect(found.map(\.from) == expected.map(\.from) && found.map(\.until) == expected.map(\.until))
        #expect(loud.count > 100)
    }
}
