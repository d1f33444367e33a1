import CaptureSurvey
import Evidence
import RecordingPlan
import SIPDialogs
import StreamMatching

/// Where the edges of what was captured cut a recording off.
struct CaptureEdges: Equatable {
    /// The recording goes on before what was captured.
    var cutsBeginning = false
    /// Likewise after it.
    var cutsEnd = false

    /// Media that is further from an edge than this began or ended by itself, seconds.
    private static let slack = 2.0

    init(of recording: PlannedRecording, in survey: Survey) {
        let rows = recording.streams.flatMap(\.flows).map { survey.flows.rows[$0.flow] }
        let dialogs = recording.dialogs.map { survey.dialogs[$0] }
        func isCaptured(_ time: CaptureTime) -> Bool {
            survey.captures.contains { capture in
                guard let first = capture.first, let last = capture.last else { return false }
                return first <= time && time <= last
            }
        }
        let touchesBeginning = rows.map(\.firstArrival).min().map { !isCaptured($0.advanced(bySeconds: -Self.slack)) } ?? false
        let touchesEnd = rows.map(\.lastArrival).max().map { !isCaptured($0.advanced(bySeconds: Self.slack)) } ?? false
        cutsBeginning = dialogs.isEmpty ? touchesBeginning : dialogs.contains(where: \.startsMidCapture)
        cutsEnd = touchesEnd && dialogs.allSatisfy { $0.end == nil }
    }

    var isCut: Bool { cutsBeginning || cutsEnd }

    var text: String {
        switch (cutsBeginning, cutsEnd) {
        case (true, true): "starts and ends during it"
        case (true, false): "starts during it"
        default: "ends during it"
        }
    }
}
