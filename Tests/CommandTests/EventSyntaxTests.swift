import Foundation
import Testing

/// `events.vtt`, `events.txt`, `events.rttm` and `events.TextGrid` of all samples, read by the letter of each format. The readers here are our
/// own and strict: whatever a line may not be, they say.
@Suite struct EventSyntaxTests {
    /// What is wrong with a file; empty where nothing is.
    typealias Faults = [String]

    // MARK: Readers

    /// W3C WebVTT, section 4.1: signature, blank line, cue blocks of identifier, timings and payload.
    static func webVTT(_ text: String) -> Faults {
        var faults: Faults = []
        guard text.hasPrefix("WEBVTT\n"), text.hasSuffix("\n") else { return ["no signature, or no end of line at the end"] }
        var last = 0
        for block in text.dropFirst(7).components(separatedBy: "\n\n") where !block.trimmingCharacters(in: .newlines).isEmpty {
            let lines = block.trimmingCharacters(in: .newlines).components(separatedBy: "\n")
            guard lines.count >= 3, !lines[0].isEmpty, !lines[0].contains("-->") else {
                faults.append("no cue: \(block)")
                continue
            }
            guard let match = lines[1].wholeMatch(of: /(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})/) else {
                faults.append("timings: \(lines[1])")
                continue
            }
            func milliseconds(_ hours: Substring, _ minutes: Substring, _ seconds: Substring, _ rest: Substring) -> Int {
                ((Int(hours) ?? 0) * 3600 + (Int(minutes) ?? 0) * 60 + (Int(seconds) ?? 0)) * 1000 + (Int(rest) ?? 0)
            }
            let start = milliseconds(match.1, match.2, match.3, match.4)
            let end = milliseconds(match.5, match.6, match.7, match.8)
            if end <= start || start < last { faults.append("order of times: \(lines[1])") }
            last = start
            let payload = lines[2...].joined(separator: "\n")
            if payload.contains("-->") || payload.contains("<") { faults.append("payload: \(payload)") }
            for part in payload.components(separatedBy: "&").dropFirst() where !["amp;", "lt;", "gt;"].contains(where: part.hasPrefix) {
                faults.append("reference: \(payload)")
            }
        }
        return faults
    }

    /// Audacity manual, "Importing and Exporting Labels": start, end, label, tabs between; a tab in a label would end it.
    static func audacity(_ text: String) -> Faults {
        var faults: Faults = []
        for line in text.components(separatedBy: "\n").dropLast() {
            let parts = line.components(separatedBy: "\t")
            guard parts.count == 3, let start = number(parts[0], decimals: 6), let end = number(parts[1], decimals: 6), end >= start, !parts[2].isEmpty else {
                faults.append(line)
                continue
            }
        }
        if !text.isEmpty, !text.hasSuffix("\n") { faults.append("no end of line at the end") }
        return faults
    }

    /// NIST, Rich Transcription evaluation plan, appendix A: ten fields, SPEAKER with onset and duration.
    static func rttm(_ text: String) -> Faults {
        var faults: Faults = []
        var last = 0.0
        for line in text.components(separatedBy: "\n").dropLast() {
            let parts = line.components(separatedBy: " ")
            guard parts.count == 10, parts.allSatisfy({ !$0.isEmpty }), parts[0] == "SPEAKER", parts[2] == "1", let onset = number(parts[3], decimals: 3),
                let length = number(parts[4], decimals: 3), onset >= last, length > 0, parts[5] == "<NA>", parts[6] == "<NA>", parts[7] != "<NA>",
                parts[8] == "<NA>", parts[9] == "<NA>"
            else {
                faults.append(line)
                continue
            }
            last = onset
        }
        return faults
    }

    private static func number(_ text: String, decimals: Int) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == decimals, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Double(text)
    }

    /// Praat manual, "TextGrid file formats", long form: tiers of intervals without holes, tiers of points in order, quotes doubled.
    struct TextGridReader {
        private var lines: ArraySlice<String>
        private(set) var faults: Faults = []
        private(set) var tiers: [(name: String, labels: [String])] = []

        init(_ text: String) {
            lines = text.components(separatedBy: "\n")[...]
            guard next() == "File type = \"ooTextFile\"", next() == "Object class = \"TextGrid\"", next() == "" else {
                faults.append("head")
                return
            }
            guard let begin = value("xmin"), let end = value("xmax"), begin == 0, end > 0 else { return }
            let exists = next()
            if exists == "tiers? <absent>" { return }
            guard exists == "tiers? <exists>", let count = value("size"), next() == "item []:" else {
                faults.append("tiers")
                return
            }
            for number in 1...max(1, Int(count)) {
                if next() == "item [\(number)]:" { tier(end) } else { faults.append("item \(number)") }
                if !faults.isEmpty { return }
            }
            if lines.contains(where: { !$0.isEmpty }) { faults.append("something follows: \(lines.first ?? "")") }
        }

        private mutating func next() -> String? { lines.popFirst()?.trimmingCharacters(in: .whitespaces) }

        private mutating func value(_ name: String) -> Double? {
            let line = next() ?? ""
            guard line.hasPrefix(name + " = "), let number = Double(line.dropFirst(name.count + 3)) else {
                faults.append("\(name): \(line)")
                return nil
            }
            return number
        }

        private mutating func text(_ name: String) -> String? {
            let line = next() ?? ""
            guard line.hasPrefix(name + " = \""), line.hasSuffix("\""), line.count > name.count + 4 else {
                faults.append("\(name): \(line)")
                return nil
            }
            let inner = line.dropFirst(name.count + 4).dropLast()
            // Every quotation mark has a twin.
            if inner.replacingOccurrences(of: "\"\"", with: "").contains("\"") { faults.append("quotation mark: \(line)") }
            return inner.replacingOccurrences(of: "\"\"", with: "\"")
        }

        private mutating func tier(_ end: Double) {
            guard let kind = text("class"), let name = text("name"), value("xmin") == 0, value("xmax") == end else { return faults.append("tier") }
            var labels: [String] = []
            if kind == "IntervalTier" {
                guard let count = value("intervals: size"), count >= 1 else { return }
                var at = 0.0
                for number in 1...Int(count) {
                    guard next() == "intervals [\(number)]:", let from = value("xmin"), let until = value("xmax"), let label = text("text") else {
                        return faults.append("interval \(number) of \(name)")
                    }
                    if from != at || until <= from { faults.append("interval \(number) of \(name): \(from) to \(until) after \(at)") }
                    at = until
                    labels.append(label)
                }
                if at != end { faults.append("\(name) ends at \(at), not \(end)") }
            } else {
                guard kind == "TextTier", let count = value("points: size"), count >= 1 else { return faults.append("kind \(kind)") }
                var last = -1.0
                for number in 1...Int(count) {
                    guard next() == "points [\(number)]:", let at = value("number"), let label = text("mark") else { return faults.append("point \(number)") }
                    if at <= last || at > end { faults.append("point \(number) at \(at) after \(last)") }
                    last = at
                    labels.append(label)
                }
            }
            tiers.append((name, labels))
        }
    }

    // MARK: Tests

    @Test("the readers refuse what is not by the letter")
    func readersRefuse() {
        let cue = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nhold A &amp; B\n"
        #expect(Self.webVTT(cue).isEmpty)
        for (from, to) in [("WEBVTT", "WEBVT"), ("01.000", "01,000"), ("02.000", "01.000"), ("&amp;", "&"), ("hold", "<b>"), ("hold", "-->")] {
            #expect(!Self.webVTT(cue.replacingOccurrences(of: from, with: to)).isEmpty, "\(from) \(to)")
        }
        #expect(Self.audacity("1.000000\t1.000000\thold\n").isEmpty)
        for bad in ["1,0\t1.000000\thold\n", "2.000000\t1.000000\thold\n", "1.000000\t1.000000\t\n", "1.000000\t1.000000\ta\tb\n"] {
            #expect(!Self.audacity(bad).isEmpty)
        }
        let line = "SPEAKER id 1 0.500 2.000 <NA> <NA> ann <NA> <NA>\n"
        #expect(Self.rttm(line).isEmpty)
        for (from, to) in [("ann", "ann b"), ("2.000", "0.000"), ("0.500", "x"), ("SPEAKER", "SPEAKERS"), (" <NA>\n", "\n")] {
            #expect(!Self.rttm(line.replacingOccurrences(of: from, with: to)).isEmpty, "\(from) \(to)")
        }
        let grid = """
            File type = "ooTextFile"
            Object class = "TextGrid"

            xmin = 0
            xmax = 2.000000
            tiers? <exists>
            size = 2
            item []:
                item [1]:
                    class = "IntervalTier"
                    name = "A ""B"" C"
                    xmin = 0
                    xmax = 2.000000
                    intervals: size = 2
                    intervals [1]:
                        xmin = 0.000000
                        xmax = 1.000000
                        text = ""
                    intervals [2]:
                        xmin = 1.000000
                        xmax = 2.000000
                        text = "audio"
                item [2]:
                    class = "TextTier"
                    name = "events"
                    xmin = 0
                    xmax = 2.000000
                    points: size = 1
                    points [1]:
                        number = 1.500000
                        mark = "hold"

            """
        let read = TextGridReader(grid)
        #expect(read.faults.isEmpty && read.tiers.map(\.name) == ["A \"B\" C", "events"] && read.tiers.map(\.labels) == [["", "audio"], ["hold"]])
        for (from, to) in [
            ("xmin = 1.000000", "xmin = 1.100000"), ("\"\"B\"\"", "\"B\"\""), ("size = 2\nitem", "size = 3\nitem"), ("number = 1.500000", "number = 2.500000"),
            ("ooTextFile", "ooBinaryFile"), ("\"audio\"", "audio"),
        ] {
            #expect(!TextGridReader(grid.replacingOccurrences(of: from, with: to)).faults.isEmpty, "\(from) \(to)")
        }
    }

    @Test("event files of all samples and of hostile names are by the letter, and tell of one list of events")
    func allSamples() throws {
        let scratch = try Scratch()
        let names = Set(Checkout.sampleNames)
        let inputs = names.flatMap { Checkout.capture(of: $0) } + CheckCommandTests.deviations.map { CheckCommandTests.capture($0.capture) }
        _ = try CommandRun(["reconstruct"] + inputs.sorted() + ["-o", scratch.path("out"), "--events", "rttm,textgrid", "--no-report"])
        let folders = Tree.files(scratch.path("out")).filter { $0.hasSuffix("/recording.json") }.map { $0.dropLast("recording.json".count) }
        #expect(folders.count >= names.count)
        for folder in folders {
            func text(_ name: String) throws -> String { try Tree.text(scratch.path("out/\(folder)\(name)")) }
            let record = try Tree.object(scratch.path("out/\(folder)recording.json"))
            let events = try #require(record["events"] as? [[String: Any]])
            let (vtt, labels, rttm) = (try text("events.vtt"), try text("events.txt"), try text("events.rttm"))
            #expect(Self.webVTT(vtt) == [], "\(folder)")
            #expect(Self.audacity(labels) == [], "\(folder)")
            #expect(Self.rttm(rttm) == [], "\(folder)")
            let grid = TextGridReader(try text("events.TextGrid"))
            #expect(grid.faults == [], "\(folder)")
            // One list of events: as many cues and labels, and every point that lies inside the recording.
            #expect(vtt.components(separatedBy: " --> ").count - 1 == events.count, "\(folder)")
            #expect(labels.components(separatedBy: "\n").count - 1 == events.count, "\(folder)")
            let duration = try #require(record["duration"] as? Double)
            let inside = events.compactMap { $0["offset"] as? Double }.filter { $0 >= 0 && $0 <= max(duration, 0.001) }
            let points = grid.tiers.filter { $0.name == "events" }.flatMap(\.labels).flatMap { $0.components(separatedBy: "; ") }
            #expect(points.count == inside.count, "\(folder)")
            // Whoever speaks in one file of intervals speaks in the other.
            let speakers = Set(rttm.components(separatedBy: "\n").compactMap { $0.isEmpty ? nil : $0.components(separatedBy: " ")[7] })
            #expect(speakers.count == grid.tiers.count(where: { $0.name != "events" }), "\(folder)")
        }
    }
}
