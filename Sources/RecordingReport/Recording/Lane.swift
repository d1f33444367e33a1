import Evidence
import MediaPlayout
import RecordingAccount
import RecordingRecords
import RecordingRender

/// One lane of the timeline: an audio file, or a stream that has none.
struct Lane {
    /// Gaps drawn in one lane.
    private static let drawnGaps = 400

    let title: HTML
    let plainTitle: String
    /// Nil where nothing was heard.
    let file: FileRecord?
    /// Of the streams in this lane, in order of time.
    let gaps: [GapRecord]
    private let waveform: Waveform?
    private let talk: [(from: Double, until: Double)]
    /// Factor by which samples are drawn larger, the same in all lanes.
    private let factor: Double

    static func all(of material: ReportMaterial, people: People) -> [Lane] {
        let record = material.record
        let audio = record.files.filter { $0.sampleRate != nil }
        let single = Set(audio.filter { $0.role != .mix }.flatMap(\.streams))
        // A mix of files that are shown by themselves would only repeat them.
        let shown = audio.filter { $0.role != .mix || !Set($0.streams).isSubset(of: single) }
        let factor = factor(of: material.waveforms)
        var lanes: [Lane] = []
        for file in shown {
            let streams = record.streams.filter { $0.files.contains(file.path) }
            let name = file.participants.isEmpty ? file.path : file.participants.map(people.name).joined(separator: ", ")
            lanes.append(
                Lane(
                    title: file.participants.isEmpty ? "<bdi>\(file.path)</bdi>" : people.list(file.participants), plainTitle: HTMLText.short(name), file: file,
                    gaps: sorted(streams) { stream, gap in
                        file.role == .mix || file.participants.isEmpty
                            || record.senders(of: gap, in: stream).contains { file.participants.contains($0.id) }
                    }, waveform: material.waveforms.first { $0.path == file.path },
                    talk: file.participants.count == 1 ? file.participants.first.flatMap { material.talk[$0] } ?? [] : [], factor: factor))
        }
        let covered = Set(shown.flatMap(\.streams))
        for stream in record.streams where stream.media == "audio" && !covered.contains(stream.id) && (!stream.gaps.isEmpty || !stream.flows.isEmpty) {
            let name = stream.participants.isEmpty ? "Stream \(stream.label ?? stream.id)" : stream.participants.map(people.name).joined(separator: ", ")
            lanes.append(
                Lane(
                    title: "\(Page.name(name)) <span class=\"quiet\">no audio</span>", plainTitle: HTMLText.short(name) + ", no audio", file: nil,
                    gaps: sorted([stream]), waveform: nil, talk: [], factor: factor))
        }
        return lanes
    }

    /// The gaps of a lane's streams: of a stream that several use in turn, those in the lane's own time.
    private static func sorted(_ streams: [StreamRecord], isOwn: (StreamRecord, GapRecord) -> Bool = { _, _ in true }) -> [GapRecord] {
        streams.flatMap { stream in stream.gaps.filter { isOwn(stream, $0) } }.sorted {
            ($0.offset, $0.duration, $0.cause.rawValue) < ($1.offset, $1.duration, $1.cause.rawValue)
        }
    }

    private static func factor(of waveforms: [Waveform]) -> Double {
        let loudest = waveforms.flatMap(\.peaks).map { abs(Int($0)) }.max() ?? 0
        return loudest == 0 ? 1 : min(16, 127 / Double(loudest))
    }

    /// Level of full height, decibels; nil without any waveform.
    var scaleNote: String? {
        guard waveform != nil else { return nil }
        var level = 0
        var left = factor
        // A decibel is a factor of the twentieth root of ten.
        while left >= 1.0593 {
            level += 1
            left /= 1.122018
        }
        return level == 0 ? "0" : "−\(level)"
    }

