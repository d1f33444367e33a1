import RecordingRecords

/// Loss, jitter and estimated MOS of one flow over the recording's time, as step lines.
struct QualityCharts {
    let flow: FlowRecord
    let quality: FlowRecord.Quality
    /// Seconds of the recording.
    let duration: Double
    let title: HTML

    var html: HTML {
        let spans = quality.spans
        let loss = spans.map { $0.packets + $0.lost > 0 ? Double($0.lost) / Double($0.packets + $0.lost) * 100 : 0 }
        let jitter = spans.map { $0.jitter.value * 1000 }
        let scores = spans.compactMap { $0.mos?.value }
        var charts = chart("Loss", "%", loss, top: max(1, loss.max() ?? 0), extreme: "at most", loss.max() ?? 0)
        charts += chart("Jitter", "ms", jitter, top: max(5, jitter.max() ?? 0), extreme: "at most", jitter.max() ?? 0)
        if scores.count == spans.count { charts += chart("MOS", "", scores, top: 5, bottom: 1, extreme: "at least", scores.min() ?? 0) }
        return "<div class=\"chartrow\"><h4>\(title)</h4>\(charts)</div>\n"
    }

    private func chart(_ name: StaticString, _ unit: StaticString, _ values: [Double], top: Double, bottom: Double = 0, extreme: StaticString, _ value: Double)
        -> HTML
    {
        let length = max(duration, 0.001)
        var path = ""
        for (number, value) in values.enumerated() {
            let from = min(max(0, quality.spans[number].offset.value / length), 1) * 1000
            let next = number + 1 < values.count ? quality.spans[number + 1].offset.value : quality.spans[number].offset.value + quality.over.value
            let until = min(max(0, next / length), 1) * 1000
            let y = 100 - (min(max(value, bottom), top) - bottom) / (top - bottom) * 100
            path += "\(path.isEmpty ? "M" : "L")\(Decimal.text(from, digits: 1)) \(Decimal.text(y, digits: 1))H\(Decimal.text(until, digits: 1))"
        }
        let said = "\(Decimal.text(value, digits: 2)) \(unit)"
        return """
            <figure><figcaption>\(HTML(constant: name)) <span class="quiet">\(HTML(constant: extreme)) \(said)</span></figcaption>\
            <div class="plot"><span class="top quiet">\(Decimal.text(top, digits: 1))</span><span class="bottom quiet">\(Decimal.text(bottom, digits: 1))</span>\
            <svg height="56" viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label="\(HTML(constant: name)) over time, \
            \(HTML(constant: extreme)) \(said)"><path class="grid" d="M0 0H1000M0 50H1000M0 100H1000"/><path class="curve" d="\(path)"/></svg>\
            <span class="from quiet">0:00</span><span class="until quiet">\(Page.offset(length))</span></div></figure>
            """
    }
}
