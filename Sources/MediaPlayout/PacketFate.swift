/// What became of a packet. Every RTP packet of every flow has exactly one; the words are the keys of the sidecar.
package enum PacketFate: Int, Sendable, CaseIterable {
    /// Its sound is in a file, it announces silence, or it names an event that is listed.
    case heard
    /// It was sent to restore others: parity (RFC 5109), retransmission (RFC 4588).
    case repair
    /// Another packet with the same content was used.
    case copy
    /// It came while its stream was on hold or its recording paused.
    case paused
    /// Encrypted, and no key opens it.
    case notOpened
    /// There is no decoder for what it carries, or the capture has only a part of it.
    case notDecodable
    /// Its decoder, or whatever takes its payload apart, did not accept it.
    case refused
    /// It came after its place had been given up.
    case late
    /// Its number, its timestamp or its time contradicts other packets, whose word was taken.
    case contradicted
    /// Options, or the choice of recordings, leave it out.
    case notWanted
    /// A bound against hostile input was reached.
    case limit

    /// As the sidecar writes it.
    package var word: String {
        switch self {
        case .heard: "heard"
        case .repair: "repair"
        case .copy: "copy"
        case .paused: "paused"
        case .notOpened: "notOpened"
        case .notDecodable: "notDecodable"
        case .refused: "refused"
        case .late: "late"
        case .contradicted: "contradicted"
        case .notWanted: "notWanted"
        case .limit: "limit"
        }
    }

    package init?(word: String) {
        guard let fate = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = fate
    }

    /// Its reason where there is no better one.
    package var usualGround: FateGround {
        switch self {
        case .heard, .refused: .decoder
        case .repair: .forRepair
        case .copy: .repeated
        case .paused, .notWanted: .pause
        case .notOpened: .authenticationFailure
        case .notDecodable: .noDecoder
        case .late: .tooLate
        case .contradicted: .stray
        case .limit: .longestGap
        }
    }

    /// Whether nothing that was said is missing because of such a packet.
    package var isExcused: Bool {
        switch self {
        case .heard, .repair, .copy, .paused, .notWanted: true
        case .notOpened, .notDecodable, .refused, .late, .contradicted, .limit: false
        }
    }
}

/// Why a packet was not heard: what its fate leaves open.
package enum FateGround: String, Sendable, CaseIterable, Codable {
    case hold, pause
    case noKey = "no-key"
    case authenticationFailure = "authentication-failure"
    /// The capture has only its beginning.
    case snapLength = "snap-length"
    /// An encoding, or a kind of media, that nothing here decodes.
    case noDecoder = "no-decoder"
    /// No description says what its payload type is.
    case undefinedPayloadType = "undefined-payload-type"
    case decoder
    /// Padding or redundant blocks that do not fit into the packet.
    case malformed
    /// Given up by the time it came.
    case tooLate = "too-late"
    /// Other sound stands at its place.
    case placeTaken = "place-taken"
    /// It fits neither the numbers nor the times of the packets around it.
    case stray
    /// A few packets beside another source of the same sender.
    case otherSource = "other-source"
    /// The same packet came before.
    case repeated
    /// Sent to restore others.
    case forRepair = "for-repair"
    /// One gap would be longer than allowed, or the track longer than the capture.
    case longestGap = "longest-gap"
    case mostTracks = "most-tracks"

    /// For people.
    package var words: String {
        switch self {
        case .hold: "the call was on hold"
        case .pause: "the recording was paused"
        case .noKey: "no key"
        case .authenticationFailure: "the authentication tag does not verify"
        case .snapLength: "truncated by the snap length"
        case .noDecoder: "no decoder for it"
        case .undefinedPayloadType: "undefined payload type"
        case .decoder: "the decoder rejects the payload"
        case .malformed: "malformed"
        case .tooLate: "their place in the audio had been given up"
        case .placeTaken: "other audio is at their place"
        case .stray: "they fit no part of the stream"
        case .otherSource: "few packets beside another source of the same stream"
        case .repeated: "the same packets came before"
        case .forRepair: "sent to restore others"
        case .longestGap: "beyond the longest gap allowed"
        case .mostTracks: "more sources at once than a recording may have files"
        }
    }
}
