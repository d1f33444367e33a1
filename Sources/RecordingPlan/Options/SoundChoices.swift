package import MediaPlayout

/// How a sender's clock that is not the capture's is corrected.
package enum DriftCorrection: String, Sendable, CaseIterable {
    /// Samples stay as they were sent; milliseconds are taken out of or put into quiet packets.
    case silence
    /// All sound of the stream is resampled.
    case resample
    case none

    package var method: ClockDrift.Method {
        switch self {
        case .silence: .silence
        case .resample: .resample
        case .none: .none
        }
    }
}

/// What stands where sound was lost.
package enum Concealment: String, Sendable, CaseIterable {
    /// Digital silence.
    case none
    /// What the decoder makes up, where it can; silence elsewhere.
    case plc
}

/// What `--redact` leaves out.
package enum Redaction: String, Sendable, CaseIterable, Hashable {
    /// Keys of the telephone: their digits in events and signalling, their tones in the sound.
    case dtmf
}
