import CaptureSurvey
import Evidence
import MediaCodecs
import PacketInput
import RecordingPlan
import RecordingRecords
import StreamMatching

/// Which tracks can be kept as they came (contract: `--native`): those whose sound is of one coding that a file format knows.
enum NativePlanner {
    static func plan(_ recording: inout PlannedRecording, rows: ContiguousArray<FlowRow>, masksTones: Bool) {
        for index in recording.tracks.indices {
            let codecs = codecs(of: index, recording, rows)
            guard !codecs.isEmpty else { continue }
            if masksTones {
                recording.tracks[index].nativeObjection = "DTMF must be silenced, which needs decoded PCM"
                continue
            }
            switch coding(codecs, channels: recording.tracks[index].channels) {
            case .success(let coding):
                recording.tracks[index].native = coding
                recording.tracks[index].path = renamed(recording.tracks[index].path, suffix: coding.suffix)
            case .failure(let objection): recording.tracks[index].nativeObjection = objection.words
            }
        }
    }

    struct Objection: Error, Equatable { let words: String }

    /// The coding that all of `codecs` share.
    static func coding(_ codecs: [CodecDescription], channels: Int) -> Result<NativeCoding, Objection> {
        let names = codecs.map(\.encoding).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard names.count == 1, let name = names.first else { return .failure(Objection(words: "several codecs: \(names.joined(separator: ", "))")) }
        switch name {
        case "OPUS": return .success(.opus)
        case "PCMU", "PCMA":
            guard codecs.allSatisfy({ $0.clockRate == codecs[0].clockRate && $0.channels == channels }) else {
                return .failure(Objection(words: "\(name) with several rates or channel counts"))
            }
            return .success(name == "PCMU" ? .muLaw : .aLaw)
        default: return .failure(Objection(words: "\(name) is written as PCM"))
        }
    }

    private static func codecs(of track: Int, _ recording: PlannedRecording, _ rows: ContiguousArray<FlowRow>) -> [CodecDescription] {
        var out: [CodecDescription] = []
        for flow in recording.streams.flatMap(\.flows) where flow.pieces.contains(where: { $0.track == track }) {
            for codec in flow.audioCodecs(rows[flow.flow]) where !out.contains(codec) { out.append(codec) }
        }
        return out
    }

    /// Suffixes differ only where names do not, so the path stays unique.
    private static func renamed(_ path: String, suffix: String) -> String {
        let stem = path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
        return stem + suffix
    }
}
