package import Evidence

/// Loudness that a sender or mixer states beside the payload, where even an encrypted stream tells it.
package struct AudioLevel: Sendable, Equatable {
    package static let clientURI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
    package static let contributorsURI = "urn:ietf:params:rtp-hdrext:csrc-audio-level"

    /// 0 is the overload point, 127 is silence: decibels below it, without sign (RFC 6464 section 3, RFC 6465 section 3).
    package let decibelsBelow: UInt8
    /// The sender takes it for voice (RFC 6464); nil where nothing says so.
    package let isVoice: Bool?

    package init(decibelsBelow: UInt8, isVoice: Bool?) {
        self.decibelsBelow = decibelsBelow
        self.isVoice = isVoice
    }

    /// Speech rather than the room: the sender's own word, else what is louder than a quiet line.
    package var isTalk: Bool { decibelsBelow < 127 && (isVoice ?? (decibelsBelow < 50)) }
}

extension RTPHeader {
    /// The sender's own level, from the element with identifier `id` (RFC 6464 section 3).
    package func clientLevel(_ id: UInt8, in bytes: RawSpan) -> AudioLevel? {
        guard let range = extensionElement(id, in: bytes), !range.isEmpty else { return nil }
        let octet = bytes.u8(range.lowerBound)
        // The flag is optional: without `vad=on` it is always 0. Then the level decides.
        return AudioLevel(decibelsBelow: octet & 0x7F, isVoice: octet & 0x80 != 0 ? true : nil)
    }

    /// The level of each contributing source, in the order of the list, from the element with identifier `id` (RFC 6465 section 3).
    package func contributorLevels(_ id: UInt8, in bytes: RawSpan) -> [(ssrc: SSRC, level: AudioLevel)] {
        guard let range = extensionElement(id, in: bytes) else { return [] }
        return zip(csrcs(in: bytes), range).map { ($0, AudioLevel(decibelsBelow: bytes.u8($1) & 0x7F, isVoice: nil)) }
    }
}
