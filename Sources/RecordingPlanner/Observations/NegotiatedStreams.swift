import CaptureSurvey
import RecordingPlan
import SIPDialogs
import StreamMatching

/// Media streams that descriptions negotiated, of all dialogs.
struct NegotiatedStreams {
    let all: [NegotiatedStream]
    /// Places in `all` of each dialog's streams.
    let ofDialog: [[Int]]

    init(_ dialogs: DialogList) {
        var all: [NegotiatedStream] = []
        var ofDialog = Array(repeating: [Int](), count: dialogs.count)
        for (index, dialog) in dialogs.enumerated() {
            for stream in dialog.negotiatedStreams(dialogIndex: index) {
                ofDialog[index].append(all.count)
                all.append(stream)
            }
        }
        self.all = all
        self.ofDialog = ofDialog
    }

    subscript(index: Int) -> NegotiatedStream { all[index] }
}
