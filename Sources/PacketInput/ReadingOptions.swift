package import Evidence

/// What is read of the captures, and how: all that the survey needs to know.
package struct ReadingOptions: Sendable {
    /// Only packets captured at or after this moment.
    package var since: CaptureTime?
    /// Only packets captured before this moment.
    package var until: CaptureTime?
    /// Only packets that this filter accepts.
    package var filter: (any FrameFilter)?
    /// What the user says of ports, in the order given.
    package var decodeAs: [DecodeRule] = []
    /// Seconds to add to the times of single captures.
    package var clockOffsets: [ClockCorrection] = []
    package var limits = Limits()
    /// Key logs and private keys for TLS and DTLS.
    package var tls = TLSInputs()

    package init() {}
}

extension DatagramDecoder {
    package init(_ options: ReadingOptions) {
        self.init(limits: options.limits, since: options.since, until: options.until, filter: options.filter)
    }
}
