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

    package struct Totals: Codable, Sendable, Equatable {
        package var captures = 0
        /// Octets of captures.
        package var bytesRead = 0
        package var packets = 0
        package var flows = 0
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
