import RecordingAccount
import RecordingRecords

/// When the frames that findings name came, as far as the page knows: messages, and the packets that begin and end streams and gaps.
struct MomentIndex {
    private struct Frame: Hashable {
        let capture: String
        let frame: Int
    }

    private var offsets: [Frame: Double] = [:]

    init(_ material: ReportMaterial) {
        for message in material.messages { for place in message.places.prefix(1) { note(place, message.offset) } }
        for packet in material.packets { note(packet.place, packet.offset) }
        for stream in material.record.streams {
            for gap in stream.gaps {
                note(gap.first, gap.offset.value)
                note(gap.last, gap.offset.value + gap.duration.value)
            }
        }
    }

    private mutating func note(_ place: PlaceRecord?, _ offset: Double) {
        guard let place, let frame = place.frame else { return }
        let key = Frame(capture: place.capture, frame: frame)
        if offsets[key] == nil { offsets[key] = offset }
    }

    /// Seconds from the recording's start; nil where the frame is none of these.
    func offset(of place: PlaceRecord?) -> Double? {
        guard let place, let frame = place.frame else { return nil }
        return offsets[Frame(capture: place.capture, frame: frame)]
    }
}
