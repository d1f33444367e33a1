package import Evidence

/// Blocks of a pcapng file (draft-ietf-opsawg-pcapng): little-endian, times in nanoseconds.
package enum PcapngWriter {
    /// Octets of text that an option holds at most.
    private static let longestText = 4096

    /// The header of the only section.
    package static func section(application: String, comment: String) -> [UInt8] {
        var body = Octets()
        body.add32(0x1A2B_3C4D)
        body.add16(1)
        body.add16(0)
        // The section's length is not told.
        body.add64(.max)
        body.addText(1, comment)
        body.addText(4, application)
        body.add32(0)
        return block(0x0A0D_0D0A, body)
    }

    /// An interface; they are numbered in the order written.
    package static func interface(_ link: LinkType, name: String) -> [UInt8] {
        var body = Octets()
        body.add16(UInt16(truncatingIfNeeded: link.value))
        body.add16(0)
        // No snap length: each packet says what it kept.
        body.add32(0)
        body.addText(2, name)
        body.addOption(9, [9])
        body.add32(0)
        return block(1, body)
    }

    /// An enhanced packet; times before 1970 become 0.
    package static func packet(interface: UInt32, time: CaptureTime, _ octets: [UInt8], originalLength: Int, comment: String) -> [UInt8] {
        var body = Octets()
        let time = UInt64(max(0, time.nanoseconds))
        body.add32(interface)
        body.add32(UInt32(truncatingIfNeeded: time >> 32))
        body.add32(UInt32(truncatingIfNeeded: time))
        body.add32(UInt32(clamping: octets.count))
        body.add32(UInt32(clamping: originalLength))
        body.addPadded(octets)
        body.addText(1, comment)
        body.add32(0)
        return block(6, body)
    }

    private static func block(_ type: UInt32, _ body: Octets) -> [UInt8] {
        var out = Octets()
        let length = UInt32(clamping: body.all.count + 12)
        out.add32(type)
        out.add32(length)
        out.all += body.all
        out.add32(length)
        return out.all
    }

    private struct Octets {
        var all: [UInt8] = []

        mutating func add16(_ value: UInt16) { all += [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
        mutating func add32(_ value: UInt32) {
            add16(UInt16(truncatingIfNeeded: value))
            add16(UInt16(truncatingIfNeeded: value >> 16))
        }
        mutating func add64(_ value: UInt64) {
            add32(UInt32(truncatingIfNeeded: value))
            add32(UInt32(truncatingIfNeeded: value >> 32))
        }
        mutating func addPadded(_ octets: some Collection<UInt8>) {
            all += octets
            all += [UInt8](repeating: 0, count: (4 - octets.count & 3) & 3)
        }
        mutating func addOption(_ code: UInt16, _ value: some Collection<UInt8>) {
            add16(code)
            add16(UInt16(clamping: value.count))
            addPadded(value)
        }
        mutating func addText(_ code: UInt16, _ text: String) { addOption(code, text.utf8.prefix(PcapngWriter.longestText)) }
    }
}
