import Evidence
import MediaPlayout
import RecordingRecords

/// Opus packets at 48 kHz, one after the other, and packets of silence where there are none.
///
/// RFC 7845 has no other way to say "nothing here" that players keep: a jump of the granule position is passed over by most, and a packet of
/// empty frames is concealed, which is sound that nobody sent. A packet of silence decodes to zeros in every player and lasts a multiple of
/// 2.5 ms. The file's lead makes up for what the first packet's place misses of that grid; what stands off it later is moved by 1.25 ms at most,
/// and that does not add up.
final class OpusTrack: NativeTrack {
    /// Samples at 48 kHz of the shortest frame (RFC 6716 section 2.1.4).
    private static let unit: Int64 = 120
    /// Samples that a player may have to leave out; the field has 16 bits.
    private static let longestLead: Int64 = 48_000

    private let file: CodedFile
    private let isStereo: Bool
    private let maximumFrames: Int64
    /// Frame of the file after the last packet; nil before the first.
    private var end: Int64?
    private var lead = 0

    init(_ file: CodedFile, isStereo: Bool, maximumFrames: Int64) {
        self.file = file
        self.isStereo = isStereo
        self.maximumFrames = maximumFrames
    }

    func place(_ payload: RawSpan, frames: Int, at position: Int64) {
        guard position <= maximumFrames - Int64(frames) else { return }
        let from: Int64
        if let end {
            from = end
        } else {
            guard position >= -Self.longestLead else { return }
            let units = position > 0 ? (position + Self.unit - 1) / Self.unit : 0
            lead = Int(units * Self.unit - position)
            from = -Int64(lead)
        }
        let distance = position - from
        // A place that is taken stays taken.
        guard distance >= -Self.unit / 2 else { return }
        let units = (distance + Self.unit / 2) / Self.unit
        fill(units)
        file.append(payload.array, frames: frames, lead: lead)
        end = from + units * Self.unit + Int64(frames)
    }

    func finish(totalFrames: Int64) throws(OutputFault) -> WrittenFile? {
        guard let end else { return nil }
        if totalFrames > end { fill((totalFrames - end + Self.unit - 1) / Self.unit) }
        return try file.finish(frames: totalFrames)
    }

    /// Appends silence of so many times 2.5 ms.
    private func fill(_ units: Int64) {
        var rest = units
        while rest > 0 {
            let size = min(3, 63 - (UInt64(rest).leadingZeroBitCount))
            file.append(OpusSilence.packet(size: size, isStereo: isStereo), frames: OpusSilence.frames(size: size), lead: lead)
            rest -= 1 << Int64(size)
        }
    }
}

/// A CELT frame whose first symbol says that it is silent (RFC 6716 section 4.3).
package enum OpusSilence {
    /// `size` 0 to 3: 2.5, 5, 10 or 20 ms, full band.
    package static func packet(size: Int, isStereo: Bool) -> [UInt8] {
        let configuration = UInt8(28 + min(max(size, 0), 3))
        return [configuration << 3 | (isStereo ? 4 : 0), 0xFF, 0xFE]
    }

    /// Samples at 48 kHz.
    package static func frames(size: Int) -> Int { 120 << size }
}
