import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Who speaks in recording dialogs that carry no metadata of RFC 7865 but say it in header fields or URI parameters of their own.
///
/// - Network-based recording: `X-Cisco-Recording-Participant: sip:7001@host;media-index="0"`, one for each m-line, renewed by re-INVITE.
/// - Built-in bridge and gateway recording: two dialogs for each call, From with `x-nearend` or `x-farend`, `x-refci` (the call leg, equal in
///   both), `x-nearenddevice`, `x-nearendaddr` and `x-farendaddr`. The near end is the recorded phone, the far end the other party.
enum VendorRecording {
    /// Somebody who speaks on an m-line from a moment on.
    struct Speaker: Equatable {
        /// Zero-based m-line; nil for all of the dialog.
        let mediaIndex: Int?
        let from: CaptureTime
        let id: String
        let address: String
        let name: String?
    }

    /// Speakers kept for one dialog; every re-INVITE may name new ones.
    private static let limit = 1000

    /// In order of time.
    static func speakers(of dialog: SIPDialog) -> [Speaker] {
        var out: [Speaker] = []
        func add(_ speaker: Speaker) {
            guard out.count < limit, out.last(where: { $0.mediaIndex == speaker.mediaIndex })?.id != speaker.id else { return }
            out.append(speaker)
        }
        for observed in dialog.messages where !observed.isRetransmission {
            let message = observed.message
            for value in message.values(of: "X-Cisco-Recording-Participant") {
                guard let address = NameAddress(parsing: value) else { continue }
                let parameters = address.parameters + address.uri.parameters
                guard let index = parameters.value("media-index").flatMap({ Int($0) }), (0..<64).contains(index) else { continue }
                let party = address.uri.addressOfRecord
                add(Speaker(mediaIndex: index, from: observed.time, id: party, address: party, name: address.displayName))
            }
            guard message.isRequest, let from = message.first("From"), from.containsIgnoringCase("x-nearend") || from.containsIgnoringCase("x-farend"),
                let parameters = message.from?.uri.parameters
            else { continue }
            for end in ["near", "far"] where parameters.contains(named: "x-\(end)end") {
                // An address that is not told is no reason to give up the side.
                let told = parameters.value("x-\(end)endaddr").flatMap { $0.isEmpty ? nil : $0 }
                let device = parameters.value("x-\(end)enddevice")
                add(Speaker(mediaIndex: nil, from: observed.time, id: told ?? "\(end)-end", address: told ?? device ?? "\(end)-end", name: nil))
            }
        }
        return out
    }

    /// What two dialogs of one recorded call have in common; nil where the dialog is not of that kind.
    static func pairing(of dialog: SIPDialog) -> String? {
        guard let parameters = dialog.messages.first?.message.from?.uri.parameters, let reference = parameters.value("x-refci") else { return nil }
        return "\(reference) \(parameters.value("x-nearenddevice") ?? "") \(parameters.value("x-nearendclusterid") ?? "")"
    }

    /// The participants that speakers make, each once.
    static func participants(_ speakers: [Speaker]) -> [PlannedParticipant] {
        var out: [PlannedParticipant] = []
        for speaker in speakers where !out.contains(where: { $0.id == speaker.id }) {
            out.append(
                PlannedParticipant(
                    id: speaker.id, addressesOfRecord: [speaker.address], names: speaker.name.map { [(value: $0, language: nil)] } ?? [],
                    confidence: .signalled,
                    fileStem: ParticipantPlanner.stem(name: speaker.name, aor: speaker.address, fallback: speaker.id)))
        }
        return out
    }

    /// Who speaks on an m-line over all time.
    static func spans(_ speakers: [Speaker], mediaIndex: Int) -> [SenderSpan] {
        let own = speakers.filter { $0.mediaIndex.map { $0 == mediaIndex } ?? true }
        return own.enumerated().map { number, speaker in
            SenderSpan(
                from: number == 0 ? .distantPast : speaker.from, until: number + 1 < own.count ? own[number + 1].from : .distantFuture,
                participants: [speaker.id], basis: .signalling)
        }
    }
}
