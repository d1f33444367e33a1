/// One media stream: an m-line in one direction, or an unsignalled flow.
package struct StreamRecord: Codable, Sendable, Equatable {
    package struct Security: Codable, Sendable, Equatable {
        /// Name of the crypto suite (RFC 4568, 6188, 7714).
        package var suite: String?
        /// Where the key came from, for example `sdp`, `dtls`, `file`.
        package var keySource: String?
        /// Master key identifier, lower-case hexadecimal.
        package var mki: String?
        /// Packets whose authentication tag was right.
        package var authenticated: Int
        /// Packets whose authentication tag was wrong under every key.
        package var failed: Int
        /// Why the packets are taken for encrypted where nothing describes them so; absent otherwise.
        package var suspected: Suspicion?

        /// What speaks for encryption besides signalling and keys.
        package struct Suspicion: Codable, Sendable, Equatable {
            /// `high` or `medium`.
            package var confidence: String
            package var reasons: [String]

            package init(confidence: String, reasons: [String]) {
                self.confidence = confidence
                self.reasons = reasons
            }
        }

        package init(suite: String? = nil, keySource: String? = nil, mki: String? = nil, authenticated: Int = 0, failed: Int = 0) {
            self.suite = suite
            self.keySource = keySource
            self.mki = mki
            self.authenticated = authenticated
            self.failed = failed
        }
    }

    /// How it is known who sends to a stream of a recording session.
    package struct Binding: Codable, Sendable, Equatable {
        /// Another reading: who would send if it were right.
        package struct Alternative: Codable, Sendable, Equatable {
            /// As in `Binding`; `none` where nothing more is said for it than that nobody else is left.
            package var basis: String
            /// Participant ids.
            package var participants: [String]
            /// `stream_id` of the metadata.
            package var streamID: String?

            package init(basis: String, participants: [String], streamID: String? = nil) {
                self.basis = basis
                self.participants = participants
                self.streamID = streamID
            }
        }

        /// `label`, `similar-label`, `duplicate-label`, `elimination`, `order`, `position`, `signalling` or `none`.
        package var basis: String
        /// `high`, `medium` or `low`.
        package var confidence: String
        /// Absent where there is no other reading.
        package var alternatives: [Alternative]?
        /// Statements of the capture that name somebody else, such as `a=ssrc cname sip:bob@example.org`; absent where there are none.
        package var contradictedBy: [String]?

        package init(basis: String, confidence: String, alternatives: [Alternative]? = nil) {
            self.basis = basis
            self.confidence = confidence
            self.alternatives = alternatives
        }
    }

    /// Packets of a medium that is no RTP, such as fax.
    package struct Datagrams: Codable, Sendable, Equatable {
        /// `udptl` (ITU-T T.38 section 9.1).
        package var transport: String
        package var packets: Int
        package var start: String
        package var end: String
        /// Seconds from the recording's start.
        package var offset: Seconds
        package var duration: Seconds
        /// Whether what they carry is in the output.
        package var isDecoded: Bool
        package var first: PlaceRecord
        package var last: PlaceRecord

        package init(
            transport: String, packets: Int, start: String, end: String, offset: Seconds, duration: Seconds, isDecoded: Bool, first: PlaceRecord,
            last: PlaceRecord
        ) {
            self.transport = transport
            self.packets = packets
            self.start = start
            self.end = end
            self.offset = offset
            self.duration = duration
            self.isDecoded = isDecoded
            self.first = first
            self.last = last
        }

        enum CodingKeys: String, CodingKey {
            case transport, packets, start, end, offset, duration
            case isDecoded = "decoded"
            case first, last
        }
    }

    /// `s1`, `s2`, …
    package var id: String
    /// `stream_id` of the metadata (RFC 7865 section 6.5).
    package var streamID: String?
    /// `a=label` (RFC 4574).
    package var label: String?
    /// `audio`, `video`, `text`, `message` or `image`.
    package var media: String
    /// Ids of those who send to it.
    package var participants: [String] = []
    /// Absent outside recording sessions, and where nothing speaks for any sender.
    package var binding: Binding?
    /// Absent where nothing was encrypted.
    package var security: Security?
    package var flows: [FlowRecord] = []
    /// Absent where all packets are RTP.
    package var datagrams: Datagrams?
    package var gaps: [GapRecord] = []
    /// Paths in `files`.
    package var files: [String] = []

    package init(id: String, media: String) {
        self.id = id
        self.media = media
    }
}
