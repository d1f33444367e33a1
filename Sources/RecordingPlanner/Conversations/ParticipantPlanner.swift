import CaptureSurvey
import Evidence
import RecordingMetadata
import RecordingPlan
import SIPDialogs
import SIPSyntax
import StreamMatching

/// Who takes part in a recording and what they are called.
enum ParticipantPlanner {
    /// The participants of all metadata of the recording, each id once; `IdentityDisambiguation` has told apart who only shares one.
    static func metadata(_ recording: PlannedRecording) -> [PlannedParticipant] {
        var out: [PlannedParticipant] = []
        for dialog in recording.dialogs {
            for participant in recording.timelines[dialog]?.participants ?? [] {
                let names = participant.names.map { (value: $0.value, language: $0.language) }
                let identities = participant.identities.map { PlannedIdentity(uri: $0.uri, name: $0.name, source: $0.source) }
                if let index = out.firstIndex(where: { $0.id == participant.id }) {
                    for aor in participant.aors where !out[index].addressesOfRecord.contains(aor) { out[index].addressesOfRecord.append(aor) }
                    for name in names where !out[index].names.contains(where: { $0.value == name.value }) { out[index].names.append(name) }
                    for identity in identities where !out[index].identities.contains(identity) { out[index].identities.append(identity) }
                    continue
                }
                let called = names.last?.value ?? identities.compactMap(\.name).last
                var planned = PlannedParticipant(
                    id: participant.id, addressesOfRecord: participant.aors, names: names, confidence: participant.isUnresolved ? .inferred : .signalled,
                    fileStem: stem(name: called, aor: participant.aors.last, fallback: "participant-\(out.count + 1)"))
                planned.identities = identities
                out.append(planned)
            }
        }
        return out
    }

    /// Caller and callee of a plain call.
    static func parties(_ dialog: SIPDialog) -> [PlannedParticipant] {
        let answerer = dialog.confirmedTag.flatMap { dialog.branches[$0] }
        return [
            party("caller", uri: dialog.client.uri, name: dialog.client.displayName, identities(of: [dialog.client])),
            party("callee", uri: dialog.server.uri, name: dialog.server.displayName, identities(of: [answerer, dialog.server].compactMap { $0 })),
        ]
    }

    /// Who answered on a branch that did not become the dialog; the number keeps several apart.
    static func branchParty(_ dialog: SIPDialog, tag: String, number: Int) -> PlannedParticipant {
        let branch = dialog.branches[tag] ?? Party()
        return party("callee-\(number)", uri: branch.target ?? branch.contact?.uri, name: nil, identities(of: [branch]))
    }

    /// Somebody whom only RTCP names. A canonical name is `user@host` as a rule; where the host is a name, that is how people are addressed.
    static func canonical(_ name: String) -> PlannedParticipant {
        let parts = name.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress = parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && parts[1].contains { $0.isLetter }
        var planned = PlannedParticipant(
            id: name, addressesOfRecord: isAddress ? [name] : [], names: [], confidence: .inferred,
            fileStem: isAddress ? String(parts[0]) : name)
        planned.identities = [PlannedIdentity(uri: nil, name: name, source: "RTCP CNAME")]
        return planned
    }

    private static func party(_ id: String, uri: String?, name: String?, _ all: [PlannedIdentity]) -> PlannedParticipant {
        var names: [(value: String, language: String?)] = []
        if let name, !name.isEmpty { names.append((name, nil)) }
        let identities = all.filter { $0.uri != uri || $0.name ?? name != name }
        // An asserted identity is one; where a contact or a request leads need not be.
        var addresses = identities.filter { $0.isAsserted }.compactMap(\.uri).filter { $0 != uri }
        if let uri { addresses.append(uri) }
        var planned = PlannedParticipant(
            id: id, addressesOfRecord: addresses, names: names, confidence: .signalled, fileStem: stem(name: name, aor: uri, fallback: id))
        planned.identities = identities
        return planned
    }

    /// What the signalling calls a party beside From and To, each once, with the header field that says so.
    static func identities(of parties: [Party]) -> [PlannedIdentity] {
        var out: [PlannedIdentity] = []
        func add(_ identity: PlannedIdentity) {
            if !out.contains(identity) { out.append(identity) }
        }
        for party in parties {
            for asserted in party.identities { add(PlannedIdentity(uri: asserted.uri, name: asserted.displayName, source: asserted.header)) }
            if let target = party.target { add(PlannedIdentity(uri: target, name: nil, source: "Request-URI")) }
            if let contact = party.contact { add(PlannedIdentity(uri: contact.uri, name: contact.displayName, source: "Contact")) }
        }
        return out
    }

    /// Streams whose sender nobody names still have somebody who speaks: an entry with confidence `none`.
    static func addUnknown(to recording: inout PlannedRecording, rows: ContiguousArray<FlowRow>) {
        for index in recording.tracks.indices where recording.tracks[index].participants.isEmpty {
            let stream = recording.tracks[index].streams.first ?? ""
            let id = "unknown-\(stream)"
            recording.tracks[index].participants = [id]
            if !recording.participants.contains(where: { $0.id == id }) {
                recording.participants.append(PlannedParticipant(id: id, addressesOfRecord: [], names: [], confidence: .none, fileStem: id))
            }
        }
        for stream in recording.streams {
            let inferred = stream.spans.contains { $0.basis != .label && $0.basis != .signalling }
            for index in recording.participants.indices where inferred && stream.participants.contains(recording.participants[index].id) {
                recording.participants[index].confidence = .inferred
            }
        }
    }

    /// Words for a file name: what people call the party.
    static func stem(name: String?, aor: String?, fallback: String) -> String {
        if let name, name.contains(where: { $0.isLetter || $0.isNumber }) { return name }
        guard let aor else { return fallback }
        // `user@host` and a bare number have no scheme; `host:5060` has none either.
        let scheme = aor.prefix { $0.isASCII && $0.isLetter }
        let rest = aor.dropFirst(scheme.count).hasPrefix(":") ? aor.dropFirst(scheme.count + 1) : aor[...]
        let user = rest.prefix { $0 != "@" && $0 != ";" }
        return user.isEmpty ? String(aor) : String(user)
    }
}
