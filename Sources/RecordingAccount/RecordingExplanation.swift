import Evidence
import MediaPlayout
package import RecordingRecords

/// Every claim of a `recording.json` as lines: what is said, by which packets, for which reasons, and what was rejected.
package struct RecordingExplanation {
    private let record: RecordingRecord

    package init(_ record: RecordingRecord) { self.record = record }

    package var lines: [String] {
        var out = ["\(record.kind) recording \(record.id)  \(record.start) to \(record.end)  \(InspectTable.seconds(record.duration.value))"]
        out.append(record.complete ? "  complete: nothing known to be missing" : "  INCOMPLETE: see gaps and findings below")
        out += section("signalling", record.dialogs.flatMap(dialog))
        out += section("communication sessions", record.sessions.flatMap(session))
        out += section("participants", record.participants.flatMap(participant))
        out += section("streams", record.streams.flatMap(stream))
        out += section("findings", record.findings.map(finding))
        out += section("made from", provenance)
        return out.map(\.printable)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] { lines.isEmpty ? [] : ["", title] + lines.map { "  " + $0 } }

    private func dialog(_ dialog: DialogRecord) -> [String] {
        var out = ["\(dialog.role.rawValue) dialog \(dialog.callID) over \(dialog.transport), from \(place(dialog.first)) at \(dialog.start)"]
        out.append("  \(party(dialog.client)) to \(party(dialog.server))")
        if let answered = dialog.answered { out.append("  answered \(answered)") }
        out.append("  " + (dialog.end.map { "ended \($0) by \(dialog.endedBy ?? "an unknown cause")" } ?? "no end in the capture"))
        if let reasons = dialog.relation {
            out += because(record.kind == "siprec" ? "is the communication session that the recording session delivers" : "is related to this call", reasons)
        }
        if let metadata = dialog.metadata {
            out.append("  \(metadata.documents.counted("metadata document"))\(metadata.dialect.map { ", dialect \($0)" } ?? "")")
            if metadata.incomplete == true { out.append("  no complete document first: earlier participants are unknown") }
        }
        return out
    }

    private func party(_ party: DialogRecord.Party) -> String {
        let address = party.address.map { address in party.port.map { "\(address) port \($0)" } ?? address } ?? "address unknown"
        return [party.uri, "(\(address))", party.userAgent].compactMap(\.self).joined(separator: " ")
    }

    private func session(_ session: SessionRecord) -> [String] {
        ["\(session.id)  \(span(session.start, session.end))\(session.groupID.map { ", group \($0)" } ?? "")"]
            + (session.reasons ?? []).map { "  reason given: \($0)" }
    }

    private func participant(_ participant: ParticipantRecord) -> [String] {
        let title = [participant.names.last?.value, participant.aor.map { "<\($0)>" }].compactMap(\.self).joined(separator: " ")
        var out = ["\(title.isEmpty ? "without name" : title)  id \(participant.id)"]
        switch participant.confidence {
        case "signalled": out.append("  named by signalling")
        case "inferred": out.append("  inferred: no signalling says whose audio this is; see the streams")
        default: out.append("  unknown: the audio is named after its label or flow")
        }
        for identity in participant.identities ?? [] {
            out.append("  also \([identity.name, identity.uri.map { "<\($0)>" }].compactMap(\.self).joined(separator: " ")), says \(identity.source)")
        }
        for membership in participant.sessions { out.append("  in session \(membership.id) \(span(membership.start, membership.end))") }
        for use in participant.sends { out.append("  sends \(use.stream) \(span(use.start, use.end))\(assumed(use))") }
        for use in participant.receives { out.append("  hears \(use.stream) \(span(use.start, use.end))\(assumed(use))") }
        if record.kind == "siprec" {
            let documents = record.files.filter { $0.role == .metadata }
            if !documents.isEmpty { out.append("  told by " + documents.map { "\($0.path) (\(place($0.first)))" }.joined(separator: ", ")) }
        }
        if !participant.files.isEmpty { out.append("  heard in \(participant.files.joined(separator: ", "))") }
        return out
    }

    private func assumed(_ use: ParticipantRecord.Association) -> String { use.assumed == true ? ", assumed: no signalling says so" : "" }

    private func stream(_ stream: StreamRecord) -> [String] {
        var out = ["\(stream.id)  \(stream.media)\(stream.label.map { ", label \($0)" } ?? "")  from \(names(stream.participants))"]
        if let binding = stream.binding {
            out.append("  sender by \(binding.basis), confidence \(binding.confidence)")
            for other in binding.alternatives ?? [] {
                let id = other.streamID.map { ", metadata stream \($0)" } ?? ""
                out.append("    rejected: \(names(other.participants)) by \(other.basis)\(id)")
            }
        }
        if let security = stream.security {
            let key = security.keySource.map { "key from \($0)" } ?? "no key"
            out.append("  \(security.suite ?? "encrypted"), \(key): \(security.authenticated) packets authenticated, \(security.failed) failed")
            if let suspected = security.suspected {
                out.append("  considered encrypted, confidence \(suspected.confidence): \(suspected.reasons.joined(separator: "; "))")
            }
        }
        if stream.flows.isEmpty { out.append("  no packets") }
        for flow in stream.flows { out += self.flow(flow).map { "  " + $0 } }
        for gap in stream.gaps { out += self.gap(gap).map { "  " + $0 } }
        return out
    }

    private func flow(_ flow: FlowRecord) -> [String] {
        var out = ["SSRC \(flow.ssrc)  \(flow.source) -> \(flow.destination)  \(flow.packets) packets, \(place(flow.first)) to \(place(flow.last))"]
        for codec in flow.codecs {
            let basis = codec.inferred == true ? "inferred from the packets" : "as signalled"
            out.append("  payload type \(codec.payloadType) is \(codec.name)/\(codec.clockRate): \(basis), \(codec.packets) packets")
        }
        if let match = flow.match { out += because("belongs to this stream, confidence \(match.confidence)", match.reasons) }
        if let fates = flow.fates { out.append("  packets: " + fates.counts.joined(separator: ", ")) }
        out += (flow.unheard ?? []).map(unheard)
        for supply in flow.captures ?? [] {
            out.append("  \(supply.packets) packets from \(supply.name), which has \(supply.copies) more \(supply.copies == 1 ? "copy" : "copies")")
        }
        if let clock = flow.clock { out.append("  the sender's clock is off by \(clock.ppm.value) ppm; correction: \(clock.method)") }
        return out
    }

    private func unheard(_ run: UnheardRecord) -> String {
        let span = run.packets > 1 ? "\(place(run.first)) to \(place(run.last))" : place(run.first)
        let original = run.original.map { ", used instead: \(place($0))" } ?? ""
        return "    \(run.fate) ×\(run.packets): \(span), \(run.ground.words)\(original)"
    }

    private func gap(_ gap: GapRecord) -> [String] {
        let count = gap.packets > 0 ? ", \(gap.packets) packets" : ""
        var out = [
            "gap at \(InspectTable.seconds(gap.offset.value)) for \(InspectTable.seconds(gap.duration.value)): \(gap.causeWord)\(gap.edge == true ? ", nothing says that the stream should be there" : "")\(count)"
        ]
        if let reason = gap.reason { out.append("  because \(reason)") }
        guard gap.first != nil || gap.last != nil else { return out }
        let span = gap.hasUnusedPackets ? "unusable packets: \(place(gap.first)) to" : "between \(place(gap.first)) and"
        out.append("  \(span) \(place(gap.last))")
        return out
    }

    private func finding(_ finding: FindingRecord) -> String {
        "\(finding.severity.padded(to: 7)) \(finding.rule) \(place(finding.first))\(finding.count > 1 ? " (×\(finding.count))" : ""): \(finding.message)"
    }

    private var provenance: [String] {
        record.provenance.captures.map { "\($0.name), \($0.packets) packets, SHA-256 \($0.sha256 ?? "unknown")" }
            + record.files.map { "\($0.path), SHA-256 \($0.sha256)" } + ["\(record.provenance.tool.name) \(record.provenance.tool.version)"]
    }

    private func because(_ claim: String, _ reasons: [String]) -> [String] { ["  \(claim), because"] + reasons.map { "    - \($0)" } }

    private func names(_ ids: [String]) -> String {
        let names = ids.map { id in
            let participant = record.participants.first { $0.id == id }
            return participant?.names.last?.value ?? participant?.aor ?? id
        }
        return names.isEmpty ? "nobody known" : names.joined(separator: " and ")
    }

    private func span(_ start: String?, _ end: String?) -> String { "from \(start ?? "an unknown time") to \(end ?? "the end")" }

    private func place(_ place: PlaceRecord?) -> String {
        guard let place else { return "an unknown frame" }
        return "\(place.capture)\(place.frame.map { " frame \($0)" } ?? "")\(place.offset.map { " +0x\(String($0, radix: 16))" } ?? "")"
    }
}
