import CaptureSurvey
import Evidence
import PacketInput
import RecordingPlan
import SDPSyntax
import SIPDialogs
import StreamMatching
import TLSDecryption

/// What signalling promised of DTLS handshakes (RFC 5763 section 5), against the handshakes that were seen.
struct HandshakeChecks {
    private let survey: Survey
    /// Places of the handshakes on each path, in either direction, in order.
    private var places: [NetworkPath: [Int]] = [:]
    private var findings = FindingLog()
    private var checked: Set<Checked> = []

    /// Both streams of a call, and all of a bundle, have the same handshake.
    private struct Checked: Hashable {
        let handshake: Origin
        let dialog: Int
    }

    /// Checks the handshakes of all streams of recordings.
    static func findings(on recordings: [PlannedRecording], _ survey: Survey) -> FindingLog {
        var checks = HandshakeChecks(survey)
        for stream in recordings.flatMap(\.streams) {
            guard let negotiated = stream.negotiated else { continue }
            for flow in stream.flows { checks.check(survey.flows.rows[flow.flow], negotiated) }
        }
        return checks.findings
    }

    private init(_ survey: Survey) {
        self.survey = survey
        for (place, handshake) in survey.handshakes.enumerated() {
            for path in Set([handshake.path, handshake.path.reversed]) { places[path, default: []].append(place) }
        }
    }

    /// Checks the handshakes on the path of one flow of a negotiated stream: what either party promised.
    private mutating func check(_ row: FlowRow, _ stream: NegotiatedStream) {
        guard let places = places[row.path] else { return }
        let dialog = survey.dialogs[stream.dialog]
        for handshake in places.map({ survey.handshakes[$0] }) {
            guard let epoch = stream.epochs.last(where: { $0.from <= handshake.time }), epoch.negotiation < dialog.negotiations.count,
                checked.insert(Checked(handshake: handshake.origin, dialog: stream.dialog)).inserted
            else { continue }
            let negotiation = dialog.negotiations[epoch.negotiation]
            for party in [stream.sender, stream.sender.other] {
                check(handshake, party, at: party == stream.sender ? row.path.source : row.path.destination, negotiation, stream, dialog.callID)
            }
        }
    }

    /// `endpoint`: where the party took part in the handshake.
    private mutating func check(
        _ handshake: DTLSReport, _ party: Side, at endpoint: Endpoint, _ negotiation: Negotiation, _ stream: NegotiatedStream, _ callID: String
    ) {
        let isClient = handshake.path.source == endpoint
        let subject = FindingSubject(callID: callID, stream: stream.labels.last, flow: .dtlsParty(endpoint))
        let own = party == negotiation.offerer ? negotiation.offer : negotiation.answer
        if let own, let problem = mismatch(isClient ? handshake.clientFingerprints : handshake.serverFingerprints, own, stream.mediaIndex) {
            findings.report(.srt019, "the certificate of \(endpoint) \(problem)", at: handshake.origin, subject: subject)
        }
        guard let role = Self.role(of: party, in: negotiation, stream.mediaIndex), (role == "active") != isClient else { return }
        findings.report(
            .srt020, "\(endpoint) was the \(isClient ? "client" : "server") of the handshake, but a=setup made it \(role)", at: handshake.origin,
            subject: subject)
    }

    /// What is wrong with a certificate; nil where it was not seen, nothing was announced, or the announced hash is not known.
    private func mismatch(_ seen: [String: [UInt8]], _ description: SessionDescription, _ index: Int) -> String? {
        guard index < description.media.count, !seen.isEmpty else { return nil }
        // Of the line, else of the session (RFC 8122 section 5).
        let line = Self.fingerprints(description.media[index].attributes)
        let announced = line.isEmpty ? Self.fingerprints(description.attributes) : line
        let known = announced.filter { seen[$0.hash] != nil }
        guard !known.isEmpty, !known.contains(where: { seen[$0.hash] == $0.digest }) else { return nil }
        return "has none of the \(known.map(\.hash).joined(separator: ", ")) fingerprints that its SDP announced"
    }

    /// `a=fingerprint:sha-256 4A:AD:B9…` (RFC 8122 section 5).
    private static func fingerprints(_ attributes: SDPAttributes) -> [(hash: String, digest: [UInt8])] {
        attributes.filter { $0.name == "fingerprint" }.compactMap { attribute in
            let parts = (attribute.trimmedValue ?? "").split(separator: " ", omittingEmptySubsequences: true)
            guard parts.count == 2, let digest = Hex.decode(parts[1].filter { $0 != ":" }) else { return nil }
            return (parts[0].lowercased(), digest)
        }
    }

    /// The role that offer and answer gave to a party: the answerer chooses (RFC 5763 section 5). Nil where the answer chooses none.
    private static func role(of party: Side, in negotiation: Negotiation, _ index: Int) -> String? {
        guard let answer = negotiation.answer, index < answer.media.count,
            let chosen = answer.media[index].attribute("setup") ?? answer.attributes.first(where: { $0.name == "setup" })?.trimmedValue,
            ["active", "passive"].contains(chosen)
        else { return nil }
        if party != negotiation.offerer { return chosen }
        return chosen == "active" ? "passive" : "active"
    }
}
