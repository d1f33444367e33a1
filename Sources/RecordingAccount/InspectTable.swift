import Evidence
import RecordingRecords

/// `inspect` for people.
package enum InspectTable {
    /// `arguments`: what was typed behind the command's name.
    package static func lines(_ report: InspectReport, arguments: [String]) -> [String] {
        var out: [String] = []
        for capture in report.captures {
            var line = "\(capture.name.printable): \(capture.format), \(capture.packets.counted("packet")), \(capture.linkTypes.joined(separator: ", "))"
            if let first = capture.first, let last = capture.last { line += ", \(clock(first)) to \(clock(last))" }
            if let dropped = capture.dropped, dropped > 0 { line += ", \(dropped) dropped by the capture" }
            if let snap = capture.snapLength { line += ", snap length \(snap)" }
            if let programs = capture.programs {
                line += ", written by \(programs.joined(separator: ", "))" + (capture.systems.map { " on \($0.joined(separator: ", "))" } ?? "")
            }
            out.append(line.printable)
        }
        let c = report.counts
        out.append(
            "\(c.sip) SIP messages, \(c.rtp) RTP and \(c.rtcp) RTCP packets in \(c.flows) flows, "
                + (c.esp.map { "\($0) IPsec packets, " } ?? "") + "\(c.unclassified) other datagrams")
        for recording in report.recordings {
            out.append("")
            out.append("\(recording.kind) \(recording.id)  \(clock(recording.start))  \(seconds(recording.duration))")
            for callID in recording.callIDs { out.append("  Call-ID \(callID.printable)") }
            for participant in recording.participants where participant.confidence != "none" {
                let name = [participant.name, participant.aor.map { "<\($0)>" }].compactMap(\.self).joined(separator: " ")
                out.append("  participant \((name.isEmpty ? participant.id : name).printable) (\(participant.confidence))")
            }
            for stream in recording.streams {
                let names = stream.participants.map { id in
                    let participant = recording.participants.first { $0.id == id }
                    return participant?.name ?? participant?.aor ?? id
                }
                let keys = stream.hasKeys.map { $0 ? ", keys known" : ", NO KEY" } ?? ""
                out.append(
                    "  \(stream.id) \(stream.media)\(stream.label.map { " label \($0.printable)" } ?? "")  "
                        + "\(names.isEmpty ? "sender unknown" : names.joined(separator: " + ").printable)  security \(stream.security.printable)\(keys)")
                if stream.flows.isEmpty { out.append("      no packets") }
                for flow in stream.flows {
                    out.append(
                        "      \(flow.ssrc)  \(flow.source) -> \(flow.destination)  \(flow.codec ?? "unknown codec")  \(flow.packets) packets, "
                            + "\(flow.lost) lost\(flow.confidence.map { ", match \($0)" } ?? "")")
                }
            }
        }
        out += needed(report.keysNeeded)
        for dialog in report.otherDialogs {
            let status = dialog.finalStatus.map { "answered \($0)" } ?? "never answered"
            out.append("")
            out.append("no recording: \(dialog.callID.printable)  \(clock(dialog.start))  \(status)")
        }
        if !report.recordings.isEmpty {
            out.append("")
            if !report.keysNeeded.isEmpty || report.findings.contains(where: { $0.rule == "NET008" }) {
                out.append("Some traffic is encrypted: supply SRTP keys with --keys FILE, TLS and DTLS secrets with --tls-keylog FILE or --rsa-key FILE")
            }
            let again = arguments.filter { $0 != "--json" }.map(quoted)
            out.append("Next: siprecap reconstruct \(again.joined(separator: " ")) -o out/")
        }
        return out
    }

    /// Encrypted flows that stay closed, and what each needs.
    static func needed(_ list: [InspectReport.Needed]) -> [String] {
        if list.isEmpty { return [] }
        return ["", "keys needed:"]
            + list.map { need in
                "  \(need.ssrc)  \(need.source) -> \(need.destination)  \(clock(need.firstPacket)) to \(clock(need.lastPacket))  "
                    + "\(need.packets) packets  " + (need.cutPackets.map { "(\($0) captured in part, which no key opens)  " } ?? "")
                    + "\(need.keying) \(need.suites.isEmpty ? "suite unknown" : need.suites.joined(separator: " or ").printable)"
                    + (need.keysTried > 0 ? ", \(need.keysTried.counted("key")) tried without success" : "")
            }
    }

    private static func quoted(_ name: String) -> String {
        let safe = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/+:=@,%".contains($0)) }
        return safe ? name : "'" + name.printable.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func clock(_ rfc3339: String) -> String { String(rfc3339.prefix(23)).split(separator: "T").joined(separator: " ") + "Z" }

    package static func seconds(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 600) min \(tenths / 10 % 60).\(tenths % 10) s"
    }
}
