/// A moment on the capture's clock: nanoseconds since 1970-01-01T00:00:00Z.
@frozen
@usableFromInline
package struct CaptureTime: Hashable, Comparable, Sendable {
    @usableFromInline package var nanoseconds: Int64

    @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// From epoch seconds; for tests and user input, not for packets. Saturates at the ends of the clock; not-a-number is the epoch.
    package init(seconds: Double) { nanoseconds = Self.nanoseconds(in: seconds) }

    @inlinable package static func < (left: CaptureTime, right: CaptureTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Seconds from `earlier` to this moment; negative when this is the earlier one.
    @inlinable
    package func seconds(since earlier: CaptureTime) -> Double {
        let (span, isTooFar) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        return isTooFar ? (Double(nanoseconds) - Double(earlier.nanoseconds)) / 1e9 : Double(span) / 1e9
    }

    /// This moment moved by `seconds`; stops at the ends of the clock.
    package func advanced(bySeconds seconds: Double) -> CaptureTime {
        let step = Self.nanoseconds(in: seconds)
        let (sum, isTooFar) = nanoseconds.addingReportingOverflow(step)
        return isTooFar ? (step < 0 ? .distantPast : .distantFuture) : CaptureTime(nanoseconds: sum)
    }

    private static func nanoseconds(in seconds: Double) -> Int64 {
        let value = (seconds * 1e9).rounded()
        if value.isNaN { return 0 }
        return Int64(exactly: value) ?? (value < 0 ? .min : .max)
    }

    package static let distantPast = CaptureTime(nanoseconds: .min)
    package static let distantFuture = CaptureTime(nanoseconds: .max)
}

extension CaptureTime {
    /// RFC 3339 in UTC with nine fractional digits and `Z`.
    package var rfc3339: String {
        let (second, nano) = nanoseconds.floorDivided(by: 1_000_000_000)
        let (day, inDay) = second.floorDivided(by: 86400)
        let (year, month, dayOfMonth) = Self.civil(day: day)
        // The clock ends in 2262, so every field has its usual width.
        return unsafe String(unsafeUninitializedCapacity: 30) { space in
            var index = 0
            func put(_ value: Int64, _ width: Int, then mark: UInt8) {
                var rest = value
                for place in (index..<index + width).reversed() {
                    unsafe space[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                unsafe space[index + width] = mark
                index += width + 1
            }
            put(year, 4, then: UInt8(ascii: "-"))
            put(month, 2, then: UInt8(ascii: "-"))
            put(dayOfMonth, 2, then: UInt8(ascii: "T"))
            put(inDay / 3600, 2, then: UInt8(ascii: ":"))
            put(inDay / 60 % 60, 2, then: UInt8(ascii: ":"))
            put(inDay % 60, 2, then: UInt8(ascii: "."))
            put(nano, 9, then: UInt8(ascii: "Z"))
            return index
        }
    }

    /// RFC 3339 in UTC with six fractional digits, for what is said of a whole file of audio: the same call captured at micro- and at nanoseconds
    /// gives the same file.
    package var rfc3339Microseconds: String { String(rfc3339.dropLast(4)) + "Z" }

    /// `20261122T211131Z`: for folder names.
    package var compact: String {
        String(rfc3339.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// The result of reading a date-time as found in the field.
    package struct Parsed: Equatable, Sendable {
        package let time: CaptureTime
        /// False where the text carries no zone (RFC 7865 section 6.9 requires one); `time` then reads it as UTC.
        package let hasZone: Bool
    }

    /// Reads RFC 3339 and its usual deviations: no zone, `+0200`, `+02`, `GMT`, lower case, a blank for `T` or before the zone.
    ///
    /// Nil for a day that the calendar does not have and for a zone that is not understood: the moment is then not known.
    /// Second 60 is a leap second and reads as the first of the next minute; 24:00:00 is the end of the day.
    package static func parse(_ text: some StringProtocol) -> Parsed? {
        let units = Array(text.utf8.drop { $0.isBlank || $0 == 0x0A || $0 == 0x0D })
        func number(_ at: Int, _ count: Int) -> Int64? {
            guard at + count <= units.count else { return nil }
            var value: Int64 = 0
            for unit in units[at..<at + count] {
                guard unit.isASCIIDigit else { return nil }
                value = value * 10 + Int64(unit - 0x30)
            }
            return value
        }
        guard let year = number(0, 4), units.count >= 19, units[4] == 0x2D, let month = number(5, 2), units[7] == 0x2D, let day = number(8, 2),
            units[10].asciiLowercased == 0x74 || units[10] == 0x20, let hour = number(11, 2), units[13] == 0x3A, let minute = number(14, 2),
            units[16] == 0x3A, let second = number(17, 2), (1...12).contains(month), (1...Self.length(ofMonth: month, year: year)).contains(day), minute < 60,
            second < 61, hour < 24 || (hour == 24 && minute == 0 && second == 0), (1900...2200).contains(year)
        else { return nil }
        var nano: Int64 = 0
        var index = 19
        if index < units.count, units[index] == 0x2E || units[index] == 0x2C {
            index += 1
            var scale: Int64 = 100_000_000
            while index < units.count, units[index].isASCIIDigit {
                nano += Int64(units[index] - 0x30) * scale
                scale /= 10
                index += 1
            }
        }
        guard let zone = Self.zone(units[index...]) else { return nil }
        let days = Self.dayNumber(year: year, month: month, day: day)
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second - (zone.offset ?? 0)
        return Parsed(time: CaptureTime(nanoseconds: seconds * 1_000_000_000 + nano), hasZone: zone.offset != nil)
    }

    private struct Zone {
        /// Seconds east of UTC; nil where the text ends without a zone.
        let offset: Int64?
    }

    /// The zone at the end of a date-time; nil when what stands there is none.
    private static func zone(_ text: ArraySlice<UInt8>) -> Zone? {
        if text.count == 1, text.first?.asciiLowercased == 0x7A { return Zone(offset: 0) }
        func isSpace(_ unit: UInt8) -> Bool { unit.isBlank || unit == 0x0A || unit == 0x0D }
        var units = Array(text.drop(while: isSpace))
        while let last = units.last, isSpace(last) { units.removeLast() }
        switch String(decoding: units.map(\.asciiLowercased), as: UTF8.self) {
        case "": return Zone(offset: nil)
        case "z", "utc", "gmt": return Zone(offset: 0)
        default: break
        }
        guard let sign = units.first, sign == 0x2B || sign == 0x2D else { return nil }
        let digits = units.dropFirst().filter(\.isASCIIDigit).map { Int64($0 - 0x30) }
        let hasColon = units.count == 6 && units[3] == 0x3A
        guard digits.count == 2 || digits.count == 4, units.count == 1 + digits.count + (hasColon ? 1 : 0) else { return nil }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
        guard hours < 24, minutes < 60 else { return nil }
        return Zone(offset: (hours * 3600 + minutes * 60) * (sign == 0x2D ? -1 : 1))
    }

    private static func length(ofMonth month: Int64, year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Proleptic Gregorian date of a day counted from 1970-01-01.
    private static func civil(day: Int64) -> (Int64, Int64, Int64) {
        let z = day + 719_468
        let era = z.floorDivided(by: 146_097).quotient
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = y.floorDivided(by: 400).quotient
        let yoe = y - era * 400
        let doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }
}

extension Int64 {
    /// Quotient rounded down and the non-negative remainder.
    package func floorDivided(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        var (q, r) = quotientAndRemainder(dividingBy: divisor)
        if r < 0 {
            r += divisor
            q -= 1
        }
        return (q, r)
    }
}
