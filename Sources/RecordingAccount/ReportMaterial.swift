package import RecordingRecords
package import RecordingRender

/// Makes `report.html` of a recording.
package typealias RecordingPageMaker = @Sendable (ReportMaterial) -> [UInt8]

/// What a page about one recording shows: the sidecar, and what stands beside it in other files or is only a picture.
package struct ReportMaterial: Sendable {
    package static let fileName = "report.html"

    /// A SIP message, and how often it came again.
    package struct Message: Sendable, Equatable {
        /// RFC 3339.
        package var time: String
        /// Seconds from the recording's start; negative before it.
        package var offset: Double
        /// `192.0.2.1:5060`.
        package var source: String
        package var destination: String
        package var transport: String
        /// `INVITE`, or `200 OK`.
        package var title: String
        /// Method of CSeq, for a response.
        package var method: String
        package var isRequest: Bool
        /// Frames that carry it, and those of its repetitions.
        package var places: [PlaceRecord]
        /// How often it was sent or captured again.
        package var repetitions: Int
        /// Keys redacted; may hold any character.
        package var text: String
        /// Octets that are left out at the end of `text`.
        package var omitted: Int

        package init(
            time: String, offset: Double, source: String, destination: String, transport: String, title: String, method: String, isRequest: Bool,
            places: [PlaceRecord], repetitions: Int = 0, text: String, omitted: Int = 0
        ) {
            self.time = time
            self.offset = offset
            self.source = source
            self.destination = destination
            self.transport = transport
            self.title = title
            self.method = method
            self.isRequest = isRequest
            self.places = places
            self.repetitions = repetitions
            self.text = text
            self.omitted = omitted
        }
    }

    /// A metadata document.
    package struct Document: Sendable, Equatable {
        /// As in `files` of the sidecar.
        package var path: String
        package var time: String
        /// `INVITE`, `UPDATE`, …
        package var carrier: String
        /// May hold any character.
        package var text: String
        package var omitted: Int

        package init(path: String, time: String, carrier: String, text: String, omitted: Int = 0) {
            self.path = path
            self.time = time
            self.carrier = carrier
            self.text = text
            self.omitted = omitted
        }
    }

    /// Where a stream stands in the session description.
    package struct MediaLine: Sendable, Equatable {
        /// Zero-based place of the m-line.
        package var index: Int
        /// `client` or `server`.
        package var sender: String
        package var destination: String?

        package init(index: Int, sender: String, destination: String?) {
            self.index = index
            self.sender = sender
            self.destination = destination
        }
    }

    package var record: RecordingRecord
    package var waveforms: [Waveform] = []
    /// When each participant has sound, seconds from the start, by id.
    package var talk: [String: [(from: Double, until: Double)]] = [:]
    /// In order of time, repetitions folded.
    package var messages: [Message] = []
    /// Messages that are only in `signalling.txt`.
    package var omittedMessages = 0
    package var documents: [Document] = []
    /// By stream id; none for what was not negotiated.
    package var lines: [String: MediaLine] = [:]

    /// Packets whose time is known beside those of messages and gaps: the first of each flow. Seconds from the recording's start.
    package var packets: [(place: PlaceRecord, offset: Double)] = []

    package init(record: RecordingRecord) { self.record = record }
}
