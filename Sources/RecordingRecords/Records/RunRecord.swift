import MediaPlayout

/// `run.json`: what one run read and made (schema `siprecap.run/1`). Written last: a folder without it is of a run that did not finish.
///
/// It is the only file with clock times, so the manifest leaves it out and it holds the manifest's hash instead.
package struct RunRecord: Codable, Sendable, Equatable {
    /// An input that could not be read, or is no capture.
    package struct Rejected: Codable, Sendable, Equatable {
        package var name: String
        package var reason: String

        package init(name: String, reason: String) {
            self.name = name
            self.reason = reason
        }
    }

    /// One line of the list of recordings.
    package struct Recording: Codable, Sendable, Equatable {
        package var id: String
        package var kind: String
        /// Relative to the output folder.
        package var folder: String
        package var start: String
        package var duration: Seconds
        package var complete: Bool
        /// How many.
        package var participants: Int
        package var streams: Int
        /// Audio files.
        package var audioFiles: Int
        /// RTP packets of its flows, each once. Absent in what earlier versions wrote, as the next two.
        package var packets: Int?
        /// Further frames of the same packets.
        package var copies: Int?
        /// What became of `packets`.
        package var fates: FateRecord?

        package init(
            id: String, kind: String, folder: String, start: String, duration: Seconds, complete: Bool, participants: Int, streams: Int, audioFiles: Int
        ) {
            self.id = id
            self.kind = kind
            self.folder = folder
            self.start = start
            self.duration = duration
            self.complete = complete
            self.participants = participants
            self.streams = streams
            self.audioFiles = audioFiles
        }
    }

    /// RTP that no recording has.
    package struct Unrecorded: Codable, Sendable, Equatable {
        /// `selection`, `other-path`, `between-sessions`, `no-recording`, `noise`, `unclaimed` or `table-full`.
        package var reason: String
        /// As a key of `fates`.
        package var fate: String
        package var flows: Int
        package var packets: Int

        package init(reason: String, fate: String, flows: Int, packets: Int) {
            self.reason = reason
            self.fate = fate
            self.flows = flows
            self.packets = packets
        }

        /// Whether speech may be among these packets that nothing excuses. Noise is none: what is no media of a call is missed by nobody.
        package var mayBeMissed: Bool { reason != "noise" && PacketFate(word: fate)?.isExcused != true }

        /// As many as chance takes for media.
        package static var handful: Int { 9 }
    }

    /// Packets that no recording has, though one should.
    package static func missed(of parts: [Unrecorded]) -> Int { parts.reduce(0) { $1.mayBeMissed ? $0 &+ $1.packets : $0 } }

    package struct Totals: Codable, Sendable, Equatable {
        package var captures = 0
        /// Octets of captures.
        package var bytesRead = 0
        package var packets = 0
        package var flows = 0
        /// Packets of all flows: `copies` and the sum of `fates`. Absent in what earlier versions wrote, as the next two.
        package var rtpPackets: Int?
        /// Further frames of packets that recordings have.
        package var copies: Int?
        /// What became of every RTP packet that was captured, in recordings or not.
        package var fates: FateRecord?
        /// Flows that are in no recording.
        package var ignoredFlows = 0
        package var dialogs = 0
        package var recordings = 0
        package var completeRecordings = 0
        package var participants = 0
        package var streams = 0
        package var audioFiles = 0
        /// Of all recordings together.
        package var audio: Seconds = 0
        package var gaps: Seconds = 0
        package var errors = 0
        package var warnings = 0
        package var infos = 0

        package init() {}
    }

    /// The manifest as it was written.
    package struct Manifest: Codable, Sendable, Equatable {
        package var path: String
        package var sha256: String
        /// Files listed in it.
        package var files: Int

        package init(path: String, sha256: String, files: Int) {
            self.path = path
            self.sha256 = sha256
            self.files = files
        }
    }

    package static let schemaName = "siprecap.run/1"

    package var schema = Self.schemaName
    package var tool: ToolRecord
    package var options: [String: OptionValue]
    package var captures: [CaptureRecord] = []
    package var rejected: [Rejected] = []
    package var totals = Totals()
    package var findings: [FindingRecord] = []
    /// Packets of flows in no recording, by why.
    package var unrecorded: [Unrecorded]?
    package var recordings: [Recording] = []
    /// True where the run was ended early: recordings may be missing.
    package var interrupted = false
    /// What the command returns: 0, 1, 2 or 130.
    package var exitStatus: Int
    /// Clock times of the run.
    package var started: String?
    package var finished: String?
    /// Filled in by the output folder.
    package var manifest: Manifest?

    package init(tool: ToolRecord, options: [String: OptionValue] = [:], exitStatus: Int) {
        self.tool = tool
        self.options = options
        self.exitStatus = exitStatus
    }
}
