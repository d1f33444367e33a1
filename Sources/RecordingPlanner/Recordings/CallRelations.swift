import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Calls beside the recordings that deliver them, and beside the calls that they were asked for in.
enum CallRelations {
    /// Lists them with each recording, and leaves out calls that would only be recorded twice.
    static func relate(_ planned: [PlannedRecording], in survey: Survey, by rule: ConversationRule, _ findings: inout FindingLog) -> [PlannedRecording] {
        guard rule != .dialog else { return planned }
        var recordings = planned
        ReferralRelations.relate(&recordings, in: survey)
        DialogRelations.relate(&recordings, in: survey)
        guard recordings.contains(where: { $0.kind == .siprec }) else { return recordings }
        let calls = recordings.indices.filter { recordings[$0].kind == .call }
        guard !calls.isEmpty else { return recordings }
        let recordingOf = Dictionary(calls.flatMap { place in recordings[place].dialogs.map { ($0, place) } }, uniquingKeysWith: min)
        let index = RelatedSessions(survey.dialogs.all, calls: calls.flatMap { recordings[$0].dialogs })
        var doubles: Set<String> = []
        for place in recordings.indices where recordings[place].kind == .siprec {
            let found = index.related(to: recordings[place])
            guard !found.isEmpty else { continue }
            recordings[place].related = found
            for item in found {
                let people = addIdentities(of: survey.dialogs[item.dialog], to: &recordings[place])
                guard let call = recordingOf[item.dialog] else { continue }
                for stream in recordings[call].streams where stream.dialog == item.dialog {
                    guard stream.participants.count == 1, let person = people[stream.participants[0]] else { continue }
                    for flow in stream.flows { recordings[place].relatedSources[survey.flows.rows[flow.flow].ssrc] = person }
                }
                let isCovered = covers(recordings[place], recordings[call])
                if isCovered { doubles.insert(recordings[call].id) }
                let dialog = survey.dialogs[item.dialog]
                findings.report(
                    .mat009,
                    "the call \(dialog.callID) is the communication session of this recording (\(item.reasons.joined(separator: "; "))); "
                        + (isCovered ? "it is not recorded twice" : "it lasts longer and has a separate recording"),
                    at: dialog.messages.first?.origins.origin(at: 0), subject: FindingSubject(callID: survey.dialogs[recordings[place].dialogs[0]].callID))
            }
        }
        recordings.removeAll { $0.kind == .call && doubles.contains($0.id) }
        return recordings
    }

    /// Whether nothing of the call is missing in the recording, as far as times and streams tell.
    private static func covers(_ recording: PlannedRecording, _ call: PlannedRecording) -> Bool {
        let slack = 3.0
        let voices = { (planned: PlannedRecording) in planned.streams.filter { $0.media == "audio" && !$0.flows.isEmpty } }
        if voices(call).isEmpty { return true }
        if voices(recording).isEmpty || recording.streams.contains(where: { $0.flows.contains { $0.isSecure && $0.keys.isEmpty } }) { return false }
        let isMixed = recording.tracks.contains(where: \.isMix)
        return recording.start.seconds(since: call.start) <= slack && call.lastArrival.seconds(since: recording.lastArrival) <= slack
            && (isMixed || voices(recording).count >= voices(call).count)
    }

    /// What the call's signalling says of the people whom the metadata names. Returns who is the caller and who the callee.
    private static func addIdentities(of dialog: SIPDialog, to recording: inout PlannedRecording) -> [String: String] {
        var people: [String: String] = [:]
        for planned in ParticipantPlanner.parties(dialog) {
            // A call that was diverted is known to the metadata by the number that was dialled, or by the one that answered.
            let addresses = planned.addressesOfRecord + planned.identities.filter { $0.source != "Contact" }.compactMap(\.uri)
            guard let place = place(of: planned.addressesOfRecord, in: recording) ?? place(of: addresses, in: recording) else { continue }
            people[planned.id] = recording.participants[place].id
            let source = planned.id == "caller" ? "From" : "To"
            var found = planned.identities
            if let uri = planned.addressesOfRecord.last {
                found.insert(PlannedIdentity(uri: uri, name: planned.names.last?.value, source: source), at: 0)
            }
            for identity in found where !recording.participants[place].identities.contains(identity) {
                recording.participants[place].identities.append(identity)
            }
        }
        if let address = Referral.referrer(of: dialog), let place = place(of: [address.uri.raw], in: recording) {
            let referrer = PlannedIdentity(uri: address.uri.raw, name: address.displayName, source: "Referred-By")
            if !recording.participants[place].identities.contains(referrer) { recording.participants[place].identities.append(referrer) }
        }
        return people
    }

    private static func place(of addresses: [String], in recording: PlannedRecording) -> Int? {
        let users = addresses.map(ParticipantAddress.user)
        return recording.participants.firstIndex { $0.addressesOfRecord.contains { users.contains(ParticipantAddress.user($0)) } }
    }
}
