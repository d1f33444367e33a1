package import CaptureFormat
package import Evidence

/// One input in canonical order.
package struct OrderedInput: Sendable {
    package let input: any CaptureInput
    package let firstTime: CaptureTime
    package let format: CaptureParser.Format
}

/// Several inputs as one timeline: ordered by packet time, never by name or argument.
package struct FrameMerge {
    package let inputs: [OrderedInput]
    private let limits: Limits

    /// What could not be opened or is no capture, beside what can be read.
    package struct Rejected: Sendable {
        package let name: String
        package let reason: String
    }

    package let rejected: [Rejected]

    /// Looks at the head of every input. The order is by first packet, then size, then name: it does not depend on the order given.
    package init(_ candidates: [any CaptureInput], faults: [InputFault] = [], limits: Limits) {
        var found: [(OrderedInput, UInt64)] = []
        var rejected = faults.map { Rejected(name: $0.name, reason: $0.reason) }
        for input in candidates {
            var description = ""
            do {
                let source = try FrameSource(capture: 0, reader: input.open(), limits: limits, description: &description)
                found.append(
                    (OrderedInput(input: input, firstTime: source.nextTime ?? .distantFuture, format: source.parser.format), source.headDigest))
            } catch {
                guard input.isExplicit || !error.isNoCapture else { continue }
                rejected.append(Rejected(name: input.displayName, reason: error.isNoCapture ? "is no capture; it looks like \(error.reason)" : error.reason))
            }
        }
        inputs = found.sorted { left, right in
            if left.0.firstTime != right.0.firstTime { return left.0.firstTime < right.0.firstTime }
            if left.0.input.size != right.0.input.size { return left.0.input.size ?? 0 < right.0.input.size ?? 0 }
            if left.1 != right.1 { return left.1 < right.1 }
            return left.0.input.displayName < right.0.input.displayName
        }.map(\.0)
        self.rejected = rejected.sorted { ($0.name, $0.reason) < ($1.name, $1.reason) }
        self.limits = limits
    }

    /// What one pass over one input left: its parser knows interfaces, secrets and damage.
    package struct Finished: Sendable {
        package let capture: UInt32
        package let parser: CaptureParser
        package let fault: InputFault?
    }

    /// Reads everything once. Inputs are opened when their first packet is due and closed at their end, so that days of rotated files
    /// never need more than a few open at a time.
    package func run(_ visitor: inout some FrameVisitor) -> [Finished] {
        var finished: [Finished] = []
        var active: [FrameSource] = []
        var next = 0
        while true {
            var chosen = -1
            var second = CaptureTime.distantFuture
            for (index, source) in active.enumerated() {
                guard let time = source.nextTime else { continue }
                if chosen < 0 || time < active[chosen].nextTime ?? .distantFuture {
                    if chosen >= 0 { second = min(second, active[chosen].nextTime ?? .distantFuture) }
                    chosen = index
                } else {
                    second = min(second, time)
                }
            }
            if next < inputs.count, chosen < 0 || inputs[next].firstTime <= active[chosen].nextTime ?? .distantFuture {
                var description = ""
                do {
                    let source = try FrameSource(capture: UInt32(next), reader: inputs[next].input.open(), limits: limits, description: &description)
                    if source.nextTime == nil {
                        finished.append(Finished(capture: UInt32(next), parser: source.parser, fault: source.fault))
                    } else {
                        active.append(source)
                    }
                } catch {
                    finished.append(
                        Finished(
                            capture: UInt32(next), parser: CaptureParser(format: inputs[next].format, limits: limits),
                            fault: InputFault(name: inputs[next].input.displayName, reason: error.reason)))
                }
                next += 1
                continue
            }
            guard chosen >= 0 else { break }
            if next < inputs.count { second = min(second, inputs[next].firstTime) }
            var more = false
            var fault: InputFault?
            do {
                more = try active[chosen].run(until: second, &visitor)
            } catch {
                fault = InputFault(name: inputs[Int(active[chosen].capture)].input.displayName, reason: error.reason)
            }
            if !more {
                finished.append(Finished(capture: active[chosen].capture, parser: active[chosen].parser, fault: fault))
                active.remove(at: chosen)
                if visitor.shouldStop(afterReading: 0) { break }
            }
        }
        for source in active { finished.append(Finished(capture: source.capture, parser: source.parser, fault: nil)) }
        return finished.sorted { $0.capture < $1.capture }
    }
}
