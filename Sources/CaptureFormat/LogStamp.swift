import Evidence

/// When a line of a log was written, as its beginning says: `2024-07-10 12:00:00.123456`, `[Jul 10 12:00:00]`, `*Jul 10 2024 12:00:00.123`.
struct LogStamp: Sendable {
    /// Nil where the line has none.
    let year: Int64?
    let month: Int64
    let day: Int64
    /// Nanoseconds since midnight.
    let inDay: Int64

    init(year: Int64?, month: Int64, day: Int64, inDay: Int64) {
        self.year = year
        self.month = month
        self.day = day
        self.inDay = inDay
    }

    /// Nil for a line that does not begin with a date and a time.
    init?(_ words: [String]) {
        guard words.count >= 2 else { return nil }
        let marks: Set<Character> = ["[", "]", "*", ",", ":"]
        let first = words[0].drop { marks.contains($0) }
        func clock(_ word: String) -> Int64? { TimeLine.clock(String(word.prefix { !marks.contains($0) || $0 == ":" })) }
        let date = first.split(separator: "-").compactMap { Int64($0) }
        if first.count == 10, date.count == 3, (1970...2200).contains(date[0]), (1...12).contains(date[1]), (1...31).contains(date[2]) {
            guard let inDay = clock(words[1]) else { return nil }
            self.init(year: date[0], month: date[1], day: date[2], inDay: inDay)
            return
        }
        guard let month = TimeLine.month(String(first)), words.count >= 3, let day = Int64(words[1]), (1...31).contains(day) else { return nil }
        if let inDay = clock(words[2]) {
            self.init(year: nil, month: month, day: day, inDay: inDay)
        } else if words.count >= 4, let year = Int64(words[2]), (1970...2200).contains(year), let inDay = clock(words[3]) {
            self.init(year: year, month: month, day: day, inDay: inDay)
        } else {
            return nil
        }
    }
}
