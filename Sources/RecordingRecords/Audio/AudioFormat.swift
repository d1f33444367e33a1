/// How audio is kept.
package enum AudioFormat: String, Sendable, CaseIterable {
    /// PCM 16 bit with a broadcast chunk; RF64 where 4 GiB may not do.
    case wav
    /// The same samples, compressed without loss.
    case flac
    /// Ogg Opus (RFC 7845), encoded anew.
    case opus

    /// Of a path, with the dot.
    package var suffix: String { "." + rawValue }

    /// By a path's suffix.
    package init(path: String) { self = Self.allCases.first { path.hasSuffix($0.suffix) } ?? .wav }

    package var mediaType: String {
        switch self {
        case .wav: "audio/wav"
        case .flac: "audio/flac"
        case .opus: "audio/ogg"
        }
    }

    /// Channels that one file can have; Opus could have more, but few programs play them.
    package var mostChannels: Int {
        switch self {
        case .wav: 64
        case .flac: 8
        case .opus: 2
        }
    }

    /// The lowest rate at which sound of `rate` can be kept without loss of bandwidth.
    package func storedRate(_ rate: Int) -> Int {
        guard self == .opus else { return rate }
        return [8000, 12_000, 16_000, 24_000].first { $0 >= rate } ?? 48_000
    }

    /// Frames a second as the file itself counts them: Opus always says 48000 (RFC 7845 section 4).
    package func fileRate(_ rate: Int) -> Int { self == .opus ? 48_000 : rate }
}

/// Whether all files of a recording begin and end together (contract: `--timeline`).
package enum TimelineChoice: String, Sendable, CaseIterable {
    /// All begin at the recording's start and have the same length.
    case common
    /// Each begins with its first sound and ends with its last.
    case trimmed
}

/// Coded sound that is kept as it came (contract: `--native`).
package enum NativeCoding: Sendable, Equatable {
    case muLaw, aLaw
    case opus

    /// The octet that stands for silence; nil where single octets stand for nothing.
    ///
    /// A-law has no zero: its smallest value, 8, is what silence is sent as.
    package var silence: UInt8? {
        switch self {
        case .muLaw: 0xFF
        case .aLaw: 0xD5
        case .opus: nil
        }
    }

    /// As an rtpmap has it.
    package var encoding: String {
        switch self {
        case .muLaw: "PCMU"
        case .aLaw: "PCMA"
        case .opus: "OPUS"
        }
    }

    package var suffix: String { self == .opus ? AudioFormat.opus.suffix : AudioFormat.wav.suffix }
}

/// One more file, of all participants (contract: `--mix`).
package enum MixKind: String, Sendable, CaseIterable {
    case none
    /// All on one channel.
    case mono
    /// The first on the left, all others on the right.
    case stereo
    /// Each on a channel of its own.
    case multichannel
}

/// Where the folders of recordings go, below the output.
package struct FolderLayout: Sendable, Equatable {
    /// `recordings/2026/11/22/` by the day of their start, UTC, instead of `recordings/`.
    package var isByDate = false
    /// Below `data/`, as BagIt has it.
    package var isBag = false

    package init() {}
}
