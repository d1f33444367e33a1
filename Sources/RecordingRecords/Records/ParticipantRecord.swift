/// Somebody who takes part (RFC 7865 section 6.4).
package struct ParticipantRecord: Codable, Sendable, Equatable {
    package struct Name: Codable, Sendable, Equatable {
        package var value: String
        /// RFC 5646 tag.
        package var language: String?

        package init(value: String, language: String? = nil) {
            self.value = value
            self.language = language
        }
    }

    /// When the participant was in a communication session.
    package struct Membership: Codable, Sendable, Equatable {
        package var id: String
        package var start: String?
        package var end: String?
        /// `associate-time` of the metadata: RFC 3339 in UTC where the moment is known, else as written.
        package var statedStart: String?
        /// `disassociate-time`, likewise.
        package var statedEnd: String?

        package init(id: String, start: String? = nil, end: String? = nil) {
            self.id = id
            self.start = start
            self.end = end
        }
    }

    /// When the participant sent to or received from a stream.
    package struct Association: Codable, Sendable, Equatable {
        /// `id` of a stream of this recording.
        package var stream: String
        package var start: String?
        package var end: String?
        /// `associate-time` of the metadata: RFC 3339 in UTC where the moment is known, else as written.
        package var statedStart: String?
        /// `disassociate-time`, likewise.
        package var statedEnd: String?
        /// True where no signalling says so: senders by position, and who hears whom where no metadata names a receiver. Absent otherwise.
        package var assumed: Bool?

        package init(stream: String, start: String? = nil, end: String? = nil) {
            self.stream = stream
            self.start = start
            self.end = end
        }
    }

    /// What else the signalling calls the participant.
    package struct Identity: Codable, Sendable, Equatable {
        package var uri: String?
        package var name: String?
        /// Header field, `Request-URI`, or the metadata extension that says so.
        package var source: String

        package init(uri: String?, name: String?, source: String) {
            self.uri = uri
            self.name = name
            self.source = source
        }
    }

    /// How much sound there is in the participant's own audio.
    package struct Talk: Codable, Sendable, Equatable {
        /// Time with sound.
        package var seconds: Seconds
        /// Time of it during which another participant had sound, too.
        package var overlap: Seconds
        package var spans: Int

        package init(seconds: Seconds, overlap: Seconds, spans: Int) {
            self.seconds = seconds
            self.overlap = overlap
            self.spans = spans
        }
    }

    package var id: String
    /// The address of record in force at the end.
    package var aor: String?
    package var aors: [String] = []
    package var names: [Name] = []
    /// Absent where there is none.
    package var identities: [Identity]?
    /// What vendors add to the participant, also in its associations; absent where there is nothing.
    package var extensions: [ExtensionRecord]?
    package var sessions: [Membership] = []
    package var sends: [Association] = []
    package var receives: [Association] = []
    /// Absent for who has no audio of their own, or only silence.
    package var talk: Talk?
    /// Paths in `files`.
    package var files: [String] = []
    /// How the audio was found to be this participant's: `signalled`, `inferred` or `none`.
    package var confidence: String

    package init(id: String, confidence: String) {
        self.id = id
        self.confidence = confidence
    }
}
