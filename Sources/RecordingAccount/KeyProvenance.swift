import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import RecordingRecords
import SIPDialogs
import SRTPDecryption
import TLSDecryption

extension KeyRecord {
    /// Every key that opened something of a recording: SRTP keys of its flows, and secrets of the connections that its signalling came on.
    static func all(_ recording: PlannedRecording, openedBy identifiers: Set<String>, survey: Survey) -> [KeyRecord] {
        var out: [KeyRecord] = []
        func add(_ record: KeyRecord) {
            if !out.contains(record) { out.append(record) }
        }
        for flow in recording.streams.flatMap(\.flows) {
            // Those that authenticate samples, and of the others the one that the render found right.
            for key in flow.security.keys + flow.security.spare where key.verdict?.isProof ?? identifiers.contains(key.master.identifier) {
                add(KeyRecord(id: key.master.identifier, kind: key.source.kind, source: key.source.place))
            }
        }
        let secure = recording.dialogs.flatMap { survey.dialogs[$0].messages }.filter { $0.transport == .tls || $0.transport == .wss }
        let paths = Set(secure.flatMap { [$0.path, $0.path.reversed] })
        for connection in survey.encrypted where paths.contains(connection.path) {
            guard let summary = connection.summary else { continue }
            for source in summary.sources {
                add(
                    KeyRecord(id: Hex.encode((summary.clientRandom ?? []).prefix(4)), kind: source.kind.rawValue, source: source.description.printable))
            }
        }
        return out.sorted { ($0.id, $0.kind, $0.source) < ($1.id, $1.kind, $1.source) }
    }
}

private extension KeySource {
    /// `kind` of the sidecar.
    var kind: String {
        switch self {
        case .sdp, .dialog: "sdes"
        case .dtls: "dtls-srtp"
        case .file: "key-file"
        }
    }

    /// `source` of the sidecar.
    var place: String {
        switch self {
        case .sdp: "sdp"
        case .dialog(let callID): "sdp \(callID.printable)"
        case .dtls(let source): source.description.printable
        case .file(let name, let line): "\(name.printable) line \(line)"
        }
    }
}
