/// `events.vtt`: the events as cues that players show beside the audio (W3C WebVTT).
package enum WebVTT {
    /// How long a cue is shown at least: a moment has no length, but a cue must.
    static let cueLength = 1.0

    package static func text(_ events: [EventRecord], names: [String: String] = [:]) -> String {
        var out = "WEBVTT\n"
        for (index, event) in events.enumerated() {
            // The format knows no time before the start.
            let offset = event.offset.value
            let start = max(0, offset)
            let early = offset < 0 ? "[\(EventText.decimal(offset, digits: 3)) s] " : ""
            out += "\n\(index + 1)\n\(time(start)) --> \(time(start + cueLength))\n\(escaped(early + EventText.label(event, names: names)))\n"
        }
        return out
    }

    /// `01:02:03.004`; hours have as many digits as needed.
    static func time(_ seconds: Double) -> String {
        let milliseconds = Int64((min(max(0, seconds), 1e12) * 1000).rounded())
        func pad(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(pad(milliseconds / 3_600_000, 2)):\(pad(milliseconds / 60_000 % 60, 2)):\(pad(milliseconds / 1000 % 60, 2)).\(pad(milliseconds % 1000, 3))"
    }

    private static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 != 0x26 && $0 != 0x3C && $0 != 0x3E }) { return text }
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            default: out.append(character)
            }
        }
        return out
    }
}
