/// One file of a recording, but `recording.json` itself.
package struct FileRecord: Codable, Sendable, Equatable {
    /// What a file holds. More may be added.
    package struct Role: RawRepresentable, Codable, Sendable, Hashable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let participant = Role(rawValue: "participant")
        package static let mix = Role(rawValue: "mix")
        package static let stream = Role(rawValue: "stream")
        package static let text = Role(rawValue: "text")
        package static let video = Role(rawValue: "video")
        package static let messages = Role(rawValue: "messages")
        package static let metadata = Role(rawValue: "metadata")
        package static let signalling = Role(rawValue: "signalling")
        package static let events = Role(rawValue: "events")
        package static let vCon = Role(rawValue: "vcon")
    }

    /// Relative to the recording's folder.
    package var path: String
    package var role: Role
    /// Ids of those who are heard in it.
    package var participants: [String]
    /// Ids of the streams it was made from.
    package var streams: [String]
    /// RFC 6838 media type.
    package var mediaType: String
    package var bytes: Int
    package var sha256: String
    /// Hertz; audio only, as `channels` and `frames`.
    package var sampleRate: Int?
    package var channels: Int?
    package var frames: Int64?
    /// When the first sample was heard.
    package var start: String?
    /// Seconds from the recording's start to `start`.
    package var offset: Seconds?
    /// Whether the sound is kept as it came; absent where that was not asked for.
    package struct Native: Codable, Sendable, Equatable {
        package var kept: Bool
        /// As an rtpmap has it.
        package var encoding: String?
        /// Why it is not kept.
        package var reason: String?

        package init(kept: Bool, encoding: String? = nil, reason: String? = nil) {
            self.kept = kept
            self.encoding = encoding
            self.reason = reason
        }
    }

    package var native: Native?
    /// Who is heard on one channel of a mix.
    package struct Channel: Codable, Sendable, Equatable {
        package var participants: [String]
        package var streams: [String]

        package init(participants: [String], streams: [String]) {
            self.participants = participants
            self.streams = streams
        }
    }

    /// A mix's channels in order.
    package var channelMap: [Channel]?
    /// What every sample of a mix was multiplied with so that none clips; 1 as a rule.
    package var gain: Double?
    /// Where a metadata document begins in the capture.
    package var first: PlaceRecord?

    package init(
        _ file: WrittenFile, role: Role, mediaType: String, participants: [String] = [], streams: [String] = [], sampleRate: Int? = nil,
        channels: Int? = nil, start: String? = nil, offset: Seconds? = nil
    ) {
        path = file.path
        self.role = role
        self.participants = participants
        self.streams = streams
        self.mediaType = mediaType
        bytes = file.bytes
        sha256 = file.sha256
        self.sampleRate = sampleRate
        self.channels = channels
        frames = sampleRate == nil ? nil : file.frames
        self.start = start
        self.offset = offset
    }
}
