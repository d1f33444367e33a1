/// The program that made an output.
package struct ToolRecord: Codable, Sendable, Equatable {
    package var name: String
    package var version: String

    package init(name: String = "siprecap", version: String) {
        self.name = name
        self.version = version
    }
}

/// One capture that was read.
package struct CaptureRecord: Codable, Sendable, Equatable {
    /// Last part of its path.
    package var name: String
    /// Absent where the capture was not read to its end.
    package var sha256: String?
    package var bytes: Int?
    package var packets: Int
    /// Time of the first packet.
    package var first: String?
    package var last: String?
    package var linkTypes: [String]
    /// How its clock stands to another capture's.
    package struct Clock: Codable, Sendable, Equatable {
        /// Seconds by which its times are later than those of `relativeTo`, after any correction; travel time included.
        package var offset: Seconds?
        /// Name of the capture compared with.
        package var relativeTo: String?
        /// Packets that both hold, of those compared.
        package var packets: Int?
        /// Seconds that were added to its times by order of the user.
        package var corrected: Seconds?

        package init() {}
    }

    /// Octets of each packet that the capture kept at most.
    package var snapLength: Int?
    /// Packets that the capture says it lost.
    package var dropped: Int?
    /// Absent where its clock was neither compared nor corrected.
    package var clock: Clock?

    package init(
        name: String, sha256: String? = nil, bytes: Int? = nil, packets: Int, first: String? = nil, last: String? = nil, linkTypes: [String] = [],
        snapLength: Int? = nil, dropped: Int? = nil
    ) {
        self.name = name
        self.sha256 = sha256
        self.bytes = bytes
        self.packets = packets
        self.first = first
        self.last = last
        self.linkTypes = linkTypes
        self.snapLength = snapLength
        self.dropped = dropped
    }
}

/// One key that was used. Never the key.
package struct KeyRecord: Codable, Sendable, Equatable {
    /// Of an SRTP key: first four octets of SHA-256 over key and salt. Of a TLS secret: first four octets of the client random.
    package var id: String
    /// `sdes`, `dtls-srtp` or `key-file` for SRTP; `tls-secret` or `rsa-key` for signalling.
    package var kind: String
    /// Where it was found: `sdp`, `sdp CALL-ID` of another dialog, or the name of a file and the line.
    package var source: String

    package init(id: String, kind: String, source: String) {
        self.id = id
        self.kind = kind
        self.source = source
    }
}

/// What a recording was made from, and with what.
package struct ProvenanceRecord: Codable, Sendable, Equatable {
    package var tool: ToolRecord
    /// Those that can change the result, by their long names without dashes.
    package var options: [String: OptionValue]
    package var captures: [CaptureRecord]
    package var keys: [KeyRecord]

    package init(tool: ToolRecord, options: [String: OptionValue] = [:], captures: [CaptureRecord] = [], keys: [KeyRecord] = []) {
        self.tool = tool
        self.options = options
        self.captures = captures
        self.keys = keys
    }
}