    func html(number: Int, duration: Double) -> HTML {
        let mute: HTML =
            file == nil
            ? HTML()
            : "<button type=\"button\" class=\"mute\" data-track=\"\(number)\" aria-pressed=\"false\" aria-label=\"Mute \(plainTitle)\">Mute</button>"
        return """
            <div class="lane" data-lane="\(number)"><div class="label"><span class="who">\(title)</span>\(mute)</div><div class="track">\
            <svg class="wave" height="64" role="img" aria-label="\(plainTitle): \(summary)">\(shape(duration))\(gapShapes(duration))</svg>\
            \(talkShape(duration))</div></div>

            """
    }

    private var summary: String {
        let missing = gaps.filter { GapWords($0.cause).isMissing }
        let seconds = missing.reduce(0) { $0 + $1.duration.value }
        return missing.isEmpty ? "nothing missing" : "\(missing.count.counted("gap")), \(RecordingSentence.duration(seconds)) in total"
    }

    private func shape(_ duration: Double) -> HTML {
        guard let waveform, let outline = WaveOutline(waveform, factor: factor) else { return HTML() }
        let left = min(max(0, (file?.offset?.value ?? 0) / duration), 1) * 100
        let width = min(100, waveform.step * Double(waveform.peaks.count / 2) / duration * 100)
        return """
            <svg x="\(left)%" width="\(width)%" height="100%" viewBox="0 0 \(outline.width) \(WaveOutline.height)" preserveAspectRatio="none">\
            <path class="shape" d="\(outline.path)"/></svg>
            """
    }

    private func gapShapes(_ duration: Double) -> HTML {
        var out = HTML()
        for gap in Lane.joined(gaps, within: duration / 800).sorted(by: { $0.duration > $1.duration }).prefix(Self.drawnGaps) {
            let row = GapWords(gap.cause)
            let from = min(max(0, gap.from / duration), 1) * 100
            let width = min(100 - from, gap.duration / duration * 100)
            out += """
                <rect class="gap \(row.style)" x="\(from)%" width="\(width)%" height="100%" data-at="\(max(0, gap.from))"><title>\
                \(Page.offset(gap.from)), \(RecordingSentence.duration(gap.duration)): \(row.words)\
                \(gap.count > 1 ? " (\(gap.count) gaps)" : "" as HTML)</title></rect>
                """
        }
        return out
    }

    private func talkShape(_ duration: Double) -> HTML {
        guard !talk.isEmpty else { return HTML() }
        var path = ""
        var end = -1
        for span in talk {
            // To a thousandth of the width: what would touch there is one bar.
            let from = max(Int((span.from / duration * 1000).rounded()), end)
            let until = min(1000, max(from + 1, Int((span.until / duration * 1000).rounded())))
            guard until > end, from < 1000 else { continue }
            path += from == end ? "H\(until)" : "M\(from) 0H\(until)"
            end = until
        }
        return """
            <svg class="talkbar" height="6" viewBox="0 0 1000 2" preserveAspectRatio="none" role="img" aria-label="\(plainTitle): when there is sound">\
            <path class="talk" d="\(path)" transform="translate(0 1)"/></svg>
            """
    }

    /// Gaps of one cause that lie closer together than the picture shows are one.
    struct DrawnGap {
        var from: Double
        var duration: Double
        var cause: GapCause
        var count: Int
    }

    private static func joined(_ gaps: [GapRecord], within distance: Double) -> [DrawnGap] {
        var out: [DrawnGap] = []
        var last: [String: Int] = [:]
        for gap in gaps {
            let end = gap.offset.value + gap.duration.value
            if let index = last[gap.causeWord], gap.offset.value - (out[index].from + out[index].duration) <= distance {
                out[index].duration = max(out[index].duration, end - out[index].from)
                out[index].count += 1
            } else {
                last[gap.causeWord] = out.count
                out.append(DrawnGap(from: gap.offset.value, duration: gap.duration.value, cause: gap.cause, count: 1))
            }
        }
        return out
    }
}
