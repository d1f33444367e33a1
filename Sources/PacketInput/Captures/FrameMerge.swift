package import CaptureFormat
public import Evidence

/// One input in canonical order.
package struct OrderedInput: Sendable {
    package let input: any CaptureInput
    package let firstTime: CaptureTime
    package let format: CaptureParser.Format
    /// Nanoseconds added to every time, by order of the user.
    package let shift: Int64
    /// Where its clock was set, in order of frames.
    package internal(set) var steps: [ClockStep] = []
}

/// Several inputs as one timeline: ordered by packet time, never by name or argument.
@usableFromInline
package struct FrameMerge: Sendable {
    package private(set) var inputs: [OrderedInput]
    private let limits: Limits

    /// What could not be opened or is no capture, beside what can be read.
    package struct Rejected: Sendable {
        package let name: String
        package let reason: String
    }

    package let rejected: [Rejected]
    /// What is wrong with the clock corrections, in words: one that names no input, or more than one file.
    package let correctionFaults: [String]

    /// Looks at the head of every input. The order is by first packet, then size, then name: it does not depend on the order given.
    ///
    /// When `observer` says that the user interrupts, inputs that were not looked at are left out.
    package init(
        _ candidates: [any CaptureInput], faults: [InputFault] = [], corrections: [ClockCorrection] = [], limits: Limits,
        observer: (any ReconstructionObserver)? = nil
    ) {
        var watch = HeadWatch(observer, total: candidates.reduce(0) { $0 + ($1.size ?? 0) })
        var found: [(OrderedInput, UInt64)] = []
        var rejected = faults.map { Rejected(name: $0.name, reason: $0.reason) }
        let (shifts, correctionFaults) = Self.shifts(of: candidates, corrections)
        for (index, input) in candidates.enumerated() where !watch.isInterrupted {
            var description = ""
            do {
                let source = try FrameSource(
                    capture: 0, reader: input.open(), limits: limits, shift: shifts[index], description: &description
                ) { watch.shouldStop(afterReading: $0) }
                let ordered = OrderedInput(
                    input: input, firstTime: source.nextTime ?? .distantFuture, format: source.parser.format, shift: shifts[index])
                found.append((ordered, source.headDigest))
            } catch {
                guard input.isExplicit || !error.isNoCapture else { continue }
                rejected.append(Rejected(name: input.displayName, reason: error.isNoCapture ? "is not a capture; it looks like \(error.reason)" : error.reason))
            }
        }
        inputs = found.sorted { left, right in
            if left.0.firstTime != right.0.firstTime { return left.0.firstTime < right.0.firstTime }
            if left.0.input.size != right.0.input.size { return left.0.input.size ?? 0 < right.0.input.size ?? 0 }
            if left.1 != right.1 { return left.1 < right.1 }
            return left.0.input.displayName < right.0.input.displayName
        }.map(\.0)
        self.rejected = rejected.sorted { ($0.name, $0.reason) < ($1.name, $1.reason) }
        self.correctionFaults = correctionFaults
        self.limits = limits
    }

    /// A correction may name a folder, and then goes for every file in it; a name that several files share is refused, as only one was meant.
    private static func shifts(of inputs: [any CaptureInput], _ corrections: [ClockCorrection]) -> ([Int64], [String]) {
        var shifts = [Int64](repeating: 0, count: inputs.count)
        var faults: [String] = []
        for correction in corrections {
            let named = inputs.indices.filter { inputs[$0].isNamed(correction.file) }
            let last = correction.file.split(separator: "/").last.map(String.init)
            let files = named.filter { inputs[$0].displayName == last }
            if named.isEmpty {
                faults.append("--clock-offset: no input is named '\(correction.file)'")
            } else if files.count > 1 {
                faults.append("--clock-offset: \(files.count) inputs are named '\(correction.file)'; give more of the path")
            } else {
                for index in named { shifts[index] = shifts[index].addingReportingOverflow(correction.nanoseconds).partialValue }
            }
        }
        return (shifts, faults)
    }

    /// The same inputs with their clocks put right.
    package func correcting(_ steps: [ClockStep]) -> FrameMerge {
        guard !steps.isEmpty else { return self }
        var merge = self
        for step in steps.sorted(by: { $0.after < $1.after }) where merge.inputs.indices.contains(Int(step.capture)) {
            merge.inputs[Int(step.capture)].steps.append(step)
        }
        return merge
    }

    /// What one pass over one input left: its parser knows interfaces, secrets and damage.
    @usableFromInline
    package struct Finished: Sendable {
        package let capture: UInt32
        package let parser: CaptureParser
        package let fault: InputFault?
        /// How far the reading was when it was stopped; nil where it came to the end.
        package let stopped: ReadAmount?

        init(_ source: FrameSource, fault: InputFault? = nil, isLeft: Bool = false) {
            capture = source.capture
            parser = source.parser
            self.fault = fault ?? source.fault
            stopped = source.wasStopped || isLeft ? source.amount : nil
        }

        init(capture: UInt32, parser: CaptureParser, fault: InputFault) {
            self.capture = capture
            self.parser = parser
            self.fault = fault
            stopped = nil
        }
    }

    /// Reads everything once. Inputs are opened when their first packet is due and closed at their end, so that days of rotated files
    /// never need more than a few open at a time.
    @inlinable
    package func run(_ visitor: inout some FrameVisitor) -> [Finished] {
        var pass = MergePass(self)
        while let bound = pass.open({ visitor.shouldStop(afterReading: $0) }) {
            if !pass.read(until: bound, &visitor), visitor.shouldStop(afterReading: ReadAmount()) { break }
        }
        return pass.finish()
    }

    /// The more inputs overlap, the smaller their buffers: what they take together stays about the same.
    fileprivate func begin(_ index: Int, beside others: Int, _ shouldStop: (ReadAmount) -> Bool) throws(InputFault) -> FrameSource {
        let octets = others < 32 ? FrameSource.bufferOctets : others < 256 ? FrameSource.bufferOctets / 2 : FrameSource.bufferOctets / 8
        var description = ""
        return try FrameSource(
            capture: UInt32(index), reader: inputs[index].input.open(), limits: limits, shift: inputs[index].shift, steps: inputs[index].steps,
            bufferOctets: octets, description: &description, shouldStop: shouldStop)
    }

    fileprivate func unread(_ index: Int, _ fault: InputFault) -> Finished {
        Finished(
            capture: UInt32(index), parser: CaptureParser(format: inputs[index].format, limits: limits),
            fault: InputFault(name: inputs[index].input.displayName, reason: fault.reason))
    }
}

