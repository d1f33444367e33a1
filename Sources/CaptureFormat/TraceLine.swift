import Evidence

/// The line before a message where a program logs its own traffic: it names the other side only, and its date stands elsewhere.
///
///      recv 903 bytes from udp/[192.0.2.1]:5060 at 20:07:57.811303:                   FreeSWITCH, `sofia global siptrace on`
///      <--- Received SIP request (903 bytes) from UDP:192.0.2.1:5060 --->             Asterisk, `pjsip set logger on`
///      <--- SIP read from UDP:192.0.2.1:5060 --->    <--- Transmitting (NAT) to 192.0.2.1:5060 --->      Asterisk, `sip set debug on`
extension TimeLine {
    /// `stamp` is the latest time that a line began with; where there is none, the first of January 1970 stands for it.
    static func trace(_ words: [String], stamp: LogStamp?) -> TimeLine? {
        guard let at = words.firstIndex(where: { $0 == "from" || $0 == "to" }), at + 1 < words.count, let other = traced(words[at + 1]) else { return nil }
        var inDay = stamp?.inDay
        if at >= 3, words[at - 1] == "bytes", words[at - 3] == "recv" || words[at - 3] == "send", at + 3 < words.count, words[at + 2] == "at" {
            // Some versions write the date before the time.
            guard let own = words[(at + 3)...].lazy.compactMap({ clock($0.hasSuffix(":") ? String($0.dropLast()) : $0) }).first else { return nil }
            inDay = own
        } else {
            guard words[..<at].contains("<---"), words[at...].contains("--->"), words[..<at].contains(where: isVerb) else { return nil }
        }
        // Nobody tells the address of the program that logs.
        let own = Endpoint(other.address.family == 4 ? IPAddress(v4: 0) : IPAddress(v6High: 0, low: 0), 0)
        let isReceived = words[at] == "from"
        return TimeLine(
            year: stamp == nil ? 1970 : stamp?.year, month: stamp?.month ?? 1, day: stamp?.day ?? 1, inDay: inDay ?? 0,
            source: isReceived ? other : own, destination: isReceived ? own : other, isTrace: true)
    }

    private static func isVerb(_ word: String) -> Bool { ["Received", "read", "Transmitting", "Transmitting:", "Retransmitting"].contains(word) }

    /// `udp/[192.0.2.1]:5060`, `UDP:192.0.2.1:5060`, `192.0.2.1:5060`, `UDP:[2001:db8::1]:5060`.
    private static func traced(_ word: String) -> Endpoint? {
        var text = word[...]
        for name in ["udp", "tcp", "tls", "ws", "wss"] where text.lowercased().hasPrefix(name) {
            let rest = text.dropFirst(name.count)
            if rest.first == "/" || rest.first == ":" { text = rest.dropFirst() }
        }
        if text.hasPrefix("["), let close = text.firstIndex(of: "]"), let address = IPAddress(text[text.index(after: text.startIndex)..<close]) {
            let port = text[text.index(after: close)...].drop { $0 == ":" }
            return Endpoint(address, UInt16(port) ?? 5060)
        }
        return endpoint(String(text))
    }
}
