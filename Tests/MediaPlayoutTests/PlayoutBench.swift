import Evidence
import MediaCodecs
import MediaPlayout
import TestSupport

/// Collects what a stream yields.
struct Recorder: PlayoutSink {
    struct Run: Equatable {
        let position: Int64
        let samples: [Int16]
    }
    var runs: [Run] = []
    var gaps: [PlayoutGap] = []
    var channels: Set<Int> = []

    mutating func place(_ samples: Span<Int16>, channels: Int, at position: Int64) {
        var copy: [Int16] = []
        for index in 0..<samples.count { copy.append(samples[index]) }
        runs.append(Run(position: position, samples: copy))
        self.channels.insert(channels)
    }

    mutating func gap(_ gap: PlayoutGap) { gaps.append(gap) }

    var end: Int64 { runs.map { $0.position + Int64($0.samples.count) }.max() ?? 0 }

    var frames: Int { runs.reduce(0) { $0 + $1.samples.count } }

    /// Start positions with the first sample there.
    var starts: [[Int]] { runs.map { [Int($0.position), Int($0.samples.first ?? -1)] } }
}

/// A playout that copies of a bench share.
final class Playout {
    private var stream: StreamPlayout

    init(_ configuration: StreamPlayout.Configuration) { stream = StreamPlayout(configuration) }

    func push(_ packet: borrowing PlayoutPacket, into sink: inout Recorder) { stream.push(packet, into: &sink) }
    func restore(_ packet: borrowing PlayoutPacket, from source: RecoverySource, into sink: inout Recorder) {
        var scratch: [Int16] = []
        stream.restore(packet, from: source, into: &sink, scratch: &scratch)
    }
    func mark(_ sequence: SequenceNumber, _ timestamp: RTPTimestamp, at arrival: CaptureTime, frame: UInt32, _ cause: GapCause, into sink: inout Recorder) {
        stream.markUndecryptable(
            sequence: sequence, timestamp: timestamp, payloadType: PayloadType(96), arrival: arrival, origin: Origin(capture: 0, frame: frame), cause: cause,
            into: &sink)
    }
    func advance(to now: CaptureTime, into sink: inout Recorder) { stream.advance(to: now, into: &sink) }
    func giveWay(into sink: inout Recorder) { stream.giveWay(into: &sink) }
    func finish(into sink: inout Recorder) { stream.finish(into: &sink) }
    func setPayloadMap(_ map: [PayloadType: CodecDescription]) { stream.setPayloadMap(map) }

    var nextDeadline: CaptureTime { stream.nextDeadline }
    var outcome: StreamPlayout.Outcome { stream.outcome }
    var events: [PlayoutEvent] { outcome.events }
    var tones: [PlayoutTone] { outcome.tones }
    var incidents: [PlayoutIncident] { outcome.incidents }
}

/// Feeds packets of L16/8000, 20 ms each, whose samples all carry the packet's tag.
struct Bench {
    static let start = CaptureTime(nanoseconds: 1_700_000_000_000_000_000)
    let playout: Playout
    var sink = Recorder()
    private var frame: UInt32 = 0

    init(rate: Int = 8000, map: [PayloadType: CodecDescription] = Bench.map, change: (inout StreamPlayout.Configuration) -> Void = { _ in }) {
        var configuration = StreamPlayout.Configuration(timelineStart: Bench.start, trackRate: rate, payloadMap: map)
        change(&configuration)
        playout = Playout(configuration)
    }

    static let map: [PayloadType: CodecDescription] = [
        PayloadType(96): CodecDescription(encoding: "L16", clockRate: .narrowband),
        PayloadType(0): CodecDescription(encoding: "PCMU", clockRate: .narrowband),
        PayloadType(13): CodecDescription(encoding: "CN", clockRate: .narrowband),
        PayloadType(18): CodecDescription(encoding: "G728", clockRate: .narrowband),
        PayloadType(101): CodecDescription(encoding: "telephone-event", clockRate: .narrowband),
    ]

    static func time(_ milliseconds: Double) -> CaptureTime { CaptureTime(nanoseconds: start.nanoseconds + Int64(milliseconds * 1e6)) }

    static func payload(tag: Int, frames: Int = 160) -> [UInt8] {
        (0..<frames).flatMap { _ in [UInt8(truncatingIfNeeded: tag >> 8), UInt8(truncatingIfNeeded: tag)] }
    }

    /// `at`: milliseconds after the start of the timeline.
    mutating func push(
        _ sequence: Int, _ timestamp: Int, at milliseconds: Double, type: UInt8 = 96, tag: Int? = nil, payload: [UInt8]? = nil, isMarked: Bool = false
    ) {
        frame += 1
        let octets = payload ?? Bench.payload(tag: tag ?? (sequence & 0x7FFF))
        let packet = PlayoutPacket(
            sequence: SequenceNumber(UInt16(truncatingIfNeeded: sequence)), timestamp: RTPTimestamp(UInt32(truncatingIfNeeded: timestamp)),
            payloadType: PayloadType(type), arrival: Bench.time(milliseconds), origin: Origin(capture: 0, frame: frame), payload: octets.span.bytes,
            isMarked: isMarked)
        playout.push(packet, into: &sink)
    }

    /// Packets `range`, 20 ms apart, number n at n * 20 ms.
    mutating func run(_ range: Range<Int>, sequence: Int = 0, timestamp: Int = 0, at: Double = 0, except: Set<Int> = []) {
        for index in range where !except.contains(index) { push(sequence + index, timestamp + 160 * index, at: at + 20 * Double(index)) }
    }

    mutating func restore(_ sequence: Int, _ timestamp: Int, at milliseconds: Double, from source: RecoverySource) {
        frame += 1
        let octets = Bench.payload(tag: sequence & 0x7FFF)
        let packet = PlayoutPacket(
            sequence: SequenceNumber(UInt16(truncatingIfNeeded: sequence)), timestamp: RTPTimestamp(UInt32(truncatingIfNeeded: timestamp)),
            payloadType: PayloadType(96), arrival: Bench.time(milliseconds), origin: Origin(capture: 0, frame: frame), payload: octets.span.bytes)
        playout.restore(packet, from: source, into: &sink)
    }

    mutating func mark(_ sequence: Int, _ timestamp: Int, at milliseconds: Double, cause: GapCause) {
        frame += 1
        playout.mark(
            SequenceNumber(UInt16(truncatingIfNeeded: sequence)), RTPTimestamp(UInt32(truncatingIfNeeded: timestamp)), at: Bench.time(milliseconds),
            frame: frame, cause, into: &sink)
    }

    mutating func finish() { playout.finish(into: &sink) }

    var statistics: PlayoutStatistics { playout.outcome.statistics }

    /// Every packet that played, as [position, tag].
    static func expected(_ range: some Sequence<Int>, sequence: Int = 0, shift: Int = 0) -> [[Int]] {
        range.map { [160 * $0 + shift, (sequence + $0) & 0xFFFF & 0x7FFF] }
    }
}

struct GapRow: Equatable {
    let startMilliseconds: Int
    let milliseconds: Int
    let packets: Int?
    let cause: GapCause

    init(_ start: Int, _ length: Int, _ packets: Int?, _ cause: GapCause) {
        startMilliseconds = start
        milliseconds = length
        self.packets = packets
        self.cause = cause
    }

    init(_ gap: PlayoutGap) {
        self.init(Int((gap.start.seconds(since: Bench.start) * 1000).rounded()), Int((gap.duration * 1000).rounded()), gap.packets, gap.cause)
    }
}
