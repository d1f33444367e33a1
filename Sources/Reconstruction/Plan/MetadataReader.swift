import Evidence
import RecordingMetadata
import SDPSyntax
import SIPDialogs
import SIPSyntax

/// What the metadata of one recording dialog tells.
struct ReadMetadata {
    var timeline = MetadataTimeline()
    /// Product whose dialect it is written in; nil where nothing is typical.
    var dialect: String?
    var findings = FindingLog()
    /// Each of the dialog's documents, in the same order.
    var documents: [RecordingDocument] = []
}

/// From the metadata parts that a dialog carried to their history, with findings at the right frame and octet.
enum MetadataReader {
    static func read(_ dialog: SIPDialog, limits: Limits) -> ReadMetadata {
        var out = ReadMetadata()
        let subject = FindingSubject(callID: dialog.callID)
        let hints = hints(of: dialog)
        var origin: Origin?
        for carried in dialog.metadata {
            let document = RecordingDocument(parsing: carried.octets, limits: limits)
            out.documents.append(document)
            for remark in document.remarks {
                out.findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
            let known = out.timeline.remarks.count
            if case .requestSnapshot = document.root { continue }
            // What the recording server writes says nothing of the client's dialect.
            if out.dialect == nil { out.dialect = document.dialect(hints: hints) }
            out.timeline.apply(document, at: carried.time, isAccepted: carried.isAccepted)
            for remark in out.timeline.remarks.dropFirst(known) {
                out.findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
            origin = carried.origins.origin(at: 0)
        }
        let known = out.timeline.remarks.count
        if let end = dialog.end { out.timeline.end(at: end) }
        for remark in out.timeline.remarks.dropFirst(known) { out.findings.report(remark.rule, remark.message, at: origin, subject: subject) }
        return out
    }

    /// What the first message with metadata, and the messages of its sender, show of the product that made it.
    private static func hints(of dialog: SIPDialog) -> SenderHints {
        var hints = SenderHints()
        hints.callID = dialog.callID
        guard let carried = dialog.metadata.first else { return hints }
        let sender = carried.sender == .client ? dialog.client : dialog.server
        hints.userAgent = sender.userAgent ?? ""
        hints.contact = sender.contact?.uri.raw ?? ""
        hints.from = sender.uri ?? ""
        hints.origin = carried.description?.origin?.username ?? ""
        guard let message = dialog.messages.first(where: { $0.time == carried.time && !$0.message.body.isEmpty })?.message else { return hints }
        hints.headers = Set(message.headers.map(\.key))
        hints.organization = message.first("Organization") ?? ""
        let type = HeaderText.split(message.first("Content-Type") ?? "", at: 0x3B)
        hints.boundary = HeaderText.parameters(type.dropFirst()).value("boundary") ?? ""
        return hints
    }
}
