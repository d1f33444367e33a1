package import MediaPlayout

/// One RTP source on one path.
package struct FlowRecord: Codable, Sendable, Equatable {
    package struct Codec: Codable, Sendable, Equatable {
        /// Encoding name (RFC 4855), for example `PCMU`.
        package var name: String
        package var payloadType: Int
        /// RTP clock, hertz.
        package var clockRate: Int
        package var channels: Int
        package var packets: Int
        /// True where no description gives the payload type this meaning: it was judged by the packets. Absent otherwise.
        package var inferred: Bool?

        package init(name: String, payloadType: Int, clockRate: Int, channels: Int, packets: Int, inferred: Bool? = nil) {
            self.name = name
            self.payloadType = payloadType
            self.clockRate = clockRate
            self.channels = channels
            self.packets = packets
            self.inferred = inferred
        }
    }

    /// Why the flow was taken for its stream.
    package struct Match: Codable, Sendable, Equatable {
        package var confidence: String
        package var reasons: [String]

        package init(confidence: String, reasons: [String]) {
            self.confidence = confidence
            self.reasons = reasons
        }
    }

    /// The sender's media clock against the capture's.
    package struct Clock: Codable, Sendable, Equatable {
        /// Parts per million by which it is fast.
        package var ppm: Seconds
        /// `silence`, `resample` or `none`: how the sound was brought to the capture's clock.
        package var method: String
        /// Packets that were shortened or lengthened; absent where none was.
        package var adjusted: Int?

        package init(ppm: Seconds, method: String, adjusted: Int?) {
            self.ppm = ppm
            self.method = method
            self.adjusted = adjusted
        }
    }

    /// What one capture gave to the flow.
    package struct Supply: Codable, Sendable, Equatable {
        /// The capture's name, as in `provenance.captures`.
        package var name: String
        /// Packets that were taken from it.
        package var packets: Int
        /// Packets in it that had been taken from another frame already.
        package var copies: Int

        package init(name: String, packets: Int, copies: Int) {
            self.name = name
            self.packets = packets
            self.copies = copies
        }
    }

    /// The source's SRTCP, of which the survey keeps a few packets of each path.
    package struct Control: Codable, Sendable, Equatable {
        /// Packets that were tried.
        package var tried: Int
        /// Those that a key of the flow authenticates.
        package var authenticated: Int
        /// Canonical name (RFC 3550 section 6.5.1).
        package var cname: String?
        /// When the source said that it leaves (RFC 3550 section 6.6).
        package var goodbye: String?

        package init(tried: Int, authenticated: Int, cname: String?, goodbye: String?) {
            self.tried = tried
            self.authenticated = authenticated
            self.cname = cname
            self.goodbye = goodbye
        }
    }

    /// `0x` and 8 hexadecimal digits.
    package var ssrc: String
    /// `192.0.2.1:30000` or `[2001:db8::1]:30000`.
    package var source: String
    package var destination: String
    package var codecs: [Codec] = []
    /// Arrival of the first packet.
    package var firstPacket: String
    package var lastPacket: String
    /// Distinct packets: what a capture shows more than once is counted once.
    package var packets: Int
    /// Further frames of the same packets, as a mirror port or a second probe gives; absent where there are none.
    package var copies: Int?
    /// Which capture supplied what; absent where one capture supplied everything.
    package var captures: [Supply]?
    package var lost: Int = 0
    package var duplicates: Int = 0
    package var reordered: Int = 0
    /// Interarrival jitter at the end (RFC 3550 section 6.4.1), seconds.
    package var jitter: Seconds?
    /// Estimated mean opinion score, 1 to 5, two decimals.
    package var mos: Seconds?
    /// Loss over time; absent for what is not audio.
    package var quality: Quality?
    /// Absent where no difference was found that matters.
    package var clock: Clock?
    /// Absent where nothing was signalled.
    package var match: Match?
    /// Absent where the flow is not encrypted, no key opens it, or no SRTCP was seen.
    package var control: Control?
    /// The first and last packet's frame.
    package var first: PlaceRecord?
    package var last: PlaceRecord?

    package init(ssrc: String, source: String, destination: String, firstPacket: String, lastPacket: String, packets: Int) {
        self.ssrc = ssrc
        self.source = source
        self.destination = destination
        self.firstPacket = firstPacket
        self.lastPacket = lastPacket
        self.packets = packets
    }
}

/// A span of a stream without media.
package struct GapRecord: Codable, Sendable, Equatable {
    package typealias Cause = GapCause

    package var start: String
    /// Seconds from the recording's start.
    package var offset: Seconds
    package var duration: Seconds
    /// Packets known to be missing; 0 where none was sent or the number is not known.
    package var packets: Int
    package var cause: Cause
    /// Where packets are missing: the last one before them. Where packets could not be used: the first of these. Absent where no packet tells.
    package var first: PlaceRecord?
    /// The first packet after missing ones, or the last that could not be used.
    package var last: PlaceRecord?

    /// The cause as the sidecar writes it.
    package var causeWord: String { cause.rawValue }
    /// Whether packets came that could not be used, rather than none.
    package var hasUnusedPackets: Bool {
        switch cause {
        case .noKey, .authenticationFailure, .codecUnsupported, .snapLength: true
        case .networkLoss, .captureDrop, .fileMissing, .discontinuousTransmission, .hold, .pause, .unknown: false
        }
    }

    package init(
        start: String, offset: Seconds, duration: Seconds, packets: Int, cause: Cause, first: PlaceRecord? = nil, last: PlaceRecord? = nil
    ) {
        self.start = start
        self.offset = offset
        self.duration = duration
        self.packets = packets
        self.cause = cause
        self.first = first
        self.last = last
    }
}
