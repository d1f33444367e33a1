import Evidence

/// The line before a message in a text log: when, from where, to where.
struct TimeLine: Sendable {
    /// Nil where the log writes none.
    let year: Int64?
    let month: Int64
    let source: Endpoint
    let destination: Endpoint
    /// Of a program's own log: its message may be indented, and ends with the next line that has a time.
    let isTrace: Bool
    private let day: Int64
    private let inDay: Int64
    /// Nanoseconds since 1970, where the log counts so.
    private let epoch: Int64?

    /// Of the time in `year`, read as UTC.
    func nanoseconds(year: Int64) -> Int64 {
        if let epoch { return epoch }
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        // The calendar is that of the base layer; 29 February in a year that has none is 1 March.
        let midnight = CaptureTime.parse("\(year)-\(two(month))-\(two(day))T00:00:00Z") ?? CaptureTime.parse("\(year)-03-01T00:00:00Z")
        return (midnight?.time.nanoseconds ?? 0) + inDay
    }

    /// Nil for any other line.
    init?(_ words: [String], stamp: LogStamp?) {
        if let found = Self.boundary(words) ?? Self.arrow(words) ?? Self.trace(words, stamp: stamp) { self = found } else { return nil }
    }

    /// The words of a line that may be one; none of one that is too short or too long.
    static func words(_ line: ArraySlice<UInt8>) -> [String] {
        guard line.count <= 512, line.count >= 16 else { return [] }
        return String(decoding: line, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" }).map(String.init)
    }

    init(at epoch: Int64, source: Endpoint, destination: Endpoint) {
        self.init(year: 1970, month: 1, day: 1, inDay: 0, source: source, destination: destination, epoch: epoch)
    }

    init(
        year: Int64?, month: Int64, day: Int64, inDay: Int64, source: Endpoint, destination: Endpoint, isTrace: Bool = false, epoch: Int64? = nil
    ) {
        self.isTrace = isTrace
        self.epoch = epoch
        self.year = year
        self.month = month
        self.day = day
        self.inDay = inDay
        self.source = source
        self.destination = destination
    }

    /// `Jul 10 12:00:00.123 On [1:0]10.0.0.1:5060 received from 10.0.0.2:5060`, or `sent to`.
    private static func boundary(_ words: [String]) -> TimeLine? {
        guard words.count >= 8, words[3] == "On", let month = month(words[0]), let day = Int64(words[1]), (1...31).contains(day),
            let inDay = clock(words[2]), let own = endpoint(words[4]), let other = endpoint(words[7])
        else { return nil }
        switch (words[5], words[6]) {
        case ("received", "from"): return TimeLine(year: nil, month: month, day: day, inDay: inDay, source: other, destination: own)
        case ("sent", "to"): return TimeLine(year: nil, month: month, day: day, inDay: inDay, source: own, destination: other)
        default: return nil
        }
    }

    /// A date, a time and `A -> B` in one line, whatever else stands there.
    private static func arrow(_ words: [String]) -> TimeLine? {
        guard let at = words.firstIndex(where: { $0 == "->" || $0 == "-->" || $0 == "--->" }), at > 0, at + 1 < words.count,
            let source = endpoint(words[at - 1]), let destination = endpoint(words[at + 1])
        else { return nil }
        for index in words[..<at].indices.dropLast() {
            let parts = words[index].split(whereSeparator: { $0 == "/" || $0 == "-" }).compactMap { Int64($0) }
            guard parts.count == 3, (1970...2200).contains(parts[0]), (1...12).contains(parts[1]), (1...31).contains(parts[2]),
                let inDay = clock(words[index + 1])
            else { continue }
            return TimeLine(year: parts[0], month: parts[1], day: parts[2], inDay: inDay, source: source, destination: destination)
        }
        return nil
    }

    static func month(_ word: String) -> Int64? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        return names.firstIndex(of: word.lowercased()).map { Int64($0) + 1 }
    }

    /// Nanoseconds since midnight of `12:00:00.123`.
    static func clock(_ word: String) -> Int64? {
        let parts = word.split(whereSeparator: { $0 == "." || $0 == "," })
        guard let first = parts.first else { return nil }
        let numbers = first.split(separator: ":").compactMap { Int64($0) }
        guard numbers.count == 3, (0...23).contains(numbers[0]), (0...59).contains(numbers[1]), (0...60).contains(numbers[2]) else { return nil }
        var nano: Int64 = 0
        if parts.count > 1 {
            var scale: Int64 = 100_000_000
            for digit in parts[1].utf8.prefix(9) {
                guard digit.isASCIIDigit else { break }
                nano += Int64(digit - 0x30) * scale
                scale /= 10
            }
        }
        return ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * 1_000_000_000 + nano
    }

    /// `10.0.0.1:5060`, `[1:0]10.0.0.1:5060` with slot and port in front, `[2001:db8::1]:5060`; 5060 where no port is written.
    static func endpoint(_ word: String) -> Endpoint? {
        var text = Substring(word)
        while let last = text.last, last == "," || last == ";" { text.removeLast() }
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            let inner = text[text.index(after: text.startIndex)..<close]
            // Slot and subport of the controller, two small numbers.
            if inner.split(separator: ":").count <= 2, inner.allSatisfy({ $0.isNumber || $0 == ":" || $0 == "." }), IPAddress(inner) == nil {
                text = text[text.index(after: close)...]
            }
        }
        if let whole = IPAddress(text) { return Endpoint(whole, 5060) }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), let address = IPAddress(text[..<colon]) else {
            return nil
        }
        return Endpoint(address, port)
    }
}
