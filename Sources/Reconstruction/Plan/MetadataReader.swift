import Evidence
import RecordingMetadata
import SIPDialogs

/// From the metadata parts that a dialog carried to their history, with findings at the right frame and octet.
enum MetadataReader {
    static func timeline(of dialog: SIPDialog, limits: Limits) -> (MetadataTimeline, FindingLog) {
        var timeline = MetadataTimeline()
        var findings = FindingLog()
        let subject = FindingSubject(callID: dialog.callID)
        var origin: Origin?
        for carried in dialog.metadata {
            let document = RecordingDocument(parsing: carried.octets, limits: limits)
            for remark in document.remarks {
                findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
            let known = timeline.remarks.count
            if case .requestSnapshot = document.root { continue }
            timeline.apply(document, at: carried.time, isAccepted: carried.isAccepted)
            for remark in timeline.remarks.dropFirst(known) {
                findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
            origin = carried.origins.origin(at: 0)
        }
        let known = timeline.remarks.count
        if let end = dialog.end { timeline.end(at: end) }
        for remark in timeline.remarks.dropFirst(known) { findings.report(remark.rule, remark.message, at: origin, subject: subject) }
        return (timeline, findings)
    }
}
