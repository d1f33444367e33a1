/// Takes the finished samples of one track, in order and without holes.
@usableFromInline
package protocol TrackOutput {
    /// Interleaved samples of the track's channels; only borrowed.
    mutating func append(_ samples: Span<Int16>)
    /// As many frames of digital silence.
    mutating func appendSilence(frames: Int)
}

/// What a track did with sound that was placed on it.
@frozen
@usableFromInline
package enum TrackPlacement: Sendable {
    /// All of it, or a part, is in the track, or will be.
    case kept
    /// Other sound was at its place.
    case taken
    /// It lies beyond the track's greatest length.
    case beyond
}

/// Joins what several streams of one participant place into one unbroken sequence of samples.
///
/// Silence fills what nobody placed; sound for a place that is taken is left out and counted, never mixed. Memory is one block, whatever the length.
/// Inlinable, so that it is compiled for its output: the generic form asked for metadata several times a packet.
@frozen
@usableFromInline
package struct TrackAssembler<Output: TrackOutput> {
    @usableFromInline package internal(set) var output: Output
    /// Channels of the track, 1 or 2; placed samples are converted.
    @usableFromInline package let channels: Int
    /// Frame after the last one taken.
    @usableFromInline package internal(set) var end: Int64 = 0
    /// Frames left out because their place was taken.
    @usableFromInline package internal(set) var trimmedFrames: Int64 = 0
    /// Frames of silence filled in.
    @usableFromInline package internal(set) var silentFrames: Int64 = 0
    /// Frames left out because they lay beyond `maximumFrames`.
    @usableFromInline package internal(set) var refusedFrames: Int64 = 0
    @usableFromInline let maximumFrames: Int64
    @usableFromInline var block: [Int16] = []
    /// Samples that a block is handed on with: always as many, until silence or the end, so that a file's blocks stay in step with its pages.
    @usableFromInline let blockSamples: Int

    /// Samples of silence that are filled in; more is told as a number.
    @inlinable static var filledSilence: Int { 4096 }

    /// `maximumFrames` bounds the track's length against positions that no recording has. Each track holds `blockSamples` while it is live.
    @inlinable
    package init(output: Output, channels: Int, maximumFrames: Int64 = .max, blockSamples: Int = 32 << 10) {
        self.output = output
        self.channels = channels <= 1 ? 1 : 2
        self.blockSamples = max(1, blockSamples / self.channels) * self.channels
        self.maximumFrames = max(0, maximumFrames)
    }

    /// Takes interleaved `samples` of `sourceChannels` whose first frame belongs at `position`.
    @inlinable
    @discardableResult
    package mutating func place(_ samples: Span<Int16>, channels sourceChannels: Int, at position: Int64) -> TrackPlacement {
        guard sourceChannels > 0 else { return .kept }
        let frames = samples.count / sourceChannels
        guard position <= maximumFrames - Int64(frames) else {
            refusedFrames += Int64(frames)
            return .beyond
        }
        var skip = 0
        if position < end {
            // Wrapping: a position far below zero is just as much taken.
            skip = Int(clamping: end &- position)
            if skip < 0 || skip >= frames {
                trimmedFrames += Int64(frames)
                return .taken
            }
            trimmedFrames += Int64(skip)
        }
        if position > end { fillSilence(to: position) }
        append(samples, sourceChannels, from: skip, to: frames)
        end = position + Int64(frames)
        if block.count >= blockSamples { handOn() }
        return .kept
    }

    /// Takes frames that `fill` writes straight into the block. False where they are not the track's next as they are: then nothing was taken.
    @inlinable
    package mutating func place(frames: Int, channels sourceChannels: Int, at position: Int64, filledBy fill: (inout OutputSpan<Int16>) -> Void) -> Bool {
        let count = frames * channels
        guard sourceChannels == channels, position >= end, position <= maximumFrames - Int64(frames), count <= blockSamples else { return false }
        if position > end { fillSilence(to: position) }
        makeRoom(count)
        block.append(addingCapacity: count) { fill(&$0) }
        end = position + Int64(frames)
        if block.count >= blockSamples { handOn() }
        return true
    }

    /// Silence up to `totalFrames`, so that all tracks of a recording end together; then everything is handed on. A longer track stays as it is.
    @inlinable
    package mutating func finish(totalFrames: Int64) {
        fillSilence(to: min(totalFrames, maximumFrames))
        flush()
    }

    @inlinable
    mutating func fillSilence(to position: Int64) {
        guard position > end else { return }
        let frames = position - end
        silentFrames += frames
        end = position
        if frames < Int64(Self.filledSilence) {
            makeRoom(Int(frames) * channels)
            block.append(contentsOf: repeatElement(0, count: Int(frames) * channels))
            if block.count >= blockSamples { handOn() }
        } else {
            flush()
            output.appendSilence(frames: Int(frames))
        }
    }

    @inlinable
    mutating func append(_ samples: Span<Int16>, _ sourceChannels: Int, from first: Int, to last: Int) {
        makeRoom((last - first) * channels)
        if sourceChannels == channels {
            unsafe samples.extracting(first * channels..<last * channels).withUnsafeBufferPointer { unsafe block.append(contentsOf: $0) }
        } else if channels == 2 {
            // One channel goes to both sides; of more than two the first two are kept.
            for frame in first..<last {
                let left = samples[frame * sourceChannels]
                block.append(left)
                block.append(sourceChannels == 1 ? left : samples[frame * sourceChannels + 1])
            }
        } else {
            for frame in first..<last {
                var sum = 0
                for channel in 0..<sourceChannels { sum += Int(samples[frame * sourceChannels + channel]) }
                // Rounds toward minus infinity for two channels, as a shift does; the mean always fits.
                block.append(Int16(truncatingIfNeeded: sourceChannels == 2 ? sum >> 1 : sum / sourceChannels))
            }
        }
    }

    /// Makes room for `count` more samples behind a block that is not full. No more than that, as thousands of tracks have one.
    @inlinable
    @inline(__always)
    mutating func makeRoom(_ count: Int) {
        if block.capacity < block.count &+ count { block.reserveCapacity(blockSamples &+ count) }
    }

    /// Hands on what is full, and keeps what is over.
    @inlinable
    mutating func handOn() {
        // Taken out while the output reads it, and put back for its capacity.
        var finished: [Int16] = []
        swap(&finished, &block)
        let whole = finished.count - finished.count % blockSamples
        output.append(finished.span.extracting(0..<whole))
        finished.removeFirst(whole)
        swap(&finished, &block)
    }

    @inlinable
    mutating func flush() {
        guard !block.isEmpty else { return }
        // Taken out while the output reads it, and put back for its capacity.
        var finished: [Int16] = []
        swap(&finished, &block)
        output.append(finished.span)
        finished.removeAll(keepingCapacity: true)
        swap(&finished, &block)
    }
}
