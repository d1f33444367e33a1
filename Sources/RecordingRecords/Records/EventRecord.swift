/// Something that happened during a recording.
package struct EventRecord: Codable, Sendable, Equatable {
    /// More may be added.
    package struct Kind: RawRepresentable, Codable, Sendable, Hashable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        package static let join = Kind(rawValue: "join")
        package static let leave = Kind(rawValue: "leave")
        package static let hold = Kind(rawValue: "hold")
        package static let resume = Kind(rawValue: "resume")
        package static let pause = Kind(rawValue: "pause")
        package static let transfer = Kind(rawValue: "transfer")
        package static let codecChange = Kind(rawValue: "codec-change")
        package static let ssrcChange = Kind(rawValue: "ssrc-change")
        package static let rekey = Kind(rawValue: "rekey")
        package static let dtmf = Kind(rawValue: "dtmf")
        package static let fax = Kind(rawValue: "fax")
        package static let metadata = Kind(rawValue: "metadata")
    }

    package var time: String
    /// Seconds from the recording's start; negative before it.
    package var offset: Seconds
    package var type: Kind
    package var participants: [String]
    /// Id of the stream it happened on.
    package var stream: String?
    /// More about it, by type: `digit`, `from`, `to`, …
    package var detail: [String: String]

    package init(time: String, offset: Seconds, type: Kind, participants: [String] = [], stream: String? = nil, detail: [String: String] = [:]) {
        self.time = time
        self.offset = offset
        self.type = type
        self.participants = participants
        self.stream = stream
        self.detail = detail
    }
}
