/// How two outcomes differ, in lines for a reader.
struct Comparison {
    /// Facts that the transformation changes by its nature, by the words of their names.
    var ignoring: Set<String> = []
    /// Whether samples are compared one by one at their places.
    var comparesSamples = true
    /// Seconds by which any time may differ.
    var tolerance = 0.0

    /// Accusations of other findings say nothing about the recording; each law has those of its own.
    static let strict = Comparison(ignoring: ["findings"])

    func differences(_ expected: Outcome, _ actual: Outcome) -> [String] {
        var lines: [String] = []
        if expected.recordings.count != actual.recordings.count {
            lines.append("\(expected.recordings.count) recordings became \(actual.recordings.count)")
            for (sign, outcome) in [("-", expected), ("+", actual)] {
                lines += outcome.recordings.map { "  \(sign) \($0.facts["kind"] ?? "") \($0.facts["calls"] ?? "") \($0.tracks.keys.sorted())" }
            }
            return lines
        }
        for (number, (before, after)) in zip(expected.recordings, actual.recordings).enumerated() {
            for line in differences(before, after) { lines.append("recording \(number + 1): \(line)") }
        }
        return lines
    }

    func differences(_ before: Outcome.Recording, _ after: Outcome.Recording) -> [String] {
        var lines: [String] = []
        for name in Set(before.facts.keys).union(after.facts.keys).sorted() where !isIgnored(name) {
            let (old, new) = (before.facts[name] ?? "absent", after.facts[name] ?? "absent")
            guard old != new, tolerance == 0 || !Self.isNear(old, new, tolerance) else { continue }
            lines.append("\(name): " + Self.changed(old, new))
        }
        guard comparesSamples else { return lines }
        for path in Set(before.tracks.keys).union(after.tracks.keys).sorted() {
            guard let old = before.tracks[path], let new = after.tracks[path] else {
                lines.append("\(path): only \(before.tracks[path] == nil ? "after" : "before")")
                continue
            }
            if let difference = old.difference(from: new, tolerance: tolerance) { lines.append("\(path): \(difference)") }
        }
        return lines
    }

    private func isIgnored(_ name: String) -> Bool { !ignoring.isDisjoint(with: name.split(separator: " ").map(String.init)) }

    /// Whether two texts differ in their decimal fractions only, and by no more than `tolerance`.
    private static func isNear(_ old: String, _ new: String, _ tolerance: Double) -> Bool {
        func words(_ text: String) -> [Substring] { text.split { " \n[]{},+".contains($0) } }
        let (old, new) = (words(old), words(new))
        return old.count == new.count
            && zip(old, new).allSatisfy { left, right in
                if left == right { return true }
                guard left.contains(".") || right.contains("."), let left = Double(left), let right = Double(right) else { return false }
                return abs(left - right) <= tolerance + 1e-9
            }
    }

    /// The lines that are not in both texts.
    private static func changed(_ old: String, _ new: String) -> String {
        let (old, new) = (old.split(separator: "\n").map(String.init), new.split(separator: "\n").map(String.init))
        if old.count <= 1, new.count <= 1 { return "\(old.first ?? "nothing") became \(new.first ?? "nothing")" }
        var lines: [String] = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(_, let line, _): lines.append("- \(line)")
            case .insert(_, let line, _): lines.append("+ \(line)")
            }
            if lines.count == 12 { break }
        }
        return "\(old.count) lines became \(new.count): " + lines.joined(separator: " | ")
    }
}

extension Outcome.Track {
    /// Nil if both are the same at the same time.
    func difference(from other: Outcome.Track, tolerance: Double = 0) -> String? {
        if sampleRate != other.sampleRate || channels != other.channels { return "\(sampleRate) Hz became \(other.sampleRate) Hz" }
        if samples == other.samples { return abs(Double(start - other.start)) <= tolerance * 1e9 ? nil : "begins \(Double(other.start - start) / 1e9) s later" }
        let common = min(samples.count, other.samples.count)
        var first: Int?
        var count = 0
        for index in 0..<common where samples[index] != other.samples[index] {
            if first == nil { first = index }
            count += 1
        }
        let rate = Double(sampleRate * channels)
        var text = "\(samples.count) samples became \(other.samples.count)"
        if let first { text += ", \(count) differ, first at \(Double(first) / rate) s" }
        return text
    }
}
