import Evidence
import MediaPlayout
import RecordingRecords

/// G.711 octets, joined by the assembler for samples: a code stands there as what it differs from silence, so that silence is zero.
final class CompandedTrack: NativeTrack {
    private struct Output: TrackOutput {
        let file: CodedFile
        let channels: Int
        let silence: UInt8

        func append(_ samples: Span<Int16>) {
            var octets: [UInt8] = []
            octets.reserveCapacity(samples.count)
            for index in samples.indices { octets.append(UInt8(truncatingIfNeeded: samples[index]) ^ silence) }
            file.append(octets, frames: octets.count / channels)
        }

        func appendSilence(frames: Int) {
            var rest = frames
            while rest > 0 {
                let part = min(rest, 1 << 16)
                file.append([UInt8](repeating: silence, count: part * channels), frames: part)
                rest -= part
            }
        }
    }

    private let file: CodedFile
    private let channels: Int
    private let silence: UInt8
    private var assembler: TrackAssembler<Output>
    private var codes: [Int16] = []

    init(_ file: CodedFile, channels: Int, silence: UInt8, maximumFrames: Int64, blockSamples: Int) {
        self.file = file
        self.channels = channels
        self.silence = silence
        assembler = TrackAssembler(
            output: Output(file: file, channels: channels, silence: silence), channels: channels, maximumFrames: maximumFrames, blockSamples: blockSamples)
    }

    func place(_ payload: RawSpan, frames: Int, at position: Int64) {
        // Taken out while the assembler reads it, and put back for its capacity.
        var placed: [Int16] = []
        swap(&placed, &codes)
        placed.removeAll(keepingCapacity: true)
        for index in 0..<min(payload.byteCount, frames * channels) { placed.append(Int16(payload.u8(index) ^ silence)) }
        assembler.place(placed.span, channels: channels, at: position)
        swap(&placed, &codes)
    }

    func finish(totalFrames: Int64) throws(OutputFault) -> WrittenFile? {
        guard assembler.end > 0 else { return nil }
        assembler.finish(totalFrames: totalFrames)
        return try file.finish(frames: assembler.end)
    }
}
