package import Evidence

/// A time element as written (RFC 7865 section 6.9: RFC 3339 with zone).
package struct MetadataTime: Sendable, Equatable {
    /// As written, without surrounding blanks.
    package let text: String
    /// Nil when the text is no date-time at all. Without zone it is read as UTC, which `hasZone` says.
    package let time: CaptureTime?
    /// Whether the text carries a zone, so that `time` is a definite moment.
    package let hasZone: Bool

    package init(_ text: String) {
        self.text = text.trimmedXML
        let parsed = CaptureTime.parse(self.text)
        time = parsed?.time
        hasZone = parsed?.hasZone ?? false
    }

    /// Whether the text is exactly RFC 3339: capital `T` and `Z`, zone with a colon, nothing after it.
    package var isStrict: Bool {
        guard time != nil, hasZone else { return false }
        let units = Array(text.utf8)
        guard units.count >= 20, units[10] == 0x54 else { return false }
        var index = 19
        if units[index] == 0x2E {
            index += 1
            let digits = index
            while index < units.count, units[index].isASCIIDigit { index += 1 }
            if index == digits { return false }
        }
        guard index < units.count else { return false }
        if units[index] == 0x5A { return index + 1 == units.count }
        return index + 6 == units.count && units[index + 3] == 0x3A
    }

    /// The moment meant, given that the packet arrived at `packetTime`.
    ///
    /// Without zone, the offset (whole quarter hours, at most 14 h) that brings the time within 120 s of the packet is taken and returned;
    /// if none does, the moment stays unknown.
    func moment(near packetTime: CaptureTime) -> (time: CaptureTime, assumedZoneMinutes: Int?)? {
        guard let time else { return nil }
        if hasZone { return (time, nil) }
        let quarter = 900.0
        let steps = (time.seconds(since: packetTime) / quarter).rounded()
        guard abs(steps) <= 56 else { return nil }
        let shifted = time.advanced(bySeconds: -steps * quarter)
        return abs(shifted.seconds(since: packetTime)) <= 120 ? (shifted, Int(steps) * 15) : nil
    }
}
