import Evidence

/// Words for events that both tracks use.
enum EventText {
    /// `dtmf Henry Nakamura digit=5`, on one line and safe to show.
    static func label(_ event: EventRecord, names: [String: String]) -> String {
        var parts = [event.type.rawValue]
        let who = event.participants.map { names[$0] ?? $0 }.joined(separator: ", ")
        if !who.isEmpty { parts.append(who) }
        parts += event.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return String(parts.joined(separator: " ").printable.prefix(300))
    }

    /// With exactly `digits` decimals and a point, whatever the locale.
    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(Int64(1)) { scale, _ in scale * 10 }
        let scaled = Int64((min(max(value, -1e11), 1e11) * Double(scale)).rounded())
        let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt64(scale))
        let tail = String(part)
        return (scaled < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: digits - tail.count) + tail
    }
}
