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

        package init(suite: String? = nil, keySource: String? = nil, mki: String? = nil, authenticated: Int = 0, failed: Int = 0) {
            self.suite = suite
            self.keySource = keySource
            self.mki = mki
            self.authenticated = authenticated
            self.failed = failed
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
    /// Absent where nothing was encrypted.
    package var security: Security?
    package var flows: [FlowRecord] = []
    package var gaps: [GapRecord] = []
    /// Paths in `files`.
    package var files: [String] = []

    package init(id: String, media: String) {
        self.id = id
        self.media = media
    }
}
