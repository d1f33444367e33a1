package import Evidence

/// What an rtpmap and its fmtp line say about a payload type (RFC 8866 sections 6.6 and 6.15).
package struct CodecDescription: Hashable, Sendable {
    /// Encoding name in upper case, as names compare without case.
    package let encoding: String
    /// Rate of the RTP timestamp; not always the rate of the audio (Opus always says 48000).
    package let clockRate: ClockRate
    /// Channels of the rtpmap, at least 1. Opus always says 2 and does not mean it (RFC 7587 section 7).
    package let channels: Int
    /// The text after the payload type of the fmtp line.
    package let parameters: String?
    /// How payloads were found to be laid out, where that is not for `parameters` to tell.
    package var framing: PayloadFraming?
    /// Nothing describes the payload type: its packets look like this.
    package var isAssumed = false

    package init(encoding: String, clockRate: ClockRate, channels: Int = 1, parameters: String? = nil) {
        self.encoding = encoding.uppercased()
        self.clockRate = clockRate
        self.channels = max(1, channels)
        self.parameters = parameters
    }

    /// What packets of this encoding are to a recording of sound.
    package enum Role: Sendable, Equatable {
        case audio
        /// Comfort noise (RFC 3389): the sender says that it stopped sending for a while.
        case comfortNoise
        /// Named events such as DTMF (RFC 4733): they stand beside the audio.
        case telephoneEvent
        /// Blocks of other payload types, one of them the packet's own (RFC 2198).
        case redundant
        /// Retransmissions (RFC 4588) and parity (RFC 5109, RFC 8627): about other packets, without a time of their own.
        case repair
        /// Real-time text (RFC 4103).
        case text
    }

    package var role: Role {
        switch encoding {
        case "CN": .comfortNoise
        case "TELEPHONE-EVENT", "TONE": .telephoneEvent
        case "RED": .redundant
        case "RTX", "ULPFEC", "PARITYFEC", "FLEXFEC", "FLEXFEC-03", "1D-INTERLEAVED-PARITYFEC", "RAPTORFEC", "SMPTE2022-1": .repair
        case "T140", "T140C": .text
        default: .audio
        }
    }

    /// Whether packets have to be taken apart before they are decoded, as their frames are not one behind the other or have checksums of their own
    /// (RFC 4867 section 8.1: `interleaving`, `crc`).
    package var hasSeparateFrames: Bool {
        (encoding == "AMR" || encoding == "AMR-WB") && (parameter("interleaving") != nil || parameter("crc").map { $0 != "0" } ?? false)
    }

    /// Samples a second and channel that decoding yields, where it is supported.
    package var audioRate: Int? { CodecRegistry.audioRate(of: self) }

    /// The value of a `name=value` format parameter, names compared without case; "" for a bare name.
    package func parameter(_ name: String) -> String? {
        guard let parameters else { return nil }
        let wanted = name.lowercased()
        for part in parameters.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = halves.first, Self.trimmed(key).lowercased() == wanted else { continue }
            return halves.count == 2 ? Self.trimmed(halves[1]) : ""
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var part = text
        while let first = part.first, first.isWhitespace { part = part.dropFirst() }
        while let last = part.last, last.isWhitespace { part = part.dropLast() }
        return String(part)
    }
}

/// How the frames of a payload are laid out.
package enum PayloadFraming: Sendable, Hashable {
    /// AMR without gaps (RFC 4867 section 4.3).
    case bandwidthEfficient
    /// AMR with each frame from an octet on (RFC 4867 section 4.4).
    case octetAligned
    /// AMR as in a file, without the octet that requests a mode (RFC 4867 section 5.3).
    case storage
    /// Samples of 16 bits with the low octet first, against RFC 3551 section 4.5.11.
    case lowOctetFirst
}
