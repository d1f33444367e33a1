import CaptureSurvey
import Evidence
import RecordingPlan
import RecordingRecords
import SDPSyntax
import SIPDialogs
import StreamMatching

/// Canonical names of sources against who the metadata says sends there.
///
/// A name is a statement of its own (RFC 3550 section 6.5.1, RFC 5576 section 6.1). One that names exactly one other participant contradicts the
/// labels; which of the two is right nobody can tell from them. Random names (RFC 7022), and one name for everything, name nobody.
struct CanonicalContradictions {
    let survey: Survey
    let index: ControlIndex

    private struct Claim {
        let stream: Int
        let source: SSRC
        let name: String
        /// `a=ssrc cname` or `RTCP CNAME`.
        let origin: String
        let place: Origin
        let participants: Set<String>
    }

    /// Marks the streams and tells of them; nothing is swapped on suspicion.
    func apply(to recording: inout PlannedRecording, _ findings: inout FindingLog) {
        guard recording.kind == .siprec, recording.participants.count > 1 else { return }
        let claims = claims(in: recording)
        var doubted: Set<String> = []
        for claim in claims {
            // A name that sources of others have, too, is that of a recorder or a host.
            let isShared = claims.contains { $0.name == claim.name && $0.participants.isDisjoint(with: claim.participants) }
            guard !isShared, let other = person(called: claim.name, in: recording), !claim.participants.contains(other) else { continue }
            let stream = recording.streams[claim.stream]
            let contradiction = SenderContradiction(source: claim.origin, name: claim.name, participant: other)
            guard !stream.contradictions.contains(contradiction) else { continue }
            recording.streams[claim.stream].contradictions.append(contradiction)
            doubted.formUnion(claim.participants.union([other]))
            let alternative = SenderAlternative(streamID: nil, participants: [other], basis: .canonicalName)
            if !stream.alternatives.contains(alternative) { recording.streams[claim.stream].alternatives.append(alternative) }
            let names = claim.participants.sorted().map(recording.name).joined(separator: ", ")
            findings.report(
                .mat031,
                "\(claim.origin) \(claim.name.printable) of \(claim.source) names \(recording.name(of: other).printable) for "
                    + "\(stream.label.map { "label \($0.printable)" } ?? "stream \(stream.id)"), which the metadata gives to \(names.printable)",
                at: claim.place,
                subject: FindingSubject(callID: stream.dialog.map { survey.dialogs[$0].callID }, stream: stream.label ?? stream.id))
        }
        for place in recording.participants.indices
        where doubted.contains(recording.participants[place].id) && recording.participants[place].confidence == .signalled {
            recording.participants[place].confidence = .inferred
        }
    }

    private func claims(in recording: PlannedRecording) -> [Claim] {
        var out: [Claim] = []
        for (number, stream) in recording.streams.enumerated() {
            for flow in stream.flows {
                let row = survey.flows.rows[flow.flow]
                let participants = Set(flow.pieces.flatMap(\.piece.participants))
                guard !participants.isEmpty else { continue }
                let words = flow.isSecure ? flow.security.control?.words : index.sender(of: row)?.words
                if let name = words?.cnames[row.ssrc] {
                    let place = words?.reporting[row.ssrc]?.first ?? row.firstOrigin
                    out.append(Claim(stream: number, source: row.ssrc, name: name, origin: "RTCP CNAME", place: place, participants: participants))
                }
                if let (name, place) = described(row, stream) {
                    out.append(Claim(stream: number, source: row.ssrc, name: name, origin: "a=ssrc cname", place: place, participants: participants))
                }
            }
        }
        return out
    }

    /// The name that the descriptions of the stream give its source, and where.
    private func described(_ row: FlowRow, _ stream: PlannedStream) -> (String, Origin)? {
        guard let negotiated = stream.negotiated else { return nil }
        for epoch in negotiated.epochs.reversed() where epoch.ssrcs.contains(row.ssrc) && epoch.from <= row.lastArrival {
            let negotiations = survey.dialogs[negotiated.dialog].negotiations
            guard negotiations.indices.contains(epoch.negotiation) else { continue }
            let negotiation = negotiations[epoch.negotiation]
            let isOffer = negotiation.offerer == negotiated.sender
            guard let description = isOffer ? negotiation.offer : negotiation.answer, negotiated.mediaIndex < description.media.count else { continue }
            for attribute in description.media[negotiated.mediaIndex].attributes.named("ssrc") {
                let parts = (attribute.trimmedValue ?? "").split(separator: " ", maxSplits: 1)
                guard parts.count == 2, UInt32(parts[0]) == row.ssrc.value, parts[1].hasPrefix("cname:") else { continue }
                let name = String(parts[1].dropFirst(6))
                guard !name.isEmpty, name.utf8.count <= 255 else { return nil }
                let origins = isOffer ? negotiation.offerOrigins : negotiation.answerOrigins
                return (name, origins?.origin(at: attribute.offset) ?? row.firstOrigin)
            }
        }
        return nil
    }

    /// The only participant with that address, else with that user, else with that name.
    private func person(called name: String, in recording: PlannedRecording) -> String? {
        let wanted = ParticipantAddress.comparable(name)
        let user = ParticipantAddress.user(name)
        func only(_ isIt: (PlannedParticipant) -> Bool) -> [String] { recording.participants.filter(isIt).map(\.id) }
        for found in [
            only { $0.id == name || $0.addressesOfRecord.contains { ParticipantAddress.comparable($0) == wanted } },
            user.isEmpty ? [] : only { $0.addressesOfRecord.contains { ParticipantAddress.user($0) == user } },
            only { $0.names.contains { $0.value.lowercased() == name.lowercased() || $0.value.lowercased() == user } },
        ] where !found.isEmpty {
            return found.count == 1 ? found[0] : nil
        }
        return nil
    }
}
