public import CaptureFormat
public import Evidence

/// Receives every captured frame in the order of the common timeline.
@usableFromInline
package protocol FrameVisitor {
    /// `bytes` are exactly the captured octets of the frame; they are gone after the call.
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32)
    /// Asked now and then, with what was read since; true stops the reading (interruption).
    mutating func shouldStop(afterReading amount: ReadAmount) -> Bool
}

/// One input being read: a buffer, the format's parser and the frame that comes next.
@usableFromInline
package struct FrameSource {
    /// Large enough that system calls do not show, small enough to stay in the second-level cache from reading over hashing to parsing.
    static let bufferOctets = 256 << 10
    /// No honest record is larger; a parser that asks for more has lost its way.
    private static let largestBuffer = 32 << 20

    @usableFromInline package let capture: UInt32
    @usableFromInline package internal(set) var parser: CaptureParser
    private let reader: any CaptureReader
    /// The reader, where the input is a text log.
    private let log: SIPLogReader?
    @usableFromInline var buffer: [UInt8]
    @usableFromInline var filled: Int
    @usableFromInline var position = 0
    /// Offset in the file of the buffer's first octet.
    @usableFromInline var base: UInt64 = 0
    @usableFromInline var isFinal = false
    @usableFromInline var pending: (frame: CapturedFrame, next: Int)?
    /// Read so far, and how much of that was told.
    package private(set) var amount = ReadAmount()
    private var reported = ReadAmount()
    /// Somebody wanted to stop before the end.
    @usableFromInline package internal(set) var wasStopped = false
    /// What is added to the times.
    @usableFromInline var clock: FrameClock
    /// Frames sorted by time, where the file is not: see `FrameSource+Order`.
    @usableFromInline var batch = FrameBatch()
    /// Time of the frame read last, and whether one came a little after a later one.
    @usableFromInline var latest = CaptureTime.distantPast
    @usableFromInline var isDisordered = false
    /// Why the octets end where they do; what came before is read all the same.
    @usableFromInline package internal(set) var fault: InputFault?

    /// The time of the frame that comes next; nil at the end.
    @usableFromInline package var nextTime: CaptureTime? { batch.isInUse ? batch.nextTime : pending?.frame.time }

    /// Reads up to the first frame, unless `shouldStop` says to stop before; throws with a description where it is no capture.
    package init(
        capture: UInt32, reader: any CaptureReader, limits: Limits, shift: Int64 = 0, steps: [ClockStep] = [], bufferOctets: Int = bufferOctets,
        description: inout String,
        shouldStop: (ReadAmount) -> Bool
    ) throws(InputFault) {
        self.capture = capture
        clock = FrameClock(shift: shift, steps: steps)
        var buffer = [UInt8](repeating: 0, count: max(bufferOctets, 8192))
        var filled = 0
        var fault: InputFault?
        while filled < 4096, fault == nil {
            var count = 0
            do throws(InputFault) { count = try reader.read(into: &buffer, from: filled) } catch { fault = error }
            if count == 0 { break }
            filled += count
        }
        let format = Self.sniff(buffer, filled, &description)
        if let fault, format == nil || filled == 0 { throw fault }
        guard let format else { throw InputFault(name: "", reason: description, isNoCapture: true) }
        parser = CaptureParser(format: format, limits: limits)
        self.fault = fault
        isFinal = fault != nil
        if format == .sipMessageLog {
            let log = SIPLogReader(fault == nil ? reader : NoReader(), head: buffer[..<filled])
            self.log = log
            self.reader = log
            self.filled = 0
            isFinal = false
        } else {
            log = nil
            self.reader = reader
            self.filled = filled
        }
        self.buffer = buffer
        advance(by: filled)
        prime(shouldStop)
        if isHeadDisordered { beginSorting() }
    }

    private static func sniff(_ buffer: [UInt8], _ filled: Int, _ description: inout String) -> CaptureParser.Format? {
        let head = unsafe buffer.span.bytes.extracting(0..<filled)
        if let format = CaptureParser.sniff(head) { return format }
        description = CaptureParser.describe(head)
        return nil
    }

    /// FNV-1a of the first octets: tells inputs apart that begin at the same time, whatever their names.
    package var headDigest: UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in buffer[..<min(filled, 64 << 10)] { digest = (digest ^ UInt64(octet)) &* 0x100_0000_01B3 }
        return digest
    }

    @usableFromInline
    enum Stop { case bound, refill(Int), end }

    /// Finds the first frame; a damaged or hostile head may have none for as long as anybody reads.
    private mutating func prime(_ shouldStop: (ReadAmount) -> Bool) {
        var nobody = NoVisitor()
        while pending == nil {
            switch scan(until: .distantPast, &nobody) {
            case .bound: break
            case .refill(let needed):
                refill(needed)
                wasStopped = shouldStop(takeUnreported())
                if wasStopped { return }
            case .end: return
            }
        }
    }

    /// Delivers frames up to and including time `bound`; false when the input has ended or the visitor wants to stop.
    @inlinable
    package mutating func run(until bound: CaptureTime, _ visitor: inout some FrameVisitor) throws(InputFault) -> Bool {
        while true {
            switch scan(until: bound, &visitor) {
            case .bound: return true
            case .refill(let needed):
                refill(needed)
                if isDisordered, !batch.isInUse { beginSorting() }
                wasStopped = visitor.shouldStop(afterReading: takeUnreported())
                if wasStopped { return false }
            case .end:
                if let fault { throw fault }
                return false
            }
        }
    }

    @inlinable
    mutating func scan(until bound: CaptureTime, _ visitor: inout some FrameVisitor) -> Stop {
        if batch.isInUse { return scanSorted(until: bound, &visitor) }
        // A second reference to the octets, so that the parser may change while they are looked at.
        let octets = buffer
        return unsafe Self.walk(
            octets.span.bytes.extracting(0..<filled), Place(base: base, isFinal: isFinal, capture: capture, bound: bound), &clock, &parser, &position,
            &pending, &latest, &isDisordered, &visitor)
    }

    /// What does not change during one walk over the buffer.
    @frozen
    @usableFromInline
    struct Place {
        @usableFromInline let base: UInt64
        @usableFromInline let isFinal: Bool
        @usableFromInline let capture: UInt32
        @usableFromInline let bound: CaptureTime

        @inlinable
        init(base: UInt64, isFinal: Bool, capture: UInt32, bound: CaptureTime) {
            self.base = base
            self.isFinal = isFinal
            self.capture = capture
            self.bound = bound
        }
    }

    /// The per-packet loop: no call leaves it but the parser's and the decoder's inlined ones.
    @inlinable @inline(__always)
    static func walk<Visitor: FrameVisitor>(
        _ bytes: RawSpan, _ place: Place, _ clock: inout FrameClock, _ parser: inout CaptureParser, _ position: inout Int,
        _ pending: inout (frame: CapturedFrame, next: Int)?, _ latest: inout CaptureTime, _ isDisordered: inout Bool, _ visitor: inout Visitor
    ) -> Stop {
        if let (frame, next) = pending {
            if frame.time > place.bound { return .bound }
            visitor.visit(frame, bytes.extracting(frame.bodyStart..<frame.bodyStart + frame.capturedLength), capture: place.capture)
            position = next
            pending = nil
        }
        while true {
            let read: CapturedFrame
            let next: Int
            if let plain = parser.nextPlain(in: bytes, from: position) {
                read = plain
                next = plain.bodyStart &+ plain.capturedLength
            } else {
                switch other(bytes, place, &parser, position) {
                case .frame(let frame, let behind):
                    read = frame
                    next = behind
                case .skip(let behind):
                    position = behind
                    continue
                case .needMore(let count): return place.isFinal ? .end : .refill(count)
                case .end: return .end
                }
            }
            let frame = clock.corrected(read, after: latest)
            if frame.time < latest, frame.isLittleBefore(latest) { isDisordered = true }
            latest = frame.time
            if frame.time > place.bound {
                pending = (frame, next)
                return .bound
            }
            visitor.visit(frame, bytes.extracting(frame.bodyStart..<frame.bodyStart + frame.capturedLength), capture: place.capture)
            position = next
        }
    }

    /// Apart, as what it may return would go through memory with every packet.
    @usableFromInline
    @inline(never)
    static func other(_ bytes: RawSpan, _ place: Place, _ parser: inout CaptureParser, _ position: Int) -> CaptureStep {
        parser.next(in: bytes, from: position, fileOffset: place.base, isFinal: place.isFinal)
    }

    /// Moves what is left to the front and reads on.
    @usableFromInline
    mutating func refill(_ needed: Int) {
        let rest = filled - position
        if position > 0, rest > 0 {
            unsafe buffer.withUnsafeMutableBytes { raw in
                guard let start = raw.baseAddress else { return }
                unsafe start.copyMemory(from: start + position, byteCount: rest)
            }
        }
        base += UInt64(position)
        position = 0
        filled = max(0, rest)
        if needed > buffer.count, needed <= Self.largestBuffer {
            buffer += [UInt8](repeating: 0, count: needed - buffer.count)
        }
        var got = 0
        repeat {
            var count = 0
            if filled < buffer.count {
                do throws(InputFault) { count = try reader.read(into: &buffer, from: filled) } catch { fault = error }
            }
            if count == 0 {
                isFinal = log?.isPaused != true
                break
            }
            filled += count
            got += count
        } while filled < needed
        advance(by: got)
        for remark in log?.takeRemarks() ?? [] { parser.add(remark) }
    }
}

extension FrameSource {
    private mutating func advance(by octets: Int) { amount = reader.amount ?? amount + ReadAmount(taken: octets, unpacked: octets) }

    @usableFromInline
    mutating func takeUnreported() -> ReadAmount {
        defer { reported = amount }
        return amount - reported
    }
}

/// What stands behind an input that could not be read on.
private final class NoReader: CaptureReader {
    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int { 0 }
}

/// Only looks for the first frame: every frame is later than the bound given with it.
private struct NoVisitor: FrameVisitor {
    mutating func visit(_ frame: CapturedFrame, _ bytes: RawSpan, capture: UInt32) {}
    mutating func shouldStop(afterReading amount: ReadAmount) -> Bool { false }
}
