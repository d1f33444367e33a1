import CaptureSurvey
import Evidence
import RecordingMetadata
import RecordingPlan
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

/// Metadata of all recording dialogs, by dialog.
struct SessionMetadata {
    private(set) var timelines: [Int: MetadataTimeline] = [:]
    private(set) var dialects: [Int: String] = [:]
    /// Parsed once for all.
    private(set) var documents: [Int: [RecordingDocument]] = [:]

    init(of dialogs: DialogList, limits: Limits, _ findings: inout FindingLog) {
        for (index, dialog) in dialogs.enumerated() where dialog.role == .recording {
            let read = MetadataReader.read(dialog, limits: limits)
            timelines[index] = read.timeline
            dialects[index] = read.dialect
            documents[index] = read.documents
            findings.merge(read.findings)
        }
    }
}

/// From the metadata parts that a dialog carried to their history, with findings at the right frame and octet.
enum MetadataReader {
    static func read(_ dialog: SIPDialog, limits: Limits) -> ReadMetadata {
        var out = ReadMetadata()
        let subject = FindingSubject(callID: dialog.callID)
        let hints = hints(of: dialog)
        out.documents = dialog.metadata.map { RecordingDocument(parsing: $0.octets, charset: $0.charset, limits: limits) }
        var refused: [Int] = []
        for (place, time) in order(of: dialog.metadata) {
            let (carried, document) = (dialog.metadata[place], out.documents[place])
            for remark in document.remarks {
                out.findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
            if case .requestSnapshot = document.root { continue }
            // What the recording server writes says nothing of the client's dialect.
            if out.dialect == nil { out.dialect = document.product(hints: hints) }
            if carried.isAccepted {
                // The client goes on from a document that was refused: what it refers to there is known all the same.
                for earlier in refused where out.timeline.lacks(document, that: out.documents[earlier]) {
                    out.timeline.rely(on: out.documents[earlier], at: time)
                    refused.removeAll { $0 == earlier }
                    let place = dialog.metadata[earlier]
                    out.findings.report(
                        .met046, "\(carried.carrier) with CSeq \(carried.cseq) refers to something described only in \(place.carrier) with CSeq \(place.cseq)",
                        at: place.origins.origin(at: 0), subject: subject)
                }
            } else if document.hasContent, refused.count < refusedLimit {
                refused.append(place)
            }
            out.timeline.apply(document, at: time, isAccepted: carried.isAccepted, number: place)
            for remark in out.timeline.documents.last?.remarks ?? [] {
                out.findings.report(remark.rule, remark.message, at: carried.origins.origin(at: remark.offset), subject: subject)
            }
        }
        if let end = dialog.end { out.timeline.end(at: end) }
        out.timeline.seal()
        return out
    }

    /// Refused documents that a later one is compared with.
    private static let refusedLimit = 16
    /// Requests of one sender that stand the other way round in a capture within this many seconds were so captured, not so sent.
    private static let disorder = 1.0
    private static let disorderLimit = 64

    /// In which order documents apply, and when: by CSeq (RFC 3261 section 12.2.1.1) where the capture has them the other way round within a
    /// moment, else by time.
    static func order(of carried: [CarriedMetadata]) -> [(place: Int, time: CaptureTime)] {
        var out: [(place: Int, time: CaptureTime)] = []
        for (place, new) in carried.enumerated() {
            var at = out.count
            while at > 0, out.count - at < disorderLimit, isRequest(new) {
                let old = carried[out[at - 1].place]
                guard isRequest(old), old.sender == new.sender, old.cseq > new.cseq, new.time.seconds(since: old.time) <= disorder else { break }
                at -= 1
            }
            out.insert((place, at < out.count ? out[at].time : new.time), at: at)
        }
        return out
    }

    private static func isRequest(_ carried: CarriedMetadata) -> Bool { carried.carrier.first.map { !$0.isNumber } ?? false }

    /// What the first message with metadata, and the messages of its sender, show of the product that made it.
    private static func hints(of dialog: SIPDialog) -> SenderHints {
        var hints = SenderHints()
        hints.callID = dialog.callID
        guard let carried = dialog.metadata.first else { return hints }
        let sender = carried.sender == .client ? dialog.client : dialog.server
        hints.userAgent = sender.userAgent ?? ""
        hints.contact = sender.contact?.uri ?? ""
        hints.from = sender.uri ?? ""
        hints.origin = carried.description?.origin?.username ?? ""
        guard let message = dialog.messages.first(where: { $0.time == carried.time && !$0.message.body.isEmpty })?.message else { return hints }
        hints.headers = message.headers.map(\.key)
        hints.organization = message.first("Organization") ?? ""
        let type = HeaderText.split(message.first("Content-Type") ?? "", at: 0x3B)
        hints.boundary = HeaderText.parameters(type.dropFirst()).value("boundary") ?? ""
        return hints
    }
}
