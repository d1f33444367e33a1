public import CaptureFormat
public import Evidence

/// Frames of the buffer by time, where the file does not have them so: several capturing interfaces or queues write one file in turns.
@usableFromInline
struct FrameBatch {
    /// Disorder beyond this, in nanoseconds, is a clock that was set, not packets that overtook one another: 1 s. Such files are read as they are.
    static let tolerance: Int64 = 1_000_000_000

    @usableFromInline private(set) var isInUse = false
    private var frames: [CapturedFrame] = []
    private var next = 0
    /// Position in the buffer after the frames.
    @usableFromInline private(set) var end = 0
    @usableFromInline private(set) var isLast = false

    var nextTime: CaptureTime? { next < frames.count ? frames[next].time : nil }

    mutating func begin() { isInUse = true }

    mutating func fill(_ frames: [CapturedFrame], end: Int, isLast: Bool) {
        self.frames = frames.sorted { ($0.time, $0.number) < ($1.time, $1.number) }
        next = 0
        self.end = end
        self.isLast = isLast
    }

    /// The next frame unless it is later than `bound`.
    @usableFromInline
    mutating func take(until bound: CaptureTime) -> CapturedFrame? {
        guard next < frames.count, frames[next].time <= bound else { return nil }
        next += 1
        return frames[next - 1]
    }

    @usableFromInline var isDone: Bool { next >= frames.count }
}

extension FrameSource {
    /// Frames of the head that are looked at for disorder.
    private static let headFrames = 4096

    /// Whether a frame at the head comes a little after a later one. A clone of the parser looks; nothing is consumed.
    var isHeadDisordered: Bool {
        guard let (first, start) = pending else { return false }
        var clone = parser
        var clock = clock
        let bytes = unsafe buffer.span.bytes.extracting(0..<filled)
        var latest = first.time
        var at = start
        for _ in 0..<Self.headFrames {
            switch clone.next(in: bytes, from: at, fileOffset: base, isFinal: isFinal) {
            case .frame(let read, let next):
                let frame = clock.corrected(read, after: latest)
                if frame.time < latest, frame.isLittleBefore(latest) { return true }
                latest = frame.time
                at = next
            case .skip(let next): at = next
            case .needMore, .end: return false
            }
        }
        return false
    }

    /// From here on the frames of each buffer are delivered in order of time.
    @usableFromInline
    mutating func beginSorting() {
        batch.begin()
        guard let (frame, next) = pending else { return }
        pending = nil
        fillBatch([frame], from: next)
    }

    @usableFromInline
    @discardableResult
    mutating func fillBatch(_ head: [CapturedFrame], from start: Int) -> Int {
        var frames = head
        var at = start
        var needed = 0
        var isLast = false
        let octets = buffer
        let bytes = unsafe octets.span.bytes.extracting(0..<filled)
        reading: while true {
            switch parser.next(in: bytes, from: at, fileOffset: base, isFinal: isFinal) {
            case .frame(let read, let next):
                frames.append(clock.corrected(read, after: latest))
                latest = frames.last?.time ?? latest
                at = next
            case .skip(let next): at = next
            case .needMore(let count):
                needed = count
                isLast = isFinal
                break reading
            case .end:
                isLast = true
                break reading
            }
        }
        batch.fill(frames, end: at, isLast: isLast)
        return needed
    }

    /// As the plain scan, over sorted frames.
    @inlinable
    mutating func scanSorted(until bound: CaptureTime, _ visitor: inout some FrameVisitor) -> Stop {
        while true {
            let octets = buffer
            let bytes = unsafe octets.span.bytes
            while let frame = batch.take(until: bound) {
                visitor.visit(frame, bytes.extracting(frame.bodyStart..<frame.bodyStart + frame.capturedLength), capture: capture)
            }
            guard batch.isDone else { return .bound }
            position = max(position, batch.end)
            if batch.isLast { return .end }
            let needed = fillBatch([], from: position)
            guard batch.isDone else { continue }
            position = batch.end
            if !batch.isLast {
                batch.restart()
                return .refill(needed)
            }
        }
    }
}

extension FrameBatch {
    /// The buffer moves: positions in it are no more.
    @usableFromInline
    mutating func restart() { end = 0 }
}

extension CapturedFrame {
    /// The same frame with another time; times at the ends of the clock stay there.
    @inlinable @inline(__always)
    func shifted(by nanoseconds: Int64) -> CapturedFrame {
        guard nanoseconds != 0 else { return self }
        let (sum, over) = time.nanoseconds.addingReportingOverflow(nanoseconds)
        return CapturedFrame(
            time: over ? time : CaptureTime(nanoseconds: sum), number: number, linkType: linkType, interface: interface, bodyStart: bodyStart,
            capturedLength: capturedLength, originalLength: originalLength)
    }

    /// Whether this frame is earlier than `latest` by no more than packets overtake one another.
    @usableFromInline
    @inline(never)
    func isLittleBefore(_ latest: CaptureTime) -> Bool {
        let (distance, over) = latest.nanoseconds.subtractingReportingOverflow(time.nanoseconds)
        return !over && distance > 0 && distance <= FrameBatch.tolerance
    }
}
