import Evidence

/// Ogg Opus (RFC 7845): packets in, octets of the file out. The serial comes of the recording's id and the path, and nothing of the clock.
package struct OggOpusStream: Sendable {
    /// A page each second at 48 kHz.
    private static let pageFrames: UInt64 = 48_000

    private let lead: Int
    private var pages: OggPages
    /// Samples at 48 kHz up to here, the lead included.
    private var granule: UInt64 = 0
    private var pageStart: UInt64 = 0
    /// What the file begins with.
    package let head: [UInt8]

    /// `lead`: frames at 48 kHz that a player leaves out; `inputRate`: what was encoded, hertz; players do not use it.
    package init(path: String, channels: Int, lead: Int, inputRate: Int, description: AudioDescription, encoder: String = "") {
        self.lead = lead
        pages = OggPages(serial: Self.serial(description.originatorReference + "/" + path))
        var out: [UInt8] = []
        pages.add(Self.head(channels: channels, lead: lead, inputRate: inputRate), granule: 0, into: &out)
        pages.flush(into: &out)
        pages.add(Self.tags(description, encoder: encoder), granule: 0, into: &out)
        pages.flush(into: &out)
        head = out
    }

    /// Takes a packet of `frames` at 48 kHz; the pages that are full by it.
    package mutating func add(_ packet: [UInt8], frames: Int) -> [UInt8] {
        var out: [UInt8] = []
        if !pages.isEmpty, granule - pageStart + UInt64(frames) > Self.pageFrames {
            pages.flush(into: &out)
            pageStart = granule
        }
        granule += UInt64(frames)
        pages.add(packet, granule: granule, into: &out)
        return out
    }

    /// Ends the file at `frames`, its lead not counted: what the last packets hold beyond is trimmed by a lower position (RFC 7845 section 4.5).
    /// The last page, and the frames that are played.
    package mutating func end(frames: Int64) -> (octets: [UInt8], frames: Int64) {
        let end = max(min(granule, UInt64(max(0, frames)) + UInt64(lead)), pageStart)
        var out: [UInt8] = []
        pages.flush(isLast: true, granule: end, into: &out)
        return (out, Int64(end) - Int64(lead))
    }

    /// RFC 7845 section 5.1, mapping family 0.
    private static func head(channels: Int, lead: Int, inputRate: Int) -> [UInt8] {
        var out = Array("OpusHead".utf8) + [1, UInt8(clamping: channels)]
        out.append(little: UInt64(clamping: lead), count: 2)
        out.append(little: UInt64(clamping: inputRate), count: 4)
        // No gain, mono or stereo.
        return out + [0, 0, 0]
    }

    /// RFC 7845 section 5.2.
    private static func tags(_ description: AudioDescription, encoder: String) -> [UInt8] {
        var comments = [
            "TITLE=\(description.description)", "DATE=\(description.start.rfc3339Microseconds)", "RECORDING_ID=\(description.originatorReference)",
            "START_UTC=\(description.start.rfc3339Microseconds)",
        ]
        if !description.codingHistory.isEmpty { comments.append("COMMENT=" + description.codingHistory.prefix(100).joined(separator: "; ")) }
        var out = Array("OpusTags".utf8)
        let vendor = encoder.isEmpty ? description.originator : "\(description.originator), \(encoder)"
        out.append(little: UInt64(vendor.utf8.count), count: 4)
        out += Array(vendor.utf8)
        out.append(little: UInt64(comments.count), count: 4)
        for comment in comments {
            let text = Array(String(comment.printable.prefix(4000)).utf8)
            out.append(little: UInt64(text.count), count: 4)
            out += text
        }
        return out
    }

    /// FNV-1a, 32 bits.
    private static func serial(_ text: String) -> UInt32 {
        var value: UInt32 = 0x811C_9DC5
        for octet in text.utf8 { value = (value ^ UInt32(octet)) &* 0x0100_0193 }
        return value
    }
}
