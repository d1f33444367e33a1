import Evidence
import MediaPlayout
import RecordingRecords

/// Streams and their flows with codec, security, loss, and quality over time.
struct StreamsSection {
    /// Flows with charts.
    private static let chartLimit = 40
    private static let flowLimit = 200

    let record: RecordingRecord
    let people: People

    var html: HTML {
        var rows = HTML()
        var charts = HTML()
        var because = HTML()
        var count = 0
        for stream in record.streams {
            for flow in stream.flows {
                count += 1
                guard count <= Self.flowLimit else { continue }
                rows += row(flow, stream)
                because += reasons(flow, stream)
                if count <= Self.chartLimit, let quality = flow.quality, quality.spans.count > 1 {
                    charts += QualityCharts(flow: flow, quality: quality, duration: record.duration.value, title: title(stream)).html
                }
            }
            if stream.flows.isEmpty { rows += empty(stream) }
        }
        guard !rows.isEmpty else { return HTML() }
        let table = Page.scrolling(
            "Streams",
            """
            <table><thead><tr><th scope="col">Stream</th><th scope="col">SSRC and path</th><th scope="col">Codec</th>\
            <th scope="col" class="number">Packets</th><th scope="col" class="number">Lost</th><th scope="col" class="number">Jitter, ms</th>\
            <th scope="col" class="number">MOS</th><th scope="col">Security</th></tr></thead><tbody>
            \(rows)</tbody></table>
            """)
        let rest: HTML =
            count > Self.flowLimit ? "<p class=\"note\">\(count - Self.flowLimit) more flows are in recording.json.</p>" : HTML()
        let note: HTML =
            charts.isEmpty
            ? HTML()
            : "<h3>Quality over time</h3><p class=\"note\">MOS is estimated from loss and codec (ITU-T G.107), not measured from the audio.</p>"
        return Page.section("streams", "Streams and quality", "\(table)\(rest)\(Self.matches(because))\(note)<div class=\"charts\">\(charts)</div>")
    }

    private func title(_ stream: StreamRecord) -> HTML {
        stream.participants.isEmpty ? "Stream \(stream.id)" : "\(people.list(stream.participants)) <span class=\"quiet\">stream \(stream.id)</span>"
    }

    private func row(_ flow: FlowRecord, _ stream: StreamRecord) -> HTML {
        var codecs = HTML()
        for codec in flow.codecs.prefix(6) {
            codecs += """
                \(codecs.isEmpty ? "" : "<br>" as HTML)\(HTMLText.short(codec.name, 30))/\(codec.clockRate) \
                <span class="quiet">PT \(codec.payloadType)\(codec.inferred == true ? ", inferred" : "" as HTML)</span>
                """
        }
        let share = flow.packets + flow.lost > 0 ? Double(flow.lost) / Double(flow.packets + flow.lost) * 100 : 0
        let lost: HTML = flow.lost > 0 ? "\(flow.lost) <span class=\"quiet\">\(Decimal.text(share, digits: 2)) %</span>" : "0"
        let jitter = flow.jitter.map { Decimal.text($0.value * 1000, digits: 1) } ?? ""
        let mos = flow.mos.map { Decimal.text($0.value, digits: 2) } ?? ""
        return """
            <tr><th scope="row">\(title(stream))</th><td><code>\(flow.ssrc)</code><br><span class="quiet">\(flow.source) → \(flow.destination)</span></td>\
            <td>\(codecs)</td><td class="number">\(flow.packets)\(unheard(flow))</td><td class="number">\(lost)</td><td class="number">\(jitter)</td>\
            <td class="number">\(mos)</td><td>\(security(stream))</td></tr>

            """
    }

    /// Fates of packets that were not heard, as far as there are any.
    private func unheard(_ flow: FlowRecord) -> HTML {
        var out = HTML()
        guard let fates = flow.fates else { return out }
        for fate in PacketFate.allCases where fate != .heard && fates[fate] > 0 {
            out += "<br><span class=\"quiet\">\(fates[fate]) \(Self.words(fate))</span>"
        }
        return out
    }

    private static func words(_ fate: PacketFate) -> HTML {
        switch fate {
        case .heard: "heard"
        case .repair: "for repair"
        case .copy: "repeated"
        case .paused: "during hold or pause"
        case .notOpened: "not decrypted"
        case .notDecodable: "without decoder"
        case .refused: "rejected by the decoder"
        case .late: "too late"
        case .contradicted: "contradict the others"
        case .notWanted: "not asked for"
        case .limit: "beyond a limit"
        }
    }

    private func empty(_ stream: StreamRecord) -> HTML {
        let words: HTML =
            stream.datagrams.map { fax in
                "fax (T.38): \(fax.packets.counted("datagram")), \(Page.offset(fax.offset.value)) to \(Page.offset(fax.offset.value + fax.duration.value)), not decoded"
            } ?? "no packets in the capture"
        return "<tr><th scope=\"row\">\(title(stream))</th><td colspan=\"7\">\(words)</td></tr>\n"
    }

    private func security(_ stream: StreamRecord) -> HTML {
        guard let security = stream.security else { return "none" }
        let failed: HTML = security.failed > 0 ? ", \(security.failed) failed" : HTML()
        return """
            \(security.suite ?? "SRTP")<br><span class="quiet">\(security.keySource.map { "key from \($0)" } ?? "no key"), \
            \(security.authenticated) authenticated\(failed)</span>
            """
    }

    private static func matches(_ items: HTML) -> HTML {
        items.isEmpty ? items : "<details class=\"list\"><summary>Why each flow was matched to its stream</summary><ul class=\"plain\">\(items)</ul></details>"
    }

    private func reasons(_ flow: FlowRecord, _ stream: StreamRecord) -> HTML {
        guard let match = flow.match else { return HTML() }
        let reasons = HTMLText.short(match.reasons.joined(separator: "; "), 300)
        return "<li><code>\(flow.ssrc)</code> for stream \(stream.id), confidence \(match.confidence): \(reasons)</li>\n"
    }
}
