package import Evidence

/// One packet of an RTCP compound (RFC 3550 section 6).
package enum RTCPPacket: Sendable, Equatable {
    case senderReport(RTCPSenderReport)
    case receiverReport(RTCPReceiverReport)
    case sourceDescription([RTCPSourceDescription])
    case goodbye(RTCPGoodbye)
    /// Any other type, APP included: its packet type, the five bits beside it, and where it lies in the parsed octets.
    case other(type: UInt8, count: UInt8, range: Range<Int>)
}

/// SR, packet type 200 (RFC 3550 section 6.4.1): ties RTP timestamps to the sender's wall clock.
package struct RTCPSenderReport: Sendable, Equatable {
    package let ssrc: SSRC
    package let ntp: NTPTimestamp
    /// The same moment as `ntp`, in units of the stream's clock.
    package let rtpTimestamp: RTPTimestamp
    /// RTP packets sent since the start; restarts when the SSRC changes.
    package let packetCount: UInt32
    /// Payload octets sent since the start.
    package let octetCount: UInt32
    package let blocks: [RTCPReportBlock]
}

/// RR, packet type 201 (RFC 3550 section 6.4.2).
package struct RTCPReceiverReport: Sendable, Equatable {
    package let ssrc: SSRC
    package let blocks: [RTCPReportBlock]
}

/// What a receiver says of one source (RFC 3550 section 6.4.1).
package struct RTCPReportBlock: Sendable, Equatable {
    package let source: SSRC
    /// Part lost since the last report, in 1/256.
    package let fractionLost: UInt8
    /// Packets lost since the start; negative when duplicates outnumber losses.
    package let cumulativeLost: Int32
    /// Wrap count in the high 16 bits, highest sequence number in the low.
    package let highestSequence: UInt32
    /// Interarrival jitter in clock-rate units.
    package let jitter: UInt32
    /// Middle bits of the last sender report's NTP time; 0 for none yet.
    package let lastSenderReport: UInt32
    /// Since that report, in 1/65536 s.
    package let delaySinceLastSenderReport: UInt32

    package init(
        source: SSRC, fractionLost: UInt8, cumulativeLost: Int32, highestSequence: UInt32, jitter: UInt32, lastSenderReport: UInt32,
        delaySinceLastSenderReport: UInt32
    ) {
        self.source = source
        self.fractionLost = fractionLost
        self.cumulativeLost = cumulativeLost
        self.highestSequence = highestSequence
        self.jitter = jitter
        self.lastSenderReport = lastSenderReport
        self.delaySinceLastSenderReport = delaySinceLastSenderReport
    }
}

/// One chunk of SDES, packet type 202 (RFC 3550 section 6.5).
package struct RTCPSourceDescription: Sendable, Equatable {
    package struct Item: Sendable, Equatable {
        /// 1 CNAME, 2 NAME, 3 EMAIL, 4 PHONE, 5 LOC, 6 TOOL, 7 NOTE, 8 PRIV, others by their number.
        package let type: UInt8
        /// As on the wire, read as UTF-8.
        package let text: String

        package init(type: UInt8, text: String) {
            self.type = type
            self.text = text
        }
    }

    package let source: SSRC
    package let items: [Item]

    package init(source: SSRC, items: [Item]) {
        self.source = source
        self.items = items
    }

    /// The canonical name (RFC 7022), which follows a source through changes of SSRC.
    package var cname: String? { items.first { $0.type == 1 }?.text }
}

/// BYE, packet type 203 (RFC 3550 section 6.6).
package struct RTCPGoodbye: Sendable, Equatable {
    package let sources: [SSRC]
    package let reason: String?

    package init(sources: [SSRC], reason: String?) {
        self.sources = sources
        self.reason = reason
    }
}
