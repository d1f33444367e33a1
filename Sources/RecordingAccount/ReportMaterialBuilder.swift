import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import RecordingRender
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Gathers what a page shows beside the sidecar. Bounded: an hour-long session refreshes thousands of times, and all of it is in `signalling.txt`.
struct ReportMaterialBuilder {
    /// Messages on a page, repetitions not counted.
    private static let messageLimit = 400
    /// Octets of all messages, and of all documents, on a page.
    private static let octetLimit = 600_000
    /// Octets of one message or document.
    private static let textLimit = 64_000
    /// Frames kept of one message.
    private static let placeLimit = 40

    let planned: PlannedRecording
    let survey: Survey
    let options: ReconstructionOptions

    func build(_ record: RecordingRecord, waveforms: [Waveform], talk: TalkTimes) -> ReportMaterial {
        var out = ReportMaterial(record: record)
        out.waveforms = waveforms
        out.talk = talk.seconds
        addMessages(to: &out)
        addDocuments(to: &out)
        let names = survey.captures.map(\.name)
        for flow in planned.streams.flatMap(\.flows) {
            let row = survey.flows.rows[flow.flow]
            out.packets.append((PlaceRecord(row.firstOrigin, captureNames: names), row.firstArrival.seconds(since: planned.start)))
        }
        for stream in planned.streams {
            guard let negotiated = stream.negotiated else { continue }
            out.lines[stream.id] = ReportMaterial.MediaLine(
                index: negotiated.mediaIndex, sender: negotiated.sender.rawValue,
                destination: negotiated.epochs.compactMap(\.destination).first?.description)
        }
        return out
    }

    private struct MessageKey: Hashable {
        let source: Endpoint
        let destination: Endpoint
        let title: String
        let sequence: CSeq?
    }

    private func addMessages(to out: inout ReportMaterial) {
        let names = survey.captures.map(\.name)
        var known: [MessageKey: Int] = [:]
        var octets = 0
        for observed in SignallingText.inOrder(planned.dialogs.map { survey.dialogs[$0] }) {
            let message = observed.message
            let (title, isRequest) = Self.title(message.startLine)
            let key = MessageKey(source: observed.path.source, destination: observed.path.destination, title: title, sequence: message.cseq)
            var places: [PlaceRecord] = []
            for piece in observed.origins.pieces.prefix(Self.placeLimit) {
                let place = PlaceRecord(Origin(capture: piece.origin.capture, frame: piece.origin.frame), captureNames: names)
                if places.last != place { places.append(place) }
            }
            if observed.isRetransmission, let index = known[key] {
                out.messages[index].repetitions += 1
                if out.messages[index].places.count < Self.placeLimit { out.messages[index].places += places }
                continue
            }
            guard out.messages.count < Self.messageLimit else {
                out.omittedMessages += 1
                continue
            }
            // A page is what is sent on: keys stay out of it even where `signalling.txt` is to have them.
            let text = SignallingText.text(of: message, includesSecrets: false, redactsDigits: options.redactions.contains(.dtmf))
            let (shown, omitted) = Self.cut(text, room: Self.octetLimit - octets)
            octets += text.count - omitted
            known[key] = out.messages.count
            out.messages.append(
                ReportMaterial.Message(
                    time: observed.time.rfc3339, offset: observed.time.seconds(since: planned.start), source: observed.path.source.description,
                    destination: observed.path.destination.description, transport: observed.transport.rawValue, title: title,
                    method: message.cseq?.method ?? "", isRequest: isRequest, places: places, text: shown, omitted: omitted))
        }
    }

    /// In the order of the files below `metadata/`.
    private func addDocuments(to out: inout ReportMaterial) {
        var octets = 0
        let files = out.record.files.filter { $0.role == .metadata }
        for (file, carried) in zip(files, planned.dialogs.flatMap { survey.dialogs[$0].metadata }) {
            let (shown, omitted) = Self.cut(carried.octets, room: Self.octetLimit - octets)
            octets += carried.octets.count - omitted
            out.documents.append(
                ReportMaterial.Document(path: file.path, time: carried.time.rfc3339, carrier: carried.carrier, text: shown, omitted: omitted))
        }
    }

    private static func cut(_ octets: [UInt8], room: Int) -> (text: String, omitted: Int) {
        let count = min(octets.count, textLimit, max(0, room))
        return (String(decoding: octets[..<count], as: UTF8.self), octets.count - count)
    }

    private static func title(_ line: SIPMessage.StartLine) -> (String, isRequest: Bool) {
        switch line {
        case .request(let method, _): (method, true)
        case .response(let status, let reason): ("\(status) \(reason)", false)
        }
    }
}
