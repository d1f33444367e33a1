/// A file of events for other programs.
package struct EventTrack: Sendable {
    package let path: String
    package let mediaType: String
    package let octets: [UInt8]

    private init(_ path: String, _ text: String, mediaType: String = "text/plain") {
        self.path = path
        self.mediaType = mediaType
        octets = Array(text.utf8)
    }

    /// Those that every recording has; `names` of participants by their ids, where there are any.
    package static func of(_ events: [EventRecord], names: [String: String]) -> [EventTrack] {
        [
            EventTrack("events.vtt", WebVTT.text(events, names: names), mediaType: "text/vtt"),
            EventTrack("events.txt", AudacityLabels.text(events, names: names)),
        ]
    }

    /// Those that were asked for, made of what the sidecar says but its list of files.
    package static func exports(_ kinds: Set<RecordingExport>, of record: RecordingRecord) -> [EventTrack] {
        RecordingExport.allCases.filter(kinds.contains).map { kind in
            switch kind {
            case .rttm: EventTrack("events.rttm", RTTM.text(record))
            case .textGrid: EventTrack("events.TextGrid", TextGrid.text(record))
            }
        }
    }

    package func write(to writer: any RecordingWriter) throws(OutputFault) -> FileRecord {
        FileRecord(try writer.write(path: path, octets: octets), role: .events, mediaType: mediaType)
    }
}
