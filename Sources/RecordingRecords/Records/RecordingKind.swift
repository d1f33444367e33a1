/// What a recording was made from (contract: `kind`).
package enum RecordingKind: String, Sendable, CaseIterable, Hashable {
    /// A recording session by RFC 7866.
    case siprec
    /// A plain SIP call.
    case call
    /// RTP without signalling.
    case media
}
