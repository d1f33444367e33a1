import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import RecordingRender
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Who the contributing sources of a mixed stream are (RFC 3550 section 5.1, RFC 7866 sections 8.1.4 and 8.3): by another stream with the
/// same source, by the communication session in the same capture, or by the canonical name of the source. Evidence of who is heard when;
/// the sound itself is never divided by it.
struct ContributorNames {
    private let recording: PlannedRecording
    private let survey: Survey
    private let flow: PlannedFlow
    private let names: [SSRC: String]
    /// Canonical names that several of the sources have: that is the mixer's, not a party's.
    private let shared: Set<String>

    init(sources: [SSRC], flow: PlannedFlow, recording: PlannedRecording, survey: Survey) {
        self.recording = recording
        self.survey = survey
        self.flow = flow
        var names: [SSRC: String] = [:]
        for ssrc in sources { names[ssrc] = Self.canonicalName(of: ssrc, flow, survey) ?? Self.describedName(of: ssrc, flow, recording, survey) }
        self.names = names
        shared = Set(Dictionary(grouping: names.values) { $0 }.filter { $0.value.count > 1 }.keys)
    }

    func record(of source: HeaderEvidence.Source) -> FlowRecord.Contributor {
        let found = participant(of: source.ssrc)
        return FlowRecord.Contributor(
            ssrc: source.ssrc.description, basis: source.basis.rawValue, participants: found.map { [$0.id] }, mapping: found?.mapping,
            cname: names[source.ssrc], packets: source.packets,
            talk: source.talk.map {
                FlowRecord.Contributor.Talk(
                    offset: Seconds($0.from.seconds(since: recording.start)), duration: Seconds($0.until.seconds(since: $0.from)))
            })
    }

    private func participant(of ssrc: SSRC) -> (id: String, mapping: String)? {
        var owners: Set<String> = []
        for stream in recording.streams {
            for other in stream.flows where survey.flows.rows[other.flow].ssrc == ssrc {
                let senders = Set(other.pieces.flatMap(\.piece.participants))
                if senders.count == 1 { owners.formUnion(senders) }
            }
        }
        if owners.count == 1, let owner = owners.first { return (owner, "stream") }
        if let person = recording.relatedSources[ssrc] { return (person, "communication-session") }
        guard let name = names[ssrc], !shared.contains(name) else { return nil }
        return person(called: name).map { ($0, "canonical-name") }
    }

    /// The only participant with that address, else with that user name.
    private func person(called name: String) -> String? {
        let wanted = ParticipantAddress.comparable(name)
        func only(_ isIt: (PlannedParticipant) -> Bool) -> String? {
            let found = recording.participants.filter(isIt)
            return found.count == 1 ? found[0].id : nil
        }
        return only { $0.id == name || $0.addressesOfRecord.contains { ParticipantAddress.comparable($0) == wanted } }
            ?? only { $0.addressesOfRecord.contains { ParticipantAddress.user($0) == ParticipantAddress.user(name) } }
    }

    /// By RTCP of the flow's sender, opened where it is encrypted.
    private static func canonicalName(of ssrc: SSRC, _ flow: PlannedFlow, _ survey: Survey) -> String? {
        if let name = flow.security.control?.words.cnames[ssrc] { return name }
        let path = survey.flows.rows[flow.flow].path
        for own in [path, path.nextPorts] { if let name = survey.rtcp[own]?.words.cnames[ssrc] { return name } }
        return nil
    }

    /// By `a=ssrc:… cname:…` of the stream's descriptions (RFC 5576 section 6.1).
    private static func describedName(of ssrc: SSRC, _ flow: PlannedFlow, _ recording: PlannedRecording, _ survey: Survey) -> String? {
        guard let stream = recording.streams.first(where: { $0.flows.contains { $0.flow == flow.flow } }), let negotiated = stream.negotiated else {
            return nil
        }
        for negotiation in survey.dialogs[negotiated.dialog].negotiations.prefix(64) {
            let description = negotiation.offerer == negotiated.sender ? negotiation.offer : negotiation.answer
            guard let media = description?.media, negotiated.mediaIndex < media.count else { continue }
            for attribute in media[negotiated.mediaIndex].attributes where attribute.name == "ssrc" {
                let parts = (attribute.trimmedValue ?? "").split(separator: " ", maxSplits: 1)
                if parts.count == 2, UInt32(parts[0]) == ssrc.value, parts[1].hasPrefix("cname:") { return String(parts[1].dropFirst(6)) }
            }
        }
        return nil
    }
}