/// One pass over all inputs: what is open, and what is over.
@usableFromInline
struct MergePass {
    private let merge: FrameMerge
    private var finished: [FrameMerge.Finished] = []
    @usableFromInline var sources = OpenSources()
    private var next = 0

    @usableFromInline
    init(_ merge: FrameMerge) { self.merge = merge }

    /// Opens the inputs that are due; returns until when the first one may be read, or nil when there is nothing more or reading was to stop.
    @usableFromInline
    mutating func open(_ shouldStop: (ReadAmount) -> Bool) -> CaptureTime? {
        while next < merge.inputs.count, sources.first.map({ merge.inputs[next].firstTime <= $0.time }) ?? true {
            defer { next += 1 }
            do throws(InputFault) {
                let source = try merge.begin(next, beside: sources.count, shouldStop)
                if source.nextTime == nil {
                    finished.append(FrameMerge.Finished(source))
                    if source.wasStopped { return nil }
                } else {
                    sources.insert(source)
                }
            } catch {
                finished.append(merge.unread(next, error))
            }
        }
        guard sources.first != nil else { return nil }
        return next < merge.inputs.count ? min(sources.second, merge.inputs[next].firstTime) : sources.second
    }

    /// Reads on in the input whose frame is next; false when that has ended and was closed.
    @inlinable
    mutating func read(until bound: CaptureTime, _ visitor: inout some FrameVisitor) -> Bool {
        do throws(InputFault) {
            if try sources.runFirst(until: bound, &visitor) { return true }
            close(nil)
        } catch {
            close(error)
        }
        return false
    }

    @usableFromInline
    mutating func close(_ fault: InputFault?) {
        guard let source = sources.removeFirst() else { return }
        let name = merge.inputs[Int(source.capture)].input.displayName
        finished.append(FrameMerge.Finished(source, fault: fault.map { InputFault(name: name, reason: $0.reason) }))
    }

    /// In order of the inputs; what is still open was left.
    @usableFromInline
    mutating func finish() -> [FrameMerge.Finished] {
        finished += sources.remaining.map { FrameMerge.Finished($0, isLeft: true) }
        return finished.sorted { $0.capture < $1.capture }
    }
}

/// Tells an observer of the inputs' heads, which may be long: nothing but a frame ends one.
private struct HeadWatch {
    private let observer: (any ReconstructionObserver)?
    private let total: Int
    private var amount = ReadAmount()

    init(_ observer: (any ReconstructionObserver)?, total: Int) {
        self.observer = observer
        self.total = total
    }

    var isInterrupted: Bool { observer?.isInterrupted ?? false }

    mutating func shouldStop(afterReading more: ReadAmount) -> Bool {
        amount = amount + more
        observer?.progressed(ReconstructionProgress(stage: .open, amount: amount, octetsTotal: total, frames: 0))
        return isInterrupted
    }
}

/// The inputs that are open, as a heap by the time of their next frame, then their number.
@usableFromInline
struct OpenSources {
    @usableFromInline
    struct Due: Comparable {
        @usableFromInline var time: CaptureTime
        let capture: UInt32
        @usableFromInline let slot: Int

        @usableFromInline
        static func < (left: Due, right: Due) -> Bool { (left.time, left.capture) < (right.time, right.capture) }
    }

    @usableFromInline var heap: [Due] = []
    @usableFromInline var sources: [FrameSource?] = []
    private var free: [Int] = []

    var count: Int { heap.count }
    var first: Due? { heap.first }

    /// Time of the second input's next frame; the distant future where there is none.
    var second: CaptureTime { heap.dropFirst().prefix(2).map(\.time).min() ?? .distantFuture }

    mutating func insert(_ source: FrameSource) {
        let slot = free.popLast() ?? sources.count
        let due = Due(time: source.nextTime ?? .distantFuture, capture: source.capture, slot: slot)
        if slot == sources.count { sources.append(source) } else { sources[slot] = source }
        heap.append(due)
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Reads on in the input whose frame is next; false when it has ended.
    @inlinable
    mutating func runFirst(until bound: CaptureTime, _ visitor: inout some FrameVisitor) throws(InputFault) -> Bool {
        let slot = heap[0].slot
        guard let more = try sources[slot]?.run(until: bound, &visitor), more, let time = sources[slot]?.nextTime else { return false }
        heap[0].time = time
        sink()
        return true
    }

    /// Closes the first input.
    mutating func removeFirst() -> FrameSource? {
        let slot = heap[0].slot
        let source = sources[slot]
        sources[slot] = nil
        free.append(slot)
        heap[0] = heap[heap.count - 1]
        heap.removeLast()
        sink()
        return source
    }

    @usableFromInline
    mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in (2 * parent + 1)...(2 * parent + 2) where child < heap.count && heap[child] < heap[least] { least = child }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    var remaining: [FrameSource] { sources.compactMap(\.self) }
}
