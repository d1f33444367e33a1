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

    /// Restored packets by what they were restored from; what restored none is absent.
    package struct Recovered: Codable, Sendable, Equatable {
        /// The codec's redundancy in the next packet.
        package var inBand: Int?
        /// Copies in later packets (RFC 2198).
        package var redundancy: Int?
        /// Parity over several packets (RFC 5109).
        package var parity: Int?
        /// Retransmissions (RFC 4588).
        package var retransmission: Int?

        /// Nil for none.
        package init?(_ counts: RecoveryCounts) {
            guard counts.total > 0 else { return nil }
            inBand = counts.inBand > 0 ? counts.inBand : nil
            redundancy = counts.redundancy > 0 ? counts.redundancy : nil
            parity = counts.parity > 0 ? counts.parity : nil
            retransmission = counts.retransmission > 0 ? counts.retransmission : nil
        }
    }

    /// How the flow was placed in time, where that took more than its description and its arrivals.
    package struct Timing: Codable, Sendable, Equatable {
        /// `arrival`: the least late packets say when; `sender-reports`: RTCP of the sender does; `packet-count`: timestamps do not count time.
        package var basis: String
        package var reason: String
        /// The RTP clock that was used, hertz, where it is not the one described.
        package var clockRate: Int?
        /// Seconds by which the sound was placed before its arrival's time; absent where it was not moved.
        package var moved: Seconds?

        package init(basis: String, reason: String, clockRate: Int? = nil, moved: Seconds? = nil) {
            self.basis = basis
            self.reason = reason
            self.clockRate = clockRate
            self.moved = moved
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

    /// Somebody who is heard in the flow by what the headers of its packets say, opened or not.
    package struct Contributor: Codable, Sendable, Equatable {
        /// A span with speech.
        package struct Talk: Codable, Sendable, Equatable {
            /// Seconds from the recording's start.
            package var offset: Seconds
            package var duration: Seconds

            package init(offset: Seconds, duration: Seconds) {
                self.offset = offset
                self.duration = duration
            }
        }

        /// `0x` and 8 hexadecimal digits.
        package var ssrc: String
        /// `client-level` (RFC 6464), `contributor-level` (RFC 6465), or `contributor`: listed without a level (RFC 3550 section 5.1).
        package var basis: String
        /// Participant ids, where one is known to be this source.
        package var participants: [String]?
        /// How: `stream` (another stream of the recording has this source), `communication-session` (a call in the capture that this recording
        /// delivers has it), `canonical-name` (its RTCP name is the participant's address). Absent without participants.
        package var mapping: String?
        /// Canonical name that RTCP or `a=ssrc` gives the source (RFC 3550 section 6.5.1, RFC 5576).
        package var cname: String?
        package var packets: Int
        package var talk: [Talk]

        package init(ssrc: String, basis: String, participants: [String]?, mapping: String?, cname: String?, packets: Int, talk: [Talk]) {
            self.ssrc = ssrc
            self.basis = basis
            self.participants = participants
            self.mapping = mapping
            self.cname = cname
            self.packets = packets
            self.talk = talk
        }
    }

    /// The same media on its way to another recorder.
    package struct Twin: Codable, Sendable, Equatable {
        package var source: String
        package var destination: String
        package var packets: Int

        package init(source: String, destination: String, packets: Int) {
            self.source = source
            self.destination = destination
            self.packets = packets
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

        package init(tried: Int, authenticated: Int, cname: String?) {
            self.tried = tried
            self.authenticated = authenticated
            self.cname = cname
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
    /// What became of each of `packets`; absent in what earlier versions wrote.
    package var fates: FateRecord?
    /// Where the packets are that were not heard, in the order in which that was decided; absent where all were.
    package var unheard: [UnheardRecord]?
    /// From the first to the last sound of each part of the flow; between them is sound, or a gap. Absent where nothing was heard.
    package var sound: [SpanRecord]?
    /// Further frames of the same packets, as a mirror port or a second probe gives; absent where there are none.
    package var copies: Int?
    /// Which capture supplied what; absent where one capture supplied everything.
    package var captures: [Supply]?
    package var lost: Int = 0
    /// Packets that did not come and were restored from what else was sent; absent where none was.
    package var recovered: Recovered?
    package var duplicates: Int = 0
    package var reordered: Int = 0
    /// Interarrival jitter at the end (RFC 3550 section 6.4.1), seconds.
    package var jitter: Seconds?
    /// Estimated mean opinion score, 1 to 5, two decimals.
    package var mos: Seconds?
    /// Loss over time; absent for what is not audio.
    package var quality: Quality?
    /// Absent where the headers say nothing of who is heard.
    package var contributors: [Contributor]?
    /// Absent where the media went to one recorder only.
    package var twins: [Twin]?
    /// Absent where no difference was found that matters.
    package var clock: Clock?
    /// Absent where description and arrivals say it all.
    package var timing: Timing?
    /// Absent where nothing was signalled.
    package var match: Match?
    /// Absent where the flow is not encrypted, no key opens it, or no SRTCP was seen.
    package var control: Control?
    /// When the source said by RTCP that it leaves (RFC 3550 section 6.6); absent where it did not, or went on.
    package var goodbye: String?
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
